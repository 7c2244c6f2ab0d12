package manifest

import (
	"slices"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// InstanceGroup is that of the Flux Operator.
const InstanceGroup = "fluxcd.controlplane.io"

// synced is what a FluxInstance in a cluster applies there: the source and the Kustomization that the Flux Operator makes of its
// spec.sync, both called after its namespace (Flux Operator, internal/builder/sync.go). Both are known from then on like objects that
// are in a file. The hub's own instance is not followed: the folders that it leads to are known anyway.
func (t *Tree) synced(o *Object) *Object {
	if o.Kind() != (apischema.GroupKind{Group: InstanceGroup, Kind: "FluxInstance"}) || o.Place() == "" || o.Text("spec", "sync", "path") == "" {
		return nil
	}
	make := func(group, kind string, spec map[string]any) *Object {
		made := &Object{Build: o.Build, kind: apischema.GroupKind{Group: group, Kind: kind}, Content: map[string]any{
			"apiVersion": group + "/v1", "kind": kind, "spec": spec,
			"metadata": map[string]any{"name": o.Namespace(), "namespace": o.Namespace()},
		}}
		t.enter(made)
		return made
	}
	kind := OrElse(o.Text("spec", "sync", "kind"), "GitRepository")
	make(SourceGroup, kind, map[string]any{"url": o.Text("spec", "sync", "url")})
	return make(KustomizeGroup, "Kustomization", map[string]any{
		"path": o.Text("spec", "sync", "path"), "prune": true, "interval": "10m", "retryInterval": "10m",
		"sourceRef": map[string]any{"kind": kind, "name": o.Namespace()},
	})
}

// HasFlux reports whether a cluster has a Flux of its own; the hub has.
func (t *Tree) HasFlux(place string) bool {
	if place == "" {
		return true
	}
	return slices.ContainsFunc(t.OfKind(InstanceGroup, "FluxInstance"), func(o *Object) bool { return o.Place() == place })
}

// HasFluxInside reports whether any cluster has a Flux of its own.
func (t *Tree) HasFluxInside() bool {
	return slices.ContainsFunc(t.OfKind(InstanceGroup, "FluxInstance"), func(o *Object) bool { return o.Place() != "" })
}

// enter makes an object known by its place, kind and name. What another Kustomization made first, and leaves alone from then on, is
// one with it (Flux, Kustomization API: Controlling the apply behavior of resources, IfNotPresent).
func (t *Tree) enter(o *Object) {
	group := o.Place() + " " + o.Kind().String() + " " + o.Namespace() + "/"
	for _, first := range t.index[group+o.Name()] {
		if Field(first.Value("metadata", "annotations"), applyAnnotation) == "IfNotPresent" {
			return
		}
	}
	t.kinds[group] = append(t.kinds[group], o)
	t.index[group+o.Name()] = append(t.index[group+o.Name()], o)
	t.byKind[o.Kind()] = append(t.byKind[o.Kind()], o)
	home := homeKind{o.Kind(), o.Home()}
	t.byHome[home] = append(t.byHome[home], o)
}

// applyAnnotation says how Flux applies an object.
const applyAnnotation = "kustomize.toolkit.fluxcd.io/ssa"
