package e2e

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// inventory lists what Flux has applied for a Kustomization (Flux, Kustomization API: Inventory).
func (w *world) inventory(namespace, name string) ([]*unstructured.Unstructured, error) {
	k := kustomization(namespace, name)
	if err := w.get(k); err != nil {
		return nil, err
	}
	entries, _, _ := unstructured.NestedSlice(k.Object, "status", "inventory", "entries")
	objects := make([]*unstructured.Unstructured, 0, len(entries))
	for _, e := range entries {
		e, _ := e.(map[string]any)
		id, _ := e["id"].(string)
		version, _ := e["v"].(string)
		parts := strings.Split(id, "_")
		if len(parts) != 4 {
			return nil, fmt.Errorf("inventory of %s/%s holds %q", namespace, name, id)
		}
		objects = append(objects, object(parts[2], version, parts[3], parts[0], parts[1]))
	}
	return objects, nil
}
