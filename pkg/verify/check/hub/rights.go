package hub

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify/check"
)

// RightsCheck holds what a stage applies on the hub to what its service account may do there.
func RightsCheck() check.Check {
	return check.Check{
		Name: "rights",
		Doc:  "Whatever a Kustomization applies on the hub, its service account may apply there.",
		Why: "Flux acts for each environment as service accounts with just the rights that gen's own kinds need, so that a commit on one " +
			"branch cannot change another environment. One object of any other kind, such as an S3 Bucket or an ExternalSecret, is " +
			"Forbidden, and with it the whole stage: nothing in it is applied, and later stages wait.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			bound := bindingsOnHub(t)
			for _, b := range t.Builds {
				if b.Owner == nil || b.Place() != "" || b.Owner.Text("spec", "serviceAccountName") == "" {
					continue
				}
				problems = append(problems, forbidden(t, b, bound)...)
			}
			return problems
		},
	}
}

// forbidden are the objects of a folder that the account of its Kustomization may not apply.
func forbidden(t *manifest.Tree, b *manifest.Build, bound bindings) diag.List {
	account := hubAccount{b.Owner.Namespace(), b.Owner.Text("spec", "serviceAccountName")}
	given := bound[account]
	if len(given) == 0 {
		return nil // the hub is not in this tree
	}
	var problems diag.List
	may := map[string]bool{}
	for _, o := range b.Objects {
		request := requestFor(t, o)
		key := request.group + " " + request.resource + " " + request.namespace
		if may[key] {
			continue
		}
		missing := given.missing(request)
		if len(missing) == 0 {
			may[key] = !given.byName(request) // what is allowed by its name says nothing of others
			continue
		}
		problems = append(problems, o.Problem("", fmt.Sprintf("Forbidden: %s acts as ServiceAccount %s, and %s it no right to %s %s",
			b.Owner, account, given.text(), rightsText(missing), request.in(account.namespace)),
			"leave it out, or have the hub's owner allow it, with a ClusterRole and a binding of their own"))
	}
	return problems
}

// A request is what Flux asks of the hub's API for an object (Kubernetes, Authorization overview: request attributes).
type request struct{ group, resource, namespace, name string }

// in names the resource as kubectl does, and where it is if that is not the namespace.
func (r request) in(namespace string) string {
	text := strings.TrimSuffix(r.resource+"."+r.group, ".")
	switch r.namespace {
	case namespace:
		return text
	case "":
		return text + ", which are in no namespace"
	default:
		return text + " in namespace " + r.namespace
	}
}

// requestFor is that for an object. The name of a Namespace is its namespace, too (k8s.io/apiserver, RequestInfo).
func requestFor(t *manifest.Tree, o *manifest.Object) request {
	gvk := schema.KindOf(o.Content)
	r := request{group: gvk.Group, resource: t.CRDs.Resource(gvk), namespace: o.Namespace(), name: o.Name()}
	if gvk.Group == "" && gvk.Kind == "Namespace" {
		r.namespace = r.name
	}
	return r
}

// applyVerbs are those of a server-side apply: where the object is not there yet, create counts as well
// (k8s.io/apiserver, endpoints/handlers/patch.go; fluxcd/pkg, ssa: it gets the object first).
func applyVerbs() []string { return []string{"get", "create", "patch"} }

// rightsText names what is missing: in a word if that is everything.
func rightsText(missing []string) string {
	if len(missing) == len(applyVerbs()) {
		return "apply"
	}
	return strings.Join(missing, " or ")
}

// missing are the verbs that nothing gives.
func (g grants) missing(r request) []string {
	return slices.DeleteFunc(applyVerbs(), func(verb string) bool {
		return slices.ContainsFunc(g, func(one grant) bool { return one.allows(verb, r) })
	})
}

// byName reports whether a request is allowed only because of its name.
func (g grants) byName(r request) bool {
	r.name = "\x00" // no object is called that
	return len(g.missing(r)) > 0
}
