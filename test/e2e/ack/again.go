package ack

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Again looks at every object once more, as ACK does at its resync, or when it starts. It returns how many there are of each kind.
func (c *Controllers) Again(ctx context.Context) (map[string]int, error) {
	looked := map[string]int{}
	for _, kind := range c.kinds {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kind.GroupVersion().WithKind(kind.Kind + "List")) // of a kind that ends in List too
		if err := c.client.List(ctx, list); err != nil {
			return nil, fmt.Errorf("list %s: %w", kind.Kind, err)
		}
		r := &reconciler{Controllers: c, kind: kind}
		for i := range list.Items {
			if kind.Kind == "FieldExport" {
				continue
			}
			if _, err := r.Reconcile(ctx, ctrl.Request{NamespacedName: client.ObjectKeyFromObject(&list.Items[i])}); err != nil {
				return nil, fmt.Errorf("look at %s %s again: %w", kind.Kind, list.Items[i].GetName(), err)
			}
			looked[kind.Kind]++
		}
	}
	return looked, nil
}
