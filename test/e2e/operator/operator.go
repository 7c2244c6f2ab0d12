// Package operator plays the Flux Operator: what a FluxInstance makes of the flags of Flux's controllers, and what it
// syncs. It follows flux-operator v0.59.0: internal/builder/profiles.go, components.go, workload_identity.go and
// templates.go, and the manifests of Flux in config/data.
package operator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// Kind is a FluxInstance.
func Kind() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: "fluxcd.controlplane.io", Version: "v1", Kind: "FluxInstance"}
}

// CRD is one for FluxInstances that takes any fields.
func CRD() *unstructured.Unstructured {
	kind := Kind()
	open := map[string]any{"type": "object", "x-kubernetes-preserve-unknown-fields": true}
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
		"metadata": map[string]any{"name": "fluxinstances." + kind.Group},
		"spec": map[string]any{
			"group": kind.Group, "scope": "Namespaced",
			"names":    map[string]any{"kind": kind.Kind, "plural": "fluxinstances", "singular": "fluxinstance", "listKind": kind.Kind + "List"},
			"versions": []any{map[string]any{"name": kind.Version, "subresources": map[string]any{"status": map[string]any{}}, "served": true, "storage": true, "schema": map[string]any{"openAPIV3Schema": open}}},
		},
	}}
}

// Flags are those of the container of a component, in order: Flux's own, then what size, components and identity add,
// then the patches of the instance.
func Flags(instance *unstructured.Unstructured, component string) ([]string, error) {
	flags := []string{"--watch-all-namespaces", "--log-level=info", "--log-encoding=json"}
	delivers := component == "kustomize-controller" || component == "helm-controller"
	if size := text(instance, "cluster", "size"); delivers && size != "" {
		sizes := map[string][]string{
			"small": {"--concurrent=5", "--requeue-dependency=10s"}, "medium": {"--concurrent=10", "--requeue-dependency=5s"},
			"large": {"--concurrent=20", "--requeue-dependency=5s"},
		}
		flags = append(flags, sizes[size]...)
	}
	if slices.Contains(Components(instance), "source-watcher") && delivers {
		flags = append(flags, "--feature-gates=ExternalArtifact=true")
	}
	identity, _, _ := unstructured.NestedBool(instance.Object, "spec", "cluster", "objectLevelWorkloadIdentity")
	flags = append(flags, fmt.Sprintf("--feature-gates=ObjectLevelWorkloadIdentity=%t", identity))
	patches, _, _ := unstructured.NestedSlice(instance.Object, "spec", "kustomize", "patches")
	for _, p := range patches {
		patched, err := patch(p.(map[string]any), component)
		if err != nil {
			return nil, err
		}
		flags = append(flags, patched...)
	}
	return flags, nil
}

// Components lists the controllers of an instance.
func Components(instance *unstructured.Unstructured) []string {
	names, _, _ := unstructured.NestedStringSlice(instance.Object, "spec", "components")
	return names
}

// patch is what a patch of the instance adds to the flags of a component.
func patch(p map[string]any, component string) ([]string, error) {
	name, _, _ := unstructured.NestedString(p, "target", "name")
	if matched, err := regexp.MatchString("^(?:"+name+")$", component); err != nil || !matched {
		return nil, err
	}
	content, _, _ := unstructured.NestedString(p, "patch")
	operations, err := Operations(content)
	if err != nil {
		return nil, err
	}
	var flags []string
	for _, o := range operations {
		if flag, isText := o.Value.(string); isText && o.Op == "add" && o.Path == "/spec/template/spec/containers/0/args/-" {
			flags = append(flags, flag)
		}
	}
	return flags, nil
}

// An Operation is one of a JSON patch.
type Operation struct {
	Op, Path string
	Value    any
}

// Operations reads a JSON patch.
func Operations(content string) ([]Operation, error) {
	var operations []Operation
	if err := yaml.Unmarshal([]byte(content), &operations); err != nil {
		return nil, fmt.Errorf("read a patch of the FluxInstance: %w", err)
	}
	return operations, nil
}

// Sync are the source and the Kustomization of an instance, called after its namespace.
func Sync(instance *unstructured.Unstructured) []*unstructured.Unstructured {
	namespace, kind := instance.GetNamespace(), text(instance, "sync", "kind")
	object := func(group, kind string, spec map[string]any) *unstructured.Unstructured {
		return &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": group + ".toolkit.fluxcd.io/v1", "kind": kind, "spec": spec,
			"metadata": map[string]any{"name": namespace, "namespace": namespace},
		}}
	}
	source := map[string]any{
		"interval": text(instance, "sync", "interval"), "url": text(instance, "sync", "url"),
		"ref": map[string]any{"name": text(instance, "sync", "ref")},
	}
	if secret := text(instance, "sync", "pullSecret"); secret != "" {
		source["secretRef"] = map[string]any{"name": secret}
	}
	return []*unstructured.Unstructured{
		object("source", kind, source),
		object("kustomize", "Kustomization", map[string]any{
			"interval": "10m0s", "path": text(instance, "sync", "path"), "prune": true,
			"sourceRef": map[string]any{"kind": kind, "name": namespace},
		}),
	}
}

func text(instance *unstructured.Unstructured, fields ...string) string {
	value, _, _ := unstructured.NestedString(instance.Object, append([]string{"spec"}, fields...)...)
	return strings.TrimSpace(value)
}
