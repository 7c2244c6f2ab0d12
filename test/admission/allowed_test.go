package admission

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// TestTheTreeIsLetIn: into an empty hub, each account may bring everything that gen makes for it, change it and take it away
// again. The policies fail closed, so an expression that cannot be evaluated would stop the whole environment.
func TestTheTreeIsLetIn(t *testing.T) {
	for _, made := range treesOf(t) {
		t.Run(made.name, func(t *testing.T) {
			h, count := newHub(t, made.folders["flux/hub"]), 0
			for _, env := range made.fleet.Environments {
				deliveries := made.deliveries(env.Name)
				for range 2 { // made, then changed
					for _, d := range deliveries {
						for _, o := range d.objects {
							count++
							if err := h.apply(d.account, &o); err != nil {
								t.Errorf("%s may not apply %s: %v", d.account, key(&o), err)
							}
						}
					}
				}
				for _, d := range slices.Backward(deliveries) {
					prune(t, h, d)
				}
			}
			if count == 0 && len(made.fleet.Clusters) > 0 {
				t.Error("nothing was applied")
			}
		})
	}
}

// prune takes away everything. What may not go while the namespace is there goes at the second try.
func prune(t *testing.T, h *hub, d delivery) {
	t.Helper()
	var survivors []object
	for _, o := range slices.Backward(d.objects) {
		err := h.remove(d.account, &o)
		switch {
		case err != nil && o.GetKind() == "IAMRoleSelector" && strings.Contains(err.Error(), "stays until its namespace is gone"):
			survivors = append(survivors, o)
		case err != nil:
			t.Errorf("%s may not delete %s: %v", d.account, key(&o), err)
		case o.GetKind() == "IAMRoleSelector":
			t.Errorf("%s may delete %s before its namespace is gone", d.account, key(&o))
		}
	}
	for _, o := range survivors {
		if err := h.remove(d.account, &o); err != nil {
			t.Errorf("%s may not delete %s when the namespace is gone: %v", d.account, key(&o), err)
		}
	}
}

// TestTheHubWorks: the policies do not stop what Flux, ACK and Kubernetes do themselves in an environment's namespaces.
func TestTheHubWorks(t *testing.T) {
	made := treeOf(t, "irsa")
	h := made.hub(t)
	for _, o := range made.folders["flux/hub"] {
		if err := h.apply("flux-system:kustomize-controller", &o); err != nil {
			t.Errorf("flux/hub cannot be applied again: %v", err)
		}
	}
	for name, c := range map[string]struct{ account, object string }{
		"a service account of each namespace": {"kube-system:service-account-controller", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: dev-1}\n"},
		"the certificate of the API server":   {"kube-system:service-account-controller", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-root-ca.crt, namespace: dev-1}\ndata: {ca.crt: x}\n"},
		"a FieldExport's value":               {"ack-system:ack", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-facts, namespace: dev-1}\ndata: {OIDC_ISSUER: x}\n"},
		"an operator's service account":       {"flux-system:kustomize-controller", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: secrets, namespace: fleet-dev}\n"},
		"a view for people":                   {"flux-system:kustomize-controller", "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: people, namespace: dev-1}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: developers}]\n"},
		"a Secret by an operator":             {"external-secrets:operator", "apiVersion: v1\nkind: Secret\nmetadata: {name: git, namespace: fleet-dev}\n"},
		"a namespace of the hub":              {"external-secrets:operator", "apiVersion: v1\nkind: Namespace\nmetadata: {name: monitoring}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := h.apply(c.account, &decode(t, c.object)[0]); err != nil {
				t.Error(err)
			}
		})
	}
	status := &object{Object: map[string]any{"apiVersion": "eks.services.k8s.aws/v1alpha1", "kind": "Cluster", "metadata": map[string]any{"name": "dev-1", "namespace": "dev-1"}}}
	_ = unstructured.SetNestedField(status.Object, "ACTIVE", "status", "status")
	h.subresource = "status"
	if err := h.apply("ack-system:ack", status); err != nil {
		t.Errorf("ACK may not write a status: %v", err)
	}
}
