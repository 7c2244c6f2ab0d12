package delivery

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// ReferencesCheck holds every reference to what it points at.
func ReferencesCheck() check.Check {
	return check.Check{
		Name: "references",
		Doc:  "Whatever an object references is in the tree, in the right namespace and cluster, and is applied in time.",
		Why: "A dangling reference is no error for the API server: the object is accepted and then waits for a role, a " +
			"subnet, a chart or a stage that never comes. What comes too late is retried with exponential backoff.",
		Run: func(t *manifest.Tree) diag.List {
			problems := cycles(t)
			for _, o := range t.Objects() {
				problems = append(problems, unmade(t, o)...)
				for _, r := range references(o) {
					problems = append(problems, follows(t, o, r)...)
				}
			}
			return problems
		},
	}
}

// A reference is one name in an object.
type reference struct {
	// field is where the name stands.
	field string
	// kinds are those that the name may be of; more than one where the field does not say.
	kinds           []apischema.GroupKind
	namespace, name string
	// Place is the cluster where the object has to be.
	place string
	// outside is set when the object may be there without being in the tree.
	outside bool
}

// follows says what is wrong with a reference, if anything.
func follows(t *manifest.Tree, o *manifest.Object, r reference) diag.List {
	if r.name == "" || r.outside {
		return nil
	}
	var targets []*manifest.Object
	for _, kind := range r.kinds {
		targets = append(targets, t.Find(r.place, kind, r.namespace, r.name)...)
	}
	what := manifest.Label(r.kinds[0].Kind, r.namespace, r.name)
	if len(targets) == 0 && t.Broken[r.place] {
		return nil // it may be in the folder that cannot be built
	}
	if len(targets) == 0 {
		return diag.List{o.Problem(r.field, what+" is not in the tree", nearest(t, r))}
	}
	isSubject := strings.HasPrefix(r.field, "subjects[") // whom a binding names may come later
	if isSubject || slices.ContainsFunc(targets, func(target *manifest.Object) bool { return t.InTime(o, target) }) {
		return nil
	}
	if o.Build.Owner == nil {
		return diag.List{o.Problem(r.field, what+" is applied by "+targets[0].Build.Owner.String()+", after "+o.Build.Dir+" is", "move it there, or make "+what+" before")}
	}
	if t.InTime(targets[0], o) {
		return diag.List{o.Problem(r.field, what+" is applied by "+targets[0].Build.Owner.String()+", which waits for "+o.Build.Owner.String()+" itself",
			"name one that "+o.Build.Owner.String()+" applies")}
	}
	return diag.List{o.Problem(r.field, what+" is applied by "+targets[0].Build.Owner.String()+", which need not be ready by then",
		"let "+o.Build.Owner.String()+" depend on it")}
}

// nearest is what to do about a name that leads nowhere.
func nearest(t *manifest.Tree, r reference) string {
	var names []string
	for _, kind := range r.kinds {
		for _, o := range t.All(r.place, kind, r.namespace) {
			names = append(names, o.Name())
		}
	}
	if near := diag.Nearest(r.name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "correct the name, or add the object"
}

// references are the names in an object.
func references(o *manifest.Object) []reference {
	var found []reference
	switch {
	case o.IsFlux() || o.IsRelease():
		found = fluxReferences(o)
	case o.Kind() == apischema.GroupKind{Group: manifest.NotificationGroup, Kind: "Alert"}:
		found = append(found, alertReference(o))
	case o.Kind() == manifest.GeneratorKind():
		found = generatorReferences(o)
	case o.IsACK() || o.Kind().Group == manifest.ACKGroup:
		found = ackReferences(o)
	default:
		found = kubernetesReferences(o)
	}
	if namespace := o.Namespace(); namespace != "" {
		found = append(found, namespaceOf(o.Place(), "metadata.namespace", namespace))
	}
	return found
}

// namespaceOf refers to a namespace; Kubernetes and Flux make some themselves (Kubernetes, Namespaces: Initial namespaces).
func namespaceOf(place, field, name string) reference {
	own := slices.Contains([]string{"default", "flux-system", "kube-system", "kube-public", "kube-node-lease"}, name)
	return reference{field: field, kinds: []apischema.GroupKind{{Kind: "Namespace"}}, name: name, place: place, outside: own}
}

// kubernetesReferences are those of nodes, ingress classes, bindings and accounts.
func kubernetesReferences(o *manifest.Object) []reference {
	ref := func(field, group, kind, namespace, name string) reference {
		return reference{field: field, kinds: []apischema.GroupKind{{Group: group, Kind: kind}}, namespace: namespace, name: name, place: o.Place()}
	}
	switch o.Kind().Kind {
	case "NodePool":
		path := []string{"spec", "template", "spec", "nodeClassRef"}
		r := ref("spec.template.spec.nodeClassRef.name", o.Text(append(path, "group")...), o.Text(append(path, "kind")...), "", o.Text(append(path, "name")...))
		// EKS makes the class default with its own pools; the check nodes looks for those, and knows Karpenter's classes.
		r.outside = r.name == "default" || r.kinds[0].Group != manifest.AutoGroup
		return []reference{r}
	case "IngressClass":
		return []reference{ref("spec.parameters.name", o.Text("spec", "parameters", "apiGroup"), o.Text("spec", "parameters", "kind"), "", o.Text("spec", "parameters", "name"))}
	case "ValidatingAdmissionPolicyBinding":
		return []reference{ref("spec.policyName", "admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "", o.Text("spec", "policyName"))}
	case "RoleBinding", "ClusterRoleBinding":
		return bindingReferences(o, ref)
	case "ConfigMap":
		return []reference{ref("data.serviceAccountName", "", "ServiceAccount", o.Namespace(), o.Text("data", "serviceAccountName"))}
	}
	return nil
}

func bindingReferences(o *manifest.Object, ref func(field, group, kind, namespace, name string) reference) []reference {
	role := ref("roleRef.name", o.Text("roleRef", "apiGroup"), o.Text("roleRef", "kind"), "", o.Text("roleRef", "name"))
	if role.kinds[0].Kind == "Role" {
		role.namespace = o.Namespace()
	}
	role.outside = slices.Contains([]string{"admin", "cluster-admin", "edit", "view"}, role.name) || strings.HasPrefix(role.name, "system:")
	found := []reference{role}
	for i, item := range o.List("subjects") {
		if manifest.Field(item, "kind") == "ServiceAccount" {
			found = append(found, ref(manifest.FieldOf([]any{"subjects", i, "name"}), "", "ServiceAccount", manifest.Field(item, "namespace"), manifest.Field(item, "name")))
		}
	}
	return found
}
