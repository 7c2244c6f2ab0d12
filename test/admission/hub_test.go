package admission

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/apiserver/pkg/authentication/user"
)

// object is a Kubernetes object as an API server gets it.
type object = unstructured.Unstructured

// hub is the hub's API server as far as it decides who may change what: the authorizer of RBAC, the check that nobody hands
// on more than he holds, and the admission policies are Kubernetes' own. What they read is the objects that are there.
type hub struct {
	objects  map[string]*object
	policies *policies
	// subresource is that of the next requests.
	subresource string
}

// newHub is a hub that has these objects, however they came there.
func newHub(t *testing.T, objects []object) *hub {
	t.Helper()
	h := &hub{objects: map[string]*object{}}
	for i := range objects {
		h.put(&objects[i])
	}
	h.policies = newPolicies(t, h)
	return h
}

func key(o *object) string {
	return o.GroupVersionKind().GroupKind().String() + " " + o.GetNamespace() + "/" + o.GetName()
}

func (h *hub) put(o *object) { h.objects[key(o)] = o }

// apply is what Flux does with an object as a service account: it makes or changes it.
func (h *hub) apply(account string, o *object) error {
	operation, verbs := admission.Create, []string{"patch", "create"}
	old := h.objects[key(o)]
	if old != nil {
		operation, verbs = admission.Update, []string{"patch"}
	}
	if err := h.ask(account, operation, verbs, o, old); err != nil {
		return err
	}
	h.put(o)
	return nil
}

// remove is what Flux does with an object that is gone from the branch.
func (h *hub) remove(account string, o *object) error {
	old := h.objects[key(o)]
	if old == nil {
		return nil
	}
	if err := h.ask(account, admission.Delete, []string{"delete"}, nil, old); err != nil {
		return err
	}
	delete(h.objects, key(o))
	return nil
}

func (h *hub) ask(account string, operation admission.Operation, verbs []string, o, old *object) error {
	who, err := serviceAccount(account)
	if err != nil {
		return err
	}
	r := request{user: who, operation: operation, object: o, old: old, subresource: h.subresource}
	if err := h.authorize(r, verbs); err != nil {
		return err
	}
	if err := h.escalation(r); err != nil {
		return err
	}
	return h.policies.admit(r)
}

// request is what somebody asks of the API server. object is as it shall be, old as it is.
type request struct {
	user        user.Info
	operation   admission.Operation
	object, old *object
	subresource string
}

func (r request) subject() *object {
	if r.object != nil {
		return r.object
	}
	return r.old
}

// namespace is that of the request; a namespace is in itself (Kubernetes, apiserver: RequestInfo).
func (r request) namespace() string {
	if o := r.subject(); o.GetKind() == "Namespace" {
		return o.GetName()
	}
	return r.subject().GetNamespace()
}

// serviceAccount is the user whose name is given as namespace:name.
func serviceAccount(account string) (user.Info, error) {
	namespace, name, ok := strings.Cut(account, ":")
	if !ok {
		return nil, fmt.Errorf("%q is not namespace:name", account)
	}
	return serviceaccount.UserInfo(namespace, name, ""), nil
}

// all are the objects of a kind, as type T.
func all[T any](h *hub, kind string) []*T {
	var found []*T
	for _, o := range h.objects {
		if o.GetKind() != kind {
			continue
		}
		typed := new(T)
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(o.Object, typed); err != nil {
			panic(fmt.Sprintf("%s: %v", key(o), err))
		}
		found = append(found, typed)
	}
	return found
}

func (h *hub) namespaces() []*corev1.Namespace { return all[corev1.Namespace](h, "Namespace") }

func (h *hub) roleBindings() []*rbacv1.RoleBinding { return all[rbacv1.RoleBinding](h, "RoleBinding") }

// plural is the name of a kind's resource.
func plural(kind string) string {
	s := strings.ToLower(kind)
	switch {
	case strings.HasSuffix(s, "y") && !strings.HasSuffix(s, "ay"):
		return strings.TrimSuffix(s, "y") + "ies"
	case strings.HasSuffix(s, "s"):
		return s
	}
	return s + "s"
}

func background() context.Context { return context.Background() }

// fork is a hub with the same objects and the same policies: what is done to it is not done to this one.
func (h *hub) fork() *hub {
	forked := &hub{objects: maps.Clone(h.objects)}
	forked.policies = h.policies.of(forked)
	return forked
}
