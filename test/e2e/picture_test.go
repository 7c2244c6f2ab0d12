package e2e

import (
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// changed lists the objects that are new, gone, or another than before by same, sorted.
func changed(before, after picture, same func(a, b *unstructured.Unstructured) bool) []string {
	var names []string
	for name, o := range after {
		if old, ok := before[name]; !ok || !same(old, o) {
			names = append(names, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// sameContent compares what somebody wants: not the status, nor what the API server adds.
func sameContent(a, b *unstructured.Unstructured) bool {
	return equality.Semantic.DeepEqual(content(a), content(b))
}

// untouched is true when nobody wrote to an object. Flux writes its own status whenever it looks.
func untouched(a, b *unstructured.Unstructured) bool {
	if isFlux(a) {
		return sameContent(a, b)
	}
	return a.GetResourceVersion() == b.GetResourceVersion()
}

func isFlux(o *unstructured.Unstructured) bool {
	return strings.HasSuffix(o.GroupVersionKind().Group, "toolkit.fluxcd.io")
}

func content(o *unstructured.Unstructured) map[string]any {
	fields := maps.Clone(o.DeepCopy().Object)
	delete(fields, "status")
	for _, name := range []string{"resourceVersion", "managedFields", "generation"} {
		unstructured.RemoveNestedField(fields, "metadata", name)
	}
	unstructured.RemoveNestedField(fields, "metadata", "annotations", requestedAt)
	if annotations, _, _ := unstructured.NestedMap(fields, "metadata", "annotations"); len(annotations) == 0 {
		unstructured.RemoveNestedField(fields, "metadata", "annotations")
	}
	return fields
}
