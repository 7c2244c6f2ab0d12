package ack

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"

	"eks-auto-gitops/test/e2e/aws"
)

// owner is the field manager of what ACK writes.
const owner = client.FieldOwner("ack")

type reconciler struct {
	*Controllers
	kind schema.GroupVersionKind
}

// finalizer is ACK's (eks-controller, pkg/resource/cluster/descriptor.go, and the same in every controller).
func (r *reconciler) finalizer() string {
	return "finalizers." + r.kind.Group + "/" + r.kind.Kind
}

// get reads the object of a request, or nil if it is gone.
func (r *reconciler) get(ctx context.Context, request ctrl.Request) (*unstructured.Unstructured, error) {
	o := &unstructured.Unstructured{}
	o.SetGroupVersionKind(r.kind)
	err := r.client.Get(ctx, request.NamespacedName, o)
	if client.IgnoreNotFound(err) != nil {
		return nil, fmt.Errorf("read %s: %w", request, err)
	}
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // it is gone
	}
	return o, nil
}

// Reconcile brings an object to AWS, as far as it goes now.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	o, err := r.get(ctx, request)
	if o == nil || err != nil {
		return ctrl.Result{}, err
	}
	if o.GetDeletionTimestamp() != nil {
		return r.remove(ctx, o)
	}
	if r.holds(identify(o)) {
		return ctrl.Result{RequeueAfter: again}, nil
	}
	before := o.DeepCopy()
	if controllerutil.AddFinalizer(o, r.finalizer()) {
		if err := r.client.Patch(ctx, o, client.MergeFrom(before), owner); err != nil {
			return ctrl.Result{}, fmt.Errorf("hold %s: %w", request, err)
		}
	}
	want, err := r.want(ctx, o)
	if err != nil {
		return ctrl.Result{}, err
	}
	if missing := r.unresolved(ctx, want); missing != "" {
		err := r.report(ctx, o, nil, condition("ACK.ReferencesResolved", "Unknown", missing), condition("ACK.ResourceSynced", "Unknown", ""))
		return ctrl.Result{RequeueAfter: again}, err
	}
	status, ready, err := r.aws.Put(want)
	switch invalid := (*aws.Invalid)(nil); {
	case errors.As(err, &invalid):
		return ctrl.Result{RequeueAfter: again}, r.report(ctx, o, nil,
			condition("ACK.Terminal", "True", err.Error()), condition("ACK.ResourceSynced", "False", err.Error()), condition("Ready", "False", err.Error()))
	case err != nil:
		return ctrl.Result{RequeueAfter: again}, r.report(ctx, o, nil,
			condition("ACK.Recoverable", "True", err.Error()), condition("ACK.ResourceSynced", "False", ""), condition("Ready", "False", err.Error()))
	case !ready:
		return ctrl.Result{RequeueAfter: again}, r.report(ctx, o, status, condition("ACK.ResourceSynced", "False", ""), condition("Ready", "False", ""))
	}
	return ctrl.Result{}, r.report(ctx, o, status, condition("ACK.ResourceSynced", "True", ""), condition("Ready", "True", ""))
}

// want reads account and region from the annotations of the namespace (ACK documentation: Cross Account Resource
// Management, and Manage Resources in Multiple Regions).
func (r *reconciler) want(ctx context.Context, o *unstructured.Unstructured) (aws.Object, error) {
	var namespace corev1.Namespace
	if err := r.client.Get(ctx, client.ObjectKey{Name: o.GetNamespace()}, &namespace); err != nil {
		return aws.Object{}, fmt.Errorf("read the namespace of %s: %w", o.GetName(), err)
	}
	spec, _, _ := unstructured.NestedMap(o.Object, "spec")
	return aws.Object{
		ID: identify(o), Spec: spec, Needs: references(o.GetNamespace(), spec),
		Account: namespace.Annotations["services.k8s.aws/owner-account-id"],
		Region:  namespace.Annotations["services.k8s.aws/default-region"],
	}, nil
}

// unresolved says which reference is to an object that is not synced, or "".
func (r *reconciler) unresolved(ctx context.Context, want aws.Object) string {
	for _, id := range want.Needs {
		o := &unstructured.Unstructured{}
		o.SetGroupVersionKind(schema.GroupVersionKind{Group: id.Group, Version: "v1alpha1", Kind: id.Kind})
		if err := r.client.Get(ctx, client.ObjectKey{Namespace: id.Namespace, Name: id.Name}, o); err != nil {
			return err.Error()
		}
		if !Synced(o) {
			return id.String() + " is not synced"
		}
	}
	return ""
}

// Synced reports whether ACK has brought an object to AWS.
func Synced(o *unstructured.Unstructured) bool {
	conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	for _, c := range conditions {
		if c, ok := c.(map[string]any); ok && c["type"] == "ACK.ResourceSynced" {
			return c["status"] == "True"
		}
	}
	return false
}

func condition(kind, status, message string) any {
	c := map[string]any{"type": kind, "status": status}
	if message != "" {
		c["message"] = message
	}
	return c
}

// report writes the status, if it is another than before: conditions anew, other fields over those there are.
func (r *reconciler) report(ctx context.Context, o *unstructured.Unstructured, fields map[string]any, conditions ...any) error {
	before := o.DeepCopy()
	status, _, _ := unstructured.NestedMap(o.Object, "status")
	if status == nil {
		status = map[string]any{}
	}
	maps.Copy(status, fields)
	status["conditions"] = conditions
	o.Object["status"] = status
	if equality.Semantic.DeepEqual(before.Object, o.Object) {
		return nil
	}
	if err := r.client.Status().Patch(ctx, o, client.MergeFrom(before), owner); client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("status of %s: %w", identify(o), err)
	}
	return nil
}

// remove deletes the AWS object, or leaves it if the annotation says so, and then lets the ACK object go
// (ACK documentation: Deletion Policy).
func (r *reconciler) remove(ctx context.Context, o *unstructured.Unstructured) (ctrl.Result, error) {
	if !controllerutil.ContainsFinalizer(o, r.finalizer()) {
		return ctrl.Result{}, nil
	}
	if o.GetAnnotations()["services.k8s.aws/deletion-policy"] != "retain" {
		if err := r.aws.Delete(identify(o)); err != nil {
			err := r.report(ctx, o, nil, condition("ACK.Recoverable", "True", err.Error()), condition("ACK.ResourceSynced", "False", ""))
			return ctrl.Result{RequeueAfter: again}, err
		}
	}
	before := o.DeepCopy()
	controllerutil.RemoveFinalizer(o, r.finalizer())
	if err := r.client.Patch(ctx, o, client.MergeFrom(before), owner); client.IgnoreNotFound(err) != nil {
		return ctrl.Result{}, fmt.Errorf("let %s go: %w", identify(o), err)
	}
	return ctrl.Result{}, nil
}

// export fulfils a FieldExport: a field of a synced object becomes a key of a ConfigMap that is there
// (ACK documentation: FieldExport). Only plain paths, such as .status.identity.oidc.issuer.
func (r *reconciler) export(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	o, err := r.get(ctx, request)
	if o == nil || err != nil || o.GetDeletionTimestamp() != nil {
		return ctrl.Result{}, err
	}
	if r.holds(identify(o)) {
		return ctrl.Result{RequeueAfter: again}, nil
	}
	field := func(fields ...string) string {
		value, _, _ := unstructured.NestedString(o.Object, append([]string{"spec"}, fields...)...)
		return value
	}
	source := &unstructured.Unstructured{}
	source.SetGroupVersionKind(schema.GroupVersionKind{Group: field("from", "resource", "group"), Version: "v1alpha1", Kind: field("from", "resource", "kind")})
	if err := r.client.Get(ctx, client.ObjectKey{Namespace: request.Namespace, Name: field("from", "resource", "name")}, source); err != nil {
		return ctrl.Result{RequeueAfter: again}, client.IgnoreNotFound(err)
	}
	path := strings.Split(strings.TrimPrefix(field("from", "path"), "."), ".")
	value, found, _ := unstructured.NestedString(source.Object, path...)
	if !found || !Synced(source) {
		return ctrl.Result{RequeueAfter: again}, nil
	}
	var target corev1.ConfigMap
	if err := r.client.Get(ctx, client.ObjectKey{Namespace: request.Namespace, Name: field("to", "name")}, &target); err != nil {
		return ctrl.Result{RequeueAfter: again}, client.IgnoreNotFound(err)
	}
	before := target.DeepCopy()
	if target.Data == nil {
		target.Data = map[string]string{}
	}
	target.Data[field("to", "key")] = value
	if err := r.client.Patch(ctx, &target, client.MergeFrom(before), owner); err != nil {
		return ctrl.Result{}, fmt.Errorf("export %s: %w", request, err)
	}
	return ctrl.Result{}, nil
}
