// Package karpenter plays the part of what EKS Auto Mode runs in a cluster: NodeClasses and NodePools become
// ready, and go when nothing needs them. No node is ever made.
package karpenter

import (
	"context"
	"errors"
	"fmt"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

const (
	owner     = client.FieldOwner("karpenter")
	finalizer = "karpenter.sh/termination"
)

// kinds lists what is made ready: NodePools after the class that they name.
func kinds() []schema.GroupVersionKind {
	return []schema.GroupVersionKind{
		{Group: "eks.amazonaws.com", Version: "v1", Kind: "NodeClass"},
		{Group: "karpenter.sh", Version: "v1", Kind: "NodePool"},
	}
}

// Run plays the controllers of a cluster until the context ends.
func Run(ctx context.Context, cluster *rest.Config) error {
	manager, err := ctrl.NewManager(cluster, ctrl.Options{
		Metrics:    server.Options{BindAddress: "0"},
		Controller: config.Controller{SkipNameValidation: new(true)},
	})
	if err != nil {
		return fmt.Errorf("start Karpenter: %w", err)
	}
	c, err := client.New(cluster, client.Options{})
	if err != nil {
		return fmt.Errorf("start Karpenter: %w", err)
	}
	for _, kind := range kinds() {
		o := &unstructured.Unstructured{}
		o.SetGroupVersionKind(kind)
		reconciler := reconcile.Func(func(ctx context.Context, r ctrl.Request) (ctrl.Result, error) {
			o := o.DeepCopy()
			if err := c.Get(ctx, r.NamespacedName, o); err != nil {
				return ctrl.Result{}, client.IgnoreNotFound(err)
			}
			return ctrl.Result{}, client.IgnoreNotFound(update(ctx, c, o))
		})
		if err := ctrl.NewControllerManagedBy(manager).Named(strings.ToLower(kind.Kind)).For(o).Complete(reconciler); err != nil {
			return fmt.Errorf("start Karpenter for %s: %w", kind.Kind, err)
		}
	}
	go manager.Start(ctx) //nolint:errcheck // what it could not do the scenarios see
	return nil
}

// update makes an object ready, or lets it go.
func update(ctx context.Context, c client.Client, o *unstructured.Unstructured) error {
	before := o.DeepCopy()
	if o.GetDeletionTimestamp() != nil {
		if err := inUse(ctx, c, o); err != nil {
			return err
		}
		if !controllerutil.RemoveFinalizer(o, finalizer) {
			return nil
		}
		return c.Patch(ctx, o, client.MergeFrom(before), owner)
	}
	if controllerutil.AddFinalizer(o, finalizer) {
		if err := c.Patch(ctx, o, client.MergeFrom(before), owner); err != nil {
			return err
		}
	}
	if conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions"); len(conditions) > 0 {
		return nil
	}
	before = o.DeepCopy()
	ready := map[string]any{
		"type": "Ready", "status": string(metav1.ConditionTrue), "reason": "Ready", "message": "",
		"lastTransitionTime": o.GetCreationTimestamp().UTC().Format("2006-01-02T15:04:05Z"),
	}
	if err := unstructured.SetNestedSlice(o.Object, []any{ready}, "status", "conditions"); err != nil {
		return fmt.Errorf("make %s ready: %w", o.GetName(), err)
	}
	return c.Status().Patch(ctx, o, client.MergeFrom(before), owner)
}

// inUse is an error while a NodePool names the NodeClass.
func inUse(ctx context.Context, c client.Client, o *unstructured.Unstructured) error {
	if o.GetKind() != "NodeClass" {
		return nil
	}
	pools := &unstructured.UnstructuredList{}
	pools.SetGroupVersionKind(schema.GroupVersionKind{Group: "karpenter.sh", Version: "v1", Kind: "NodePoolList"})
	if err := c.List(ctx, pools); err != nil {
		return fmt.Errorf("list node pools: %w", err)
	}
	for _, pool := range pools.Items {
		if class, _, _ := unstructured.NestedString(pool.Object, "spec", "template", "spec", "nodeClassRef", "name"); class == o.GetName() {
			return errors.New(pool.GetName() + " still uses NodeClass " + class)
		}
	}
	return nil
}
