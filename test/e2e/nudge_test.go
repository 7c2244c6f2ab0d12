package e2e

import (
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const requestedAt = "reconcile.fluxcd.io/requestedAt"

// reconcile asks Flux to look at an object now, as flux reconcile does. It is for what Flux would do by itself,
// only later.
func (w *world) reconcile(o *unstructured.Unstructured) error { return w.reconcileOn(w.client, o) }

// reconcileOn does the same with Flux in a cluster.
func (w *world) reconcileOn(c client.Client, o *unstructured.Unstructured) error {
	now := time.Now().Format(time.RFC3339Nano)
	patch := fmt.Sprintf(`{"metadata": {"annotations": {%q: %q}}}`, requestedAt, now)
	if err := c.Patch(w.ctx, o, client.RawPatch("application/merge-patch+json", []byte(patch)), client.FieldOwner("flux")); err != nil {
		return fmt.Errorf("reconcile %s: %w", o.GetName(), err)
	}
	return nil
}

// nudge has Flux look again at the stages that wait for one which is ready by now, and at what could not be pruned: it
// would in half a minute, or two.
func (w *world) nudge() { w.nudgeOn(w.client) }

func (w *world) nudgeOn(c client.Client) {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kustomization("", "").GroupVersionKind())
	if err := c.List(w.ctx, list); err != nil {
		return // the next time will do
	}
	ready := map[string]bool{}
	for i := range list.Items {
		k := &list.Items[i]
		ready[k.GetNamespace()+"/"+k.GetName()] = isTrue(k, "Ready")
	}
	for i := range list.Items {
		k := &list.Items[i]
		_, reason, _ := conditionOf(k, "Ready")
		if !handled(k) {
			continue
		}
		if reason == "PruneFailed" { // a selector stays as long as its namespace does
			_ = w.reconcileOn(c, k) // the next time will do
		}
		if reason != "DependencyNotReady" {
			continue
		}
		dependsOn, _, _ := unstructured.NestedSlice(k.Object, "spec", "dependsOn")
		for _, d := range dependsOn {
			name, _ := d.(map[string]any)["name"].(string)
			if ready[k.GetNamespace()+"/"+name] {
				_ = w.reconcileOn(c, k) // the next time will do
			}
		}
	}
}

// handled reports whether Flux has done what it was last asked for.
func handled(o *unstructured.Unstructured) bool {
	return o.GetAnnotations()[requestedAt] == text(o, "status", "lastHandledReconcileAt")
}
