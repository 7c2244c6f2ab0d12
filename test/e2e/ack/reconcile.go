package ack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
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
	if o.GetDeletionTimestamp() == nil && r.holds(idOf(o)) {
		return ctrl.Result{RequeueAfter: again}, nil
	}
	id, err := r.identify(ctx, o)
	switch {
	case errors.Is(err, errNoRole):
		err = r.report(ctx, o, nil, identity{}, condition("ACK.ResourceSynced", "False", err.Error()))
		return ctrl.Result{RequeueAfter: again}, err
	case err != nil:
		return ctrl.Result{}, err // the object does not say so, neither does it with ACK
	case o.GetDeletionTimestamp() != nil:
		return r.remove(ctx, o, id)
	}
	return r.sync(ctx, o, id)
}

// sync makes or changes the AWS object. What is refused for good is not tried again before the object changes.
func (r *reconciler) sync(ctx context.Context, o *unstructured.Unstructured, id identity) (ctrl.Result, error) {
	spec, _, _ := unstructured.NestedMap(o.Object, "spec")
	want := aws.Object{ID: idOf(o), Region: id.region, Spec: spec, Needs: references(o.GetNamespace(), spec)}
	if missing := r.unresolved(ctx, want); missing != "" {
		err := r.report(ctx, o, nil, id, looked("Unknown", "", condition("ACK.ReferencesResolved", "Unknown", missing))...)
		return ctrl.Result{RequeueAfter: again}, err
	}
	if err := r.resolveKeys(ctx, want); err != nil {
		return ctrl.Result{}, err
	}
	status, ready, err := r.put(ctx, o, id, want)
	switch {
	case isTerminal(want.Kind, err):
		return ctrl.Result{}, r.report(ctx, o, nil, id, looked("False", "", condition("ACK.Terminal", "True", err.Error()))...)
	case err != nil:
		return ctrl.Result{RequeueAfter: again}, r.report(ctx, o, nil, id, looked("Unknown", err.Error(), condition("ACK.Recoverable", "True", err.Error()))...)
	case !ready:
		return ctrl.Result{RequeueAfter: again}, r.report(ctx, o, status, id, looked("False", "")...)
	}
	return ctrl.Result{}, r.report(ctx, o, status, id, looked("True", "")...)
}

func (r *reconciler) put(ctx context.Context, o *unstructured.Unstructured, id identity, want aws.Object) (status map[string]any, ready bool, err error) {
	session, err := r.session(id)
	if err != nil {
		return nil, false, err
	}
	if err := r.manage(ctx, o, session, want); err != nil {
		return nil, false, err
	}
	calls := r.calls(want)
	status, ready, err = r.aws.Put(session, r.reached(want))
	if err == nil {
		r.aws.Called(calls...)
	}
	return status, ready, err
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

// remove deletes the AWS object, or leaves it if the annotation says so, and then lets the ACK object go
// (ACK documentation: Deletion Policy).
func (r *reconciler) remove(ctx context.Context, o *unstructured.Unstructured, id identity) (ctrl.Result, error) {
	if !controllerutil.ContainsFinalizer(o, r.finalizer()) {
		return ctrl.Result{}, nil
	}
	if o.GetAnnotations()["services.k8s.aws/deletion-policy"] != "retain" {
		if err := r.delete(id, idOf(o)); err != nil {
			err := r.report(ctx, o, nil, id, condition("ACK.Recoverable", "True", err.Error()), condition("ACK.ResourceSynced", "False", ""))
			return ctrl.Result{RequeueAfter: again}, err
		}
	}
	before := o.DeepCopy()
	controllerutil.RemoveFinalizer(o, r.finalizer())
	if err := r.client.Patch(ctx, o, client.MergeFrom(before), owner); client.IgnoreNotFound(err) != nil {
		return ctrl.Result{}, fmt.Errorf("let %s go: %w", idOf(o), err)
	}
	return ctrl.Result{}, nil
}

func (r *reconciler) delete(id identity, o aws.ID) error {
	session, err := r.session(id)
	if err != nil {
		return err
	}
	return r.aws.Delete(session, o)
}

// export fulfils a FieldExport: a field of a synced object becomes a key of a ConfigMap that is there
// (ACK documentation: FieldExport). Only plain paths, such as .status.identity.oidc.issuer.
func (r *reconciler) export(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	o, err := r.get(ctx, request)
	if o == nil || err != nil || o.GetDeletionTimestamp() != nil {
		return ctrl.Result{}, err
	}
	if r.holds(idOf(o)) {
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
