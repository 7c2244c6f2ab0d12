package ack

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"

	"eks-auto-gitops/test/e2e/aws"
)

// manage holds an object that ACK has not held before. What AWS has already under its name ACK takes over if it may, or
// leaves alone for good (ACK runtime, pkg/runtime/reconciler.go: Sync, setResourceManagedAndAdopted, failOnResourceUnmanaged).
func (r *reconciler) manage(ctx context.Context, o *unstructured.Unstructured, session *aws.Session, want aws.Object) error {
	before := o.DeepCopy()
	if !controllerutil.AddFinalizer(o, r.finalizer()) {
		return nil
	}
	if r.aws.Has(session, want) {
		annotations := o.GetAnnotations()
		if annotations["services.k8s.aws/adoption-policy"] != "adopt-or-create" {
			o.SetFinalizers(before.GetFinalizers())
			return &aws.Invalid{Message: "Resource already exists"}
		}
		annotations["services.k8s.aws/adopted"] = "true"
		o.SetAnnotations(annotations)
		r.aws.Adopt(session, want)
	}
	if err := r.client.Patch(ctx, o, client.MergeFrom(before), owner); err != nil {
		return fmt.Errorf("hold %s: %w", idOf(o), err)
	}
	return nil
}
