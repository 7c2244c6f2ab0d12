package hub

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// A hubAccount is a service account of the hub.
type hubAccount struct{ namespace, name string }

func (a hubAccount) String() string { return a.namespace + "/" + a.name }

// bindings are what the service accounts of the hub may do.
type bindings map[hubAccount]grants

// grants are the roles that bindings give to an account.
type grants []grant

// A grant is a role and where it counts.
type grant struct {
	role *manifest.Object
	// namespace is that of a RoleBinding; empty for a ClusterRoleBinding, which counts everywhere.
	namespace string
	// everything is set for a role that is not in the tree or is put together from others: what it allows is not known.
	everything bool
}

// bindingsOnHub reads the bindings on the hub, by whatever names they have.
func bindingsOnHub(t *manifest.Tree) bindings {
	bound := bindings{}
	for _, kind := range []string{"ClusterRoleBinding", "RoleBinding"} {
		for _, o := range t.OfKind(manifest.RBACGroup, kind) {
			if o.Place() != "" {
				continue
			}
			given := granted(t, o)
			for _, subject := range o.List("subjects") {
				if manifest.Field(subject, "kind") == "ServiceAccount" {
					account := hubAccount{manifest.Field(subject, "namespace"), manifest.Field(subject, "name")}
					bound[account] = append(bound[account], given)
				}
			}
		}
	}
	return bound
}

// granted is the role that a binding gives.
func granted(t *manifest.Tree, binding *manifest.Object) grant {
	namespace, kind, name := binding.Namespace(), binding.Text("roleRef", "kind"), binding.Text("roleRef", "name")
	in := ""
	if kind == "Role" {
		in = namespace
	}
	for _, role := range t.Find("", apischema.GroupKind{Group: manifest.RBACGroup, Kind: kind}, in, name) {
		return grant{role: role, namespace: namespace, everything: role.Value("aggregationRule") != nil}
	}
	return grant{namespace: namespace, everything: true}
}

// text says who gives, for people.
func (g grants) text() string {
	var names []string
	for _, one := range g {
		if one.role != nil {
			names = append(names, one.role.String())
		}
	}
	if names = slices.Compact(names); len(names) == 1 {
		return names[0] + " gives"
	}
	return strings.Join(names, " and ") + " give"
}

// allows reports whether a rule of the role lets a request pass (Kubernetes, pkg/apis/rbac/v1/evaluation_helpers.go).
func (g grant) allows(verb string, r request) bool {
	if g.namespace != "" && g.namespace != r.namespace {
		return false
	}
	if g.everything {
		return true
	}
	return slices.ContainsFunc(g.role.List("rules"), func(item any) bool {
		fields, _ := item.(map[string]any)
		rule := &manifest.Object{Content: fields}
		names := rule.Texts("resourceNames")
		return covers(rule.Texts("verbs"), verb) && covers(rule.Texts("apiGroups"), r.group) && covers(rule.Texts("resources"), r.resource) &&
			(len(names) == 0 || slices.Contains(names, r.name))
	})
}

// covers reports whether a list has a word, or the one that stands for all.
func covers(list []string, word string) bool {
	return slices.Contains(list, "*") || slices.Contains(list, word)
}
