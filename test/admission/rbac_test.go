package admission

import (
	"context"
	"errors"
	"fmt"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	genericrequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	internal "k8s.io/kubernetes/pkg/apis/rbac"
	rbacconversion "k8s.io/kubernetes/pkg/apis/rbac/v1"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding/policybased"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

// roles are all roles and bindings as they are now, and those that Kubernetes has from the start.
func (h *hub) roles() (validation.AuthorizationRuleResolver, *validation.StaticRoles) {
	clusterRoles := all[rbacv1.ClusterRole](h, "ClusterRole")
	for _, role := range bootstrappolicy.ClusterRoles() {
		clusterRoles = append(clusterRoles, &role)
	}
	return validation.NewTestRuleResolver(all[rbacv1.Role](h, "Role"), h.roleBindings(), clusterRoles,
		all[rbacv1.ClusterRoleBinding](h, "ClusterRoleBinding"))
}

// authorize asks Kubernetes' RBAC authorizer for each of the verbs.
func (h *hub) authorize(r request, verbs []string) error {
	_, roles := h.roles()
	asked, o := rbac.New(roles, roles, roles, roles), r.subject()
	for _, verb := range verbs {
		decision, _, err := asked.Authorize(background(), authorizer.AttributesRecord{
			User: r.user, Verb: verb, Namespace: r.namespace(), APIGroup: o.GroupVersionKind().Group, APIVersion: o.GroupVersionKind().Version,
			Resource: plural(o.GetKind()), Subresource: r.subresource, Name: o.GetName(), ResourceRequest: true,
		})
		if err != nil {
			return err
		}
		if decision != authorizer.DecisionAllow {
			return fmt.Errorf("forbidden: %s may not %s %s", r.user.GetName(), verb, key(o))
		}
	}
	return nil
}

// escalation lets a RoleBinding through Kubernetes' storage for it, which checks that he who binds a role holds all that is
// in it, or may bind it.
func (h *hub) escalation(r request) error {
	if r.subject().GetKind() != "RoleBinding" || r.operation == admission.Delete {
		return nil
	}
	typed := &rbacv1.RoleBinding{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(r.object.Object, typed); err != nil {
		return err
	}
	binding := &internal.RoleBinding{}
	if err := rbacconversion.Convert_v1_RoleBinding_To_rbac_RoleBinding(typed, binding, nil); err != nil {
		return err
	}
	if old := r.old; old != nil && old.Object["roleRef"] != nil && fmt.Sprint(old.Object["roleRef"]) != fmt.Sprint(r.object.Object["roleRef"]) {
		return errors.New("invalid: cannot change roleRef")
	}
	resolver, roles := h.roles()
	storage := policybased.NewStorage(accept{}, rbac.New(roles, roles, roles, roles), resolver)
	ctx := genericrequest.WithNamespace(genericrequest.WithUser(background(), r.user), binding.Namespace)
	ctx = genericrequest.WithRequestInfo(ctx, &genericrequest.RequestInfo{
		IsResourceRequest: true, Verb: "create",
		APIGroup: rbacv1.GroupName, APIVersion: "v1", Resource: "rolebindings", Namespace: binding.Namespace, Name: binding.Name,
	})
	_, err := storage.Create(ctx, binding, nil, &metav1.CreateOptions{})
	return err
}

// accept is a storage that takes everything.
type accept struct{ rest.StandardStorage }

func (accept) Create(_ context.Context, o runtime.Object, _ rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	return o, nil
}
