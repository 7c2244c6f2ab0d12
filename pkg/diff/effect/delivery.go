package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// Where it is written what Flux leaves alone, and what it deletes.
const (
	sourceSuspend = "Flux, Kustomization API, Suspend"
	sourceApply   = "Flux, Kustomization API, Controlling the apply behavior of resources"
	sourceOwner   = "kustomize-controller, internal/controller/kustomization_controller.go, deleteObjects"
)

// Delivered corrects what happens with an object by how it is delivered: Flux may do nothing with it, or delete it in
// one Kustomization and recreate it in another. What is suspended keeps the outcomes and dangers of its fields: nobody will be
// asked again when it is resumed.
func (c Trees) Delivered(made *change.Change, before, after *manifest.Object) {
	if why, source := c.heldBack(before, after); why != "" && made.Outcome != "" {
		made.Outcome, made.Why, made.Source = change.Ignored, why, source
		return
	}
	if why, source := c.HandedOver(before, after); why != "" {
		made.Outcome, made.Why, made.Source = change.Replace, why, source
	}
}

// heldBack says why nothing happens with an object, or nothing if something does.
func (c Trees) heldBack(before, after *manifest.Object) (why, source string) {
	one := after
	if one == nil {
		one = before
	}
	if name := c.suspended(one); name != "" {
		return "Kustomization " + name + " is suspended: nothing happens until it is resumed", sourceSuspend
	}
	if after == nil {
		return "", "" // see removed
	}
	old, now := manifest.ContentOf(before), manifest.ContentOf(after)
	if isSuspended(old) && isSuspended(now) && strings.HasSuffix(one.Kind().Group, ".toolkit.fluxcd.io") {
		return "it is suspended: nothing happens until it is resumed", sourceSuspend
	}
	for _, object := range []map[string]any{old, now} {
		if name := leftAlone(object); name != "" {
			return "its annotation " + name + " keeps Flux from it", sourceApply
		}
	}
	if before != nil && manifest.IsACK(one.Kind()) && isReadOnly(now) {
		return "ACK only observes it (read-only: true)", sourceReadOnly
	}
	if before != nil && strings.EqualFold(manifest.TextAt(now, "metadata", "annotations", applyAnnotation), "IfNotPresent") {
		return "its annotation " + applyAnnotation + " lets Flux make it, and not change it", sourceApply
	}
	return "", ""
}

// These annotations tell Flux how to apply an object, and whether at all.
const (
	applyAnnotation     = "kustomize.toolkit.fluxcd.io/ssa"
	reconcileAnnotation = "kustomize.toolkit.fluxcd.io/reconcile"
)

// leftAlone is the annotation by which Flux neither applies nor deletes an object, or empty.
func leftAlone(object map[string]any) string {
	for name, value := range map[string]string{reconcileAnnotation: "disabled", applyAnnotation: "Ignore"} {
		if strings.EqualFold(manifest.TextAt(object, "metadata", "annotations", name), value) {
			return name
		}
	}
	return ""
}

// isSuspended reports whether a Flux object is suspended.
func isSuspended(object map[string]any) bool {
	return manifest.ValueAt(object, "spec", "suspend") == true
}

// suspended is the name of a Kustomization that delivers an object and is suspended in the second tree, or empty.
func (c Trees) suspended(o *manifest.Object) string {
	for owner := o.Build.Owner; owner != nil; owner = owner.Build.Owner {
		if now := c[1].Objects[manifest.IDOf(owner)]; now != nil && isSuspended(now.Content) {
			return owner.Name()
		}
	}
	return ""
}

// HandedOver says how an object is deleted because another Kustomization delivers it now, or nothing if it is not:
// Flux deletes what is gone from a Kustomization, unless the other one has set its labels on it by then. A dependsOn on that one
// helps only if it was there before: a push starts a Kustomization at the same time as the one that applies the new dependsOn.
func (c Trees) HandedOver(before, after *manifest.Object) (why, source string) {
	if before == nil || after == nil || before.Build.Owner == nil || after.Build.Owner == nil {
		return "", ""
	}
	from, to := manifest.IDOf(before.Build.Owner), manifest.IDOf(after.Build.Owner)
	kept, _ := c.kept(before)
	if from == to || kept != "" || isKept(before) != "" || c.waitsFor(0, from, to) && c.waitsFor(1, from, to) {
		return "", ""
	}
	if c.waitsFor(1, to, from) {
		return "Kustomization " + from.Name + " deletes it, and then " + to.Name + " recreates it", sourceOwner
	}
	return "Kustomization " + from.Name + " deletes it, unless " + to.Name + " has taken it over by then; suspend " + from.Name +
		" before the push, and resume it when " + to.Name + " is ready", sourceOwner
}

// waitsFor reports whether a Kustomization of one of the trees waits for another one, or for one that does.
func (c Trees) waitsFor(side int, one, other manifest.ID) bool {
	seen := map[manifest.ID]bool{}
	for next := []manifest.ID{one}; len(next) > 0; next = next[1:] {
		for _, item := range manifest.ListAt(manifest.ContentOf(c[side].Objects[next[0]]), "spec", "dependsOn") {
			ref, _ := item.(map[string]any)
			on := next[0]
			on.Namespace, on.Name = manifest.OrElse(manifest.TextAt(ref, "namespace"), on.Namespace), manifest.TextAt(ref, "name")
			if on == other {
				return true
			}
			if !seen[on] {
				seen[on] = true
				next = append(next, on)
			}
		}
	}
	return false
}
