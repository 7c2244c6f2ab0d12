package verify

import (
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// referencesCheck holds every reference to what it points at.
func referencesCheck() Check {
	return Check{
		Name: "references",
		Doc:  "Whatever an object names is in the tree, in the right namespace and cluster, and is applied in time.",
		Why: "A name that leads nowhere is no error of the API server: the object is taken and then waits, for a role, a " +
			"subnet, a chart or a stage that never comes. What comes too late is tried again at growing intervals.",
		Run: func(t *Tree) diag.List {
			problems := t.cycles()
			for _, o := range t.objects() {
				for _, r := range references(o) {
					problems = append(problems, t.follows(o, r)...)
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
func (t *Tree) follows(o *Object, r reference) diag.List {
	if r.name == "" || r.outside {
		return nil
	}
	var targets []*Object
	for _, kind := range r.kinds {
		targets = append(targets, t.find(r.place, kind, r.namespace, r.name)...)
	}
	what := label(r.kinds[0].Kind, r.namespace, r.name)
	if len(targets) == 0 && t.broken[r.place] {
		return nil // it may be in the folder that cannot be built
	}
	if len(targets) == 0 {
		return diag.List{o.problem(r.field, what+" is not in the tree", t.nearest(r))}
	}
	isSubject := strings.HasPrefix(r.field, "subjects[") // whom a binding names may come later
	if isSubject || slices.ContainsFunc(targets, func(target *Object) bool { return t.inTime(o, target) }) {
		return nil
	}
	if o.Build.Owner == nil {
		return diag.List{o.problem(r.field, what+" is applied by "+targets[0].Build.Owner.String()+", after "+o.Build.Dir+" is", "move it there, or make "+what+" before")}
	}
	return diag.List{o.problem(r.field, what+" is applied by "+targets[0].Build.Owner.String()+", which need not be ready by then",
		"let "+o.Build.Owner.String()+" depend on it")}
}

// nearest is what to do about a name that leads nowhere.
func (t *Tree) nearest(r reference) string {
	var names []string
	for _, kind := range r.kinds {
		for _, o := range t.all(r.place, kind, r.namespace) {
			names = append(names, o.Name())
		}
	}
	if near := diag.Nearest(r.name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "correct the name, or add the object"
}

// references are the names in an object.
func references(o *Object) []reference {
	var found []reference
	switch {
	case o.isFlux() || o.isRelease():
		found = fluxReferences(o)
	case o.isACK() || o.Kind().Group == ackGroup:
		found = ackReferences(o)
	default:
		found = kubernetesReferences(o)
	}
	if namespace := o.Namespace(); namespace != "" {
		found = append(found, namespaceOf(o.Place(), "metadata.namespace", namespace))
	}
	return found
}

// namespaceOf refers to a namespace; Kubernetes and Flux make some themselves.
func namespaceOf(place, field, name string) reference {
	own := name == "default" || name == "flux-system" || strings.HasPrefix(name, "kube-")
	return reference{field: field, kinds: []apischema.GroupKind{{Kind: "Namespace"}}, name: name, place: place, outside: own}
}

// kubernetesReferences are those of nodes, ingress classes, bindings and accounts.
func kubernetesReferences(o *Object) []reference {
	ref := func(field, group, kind, namespace, name string) reference {
		return reference{field: field, kinds: []apischema.GroupKind{{Group: group, Kind: kind}}, namespace: namespace, name: name, place: o.Place()}
	}
	switch o.Kind().Kind {
	case "NodePool":
		path := []string{"spec", "template", "spec", "nodeClassRef"}
		r := ref("spec.template.spec.nodeClassRef.name", o.text(append(path, "group")...), o.text(append(path, "kind")...), "", o.text(append(path, "name")...))
		// EKS makes the class default with its own pools; the check nodes looks for those, and knows Karpenter's classes.
		r.outside = r.name == "default" || r.kinds[0].Group != autoGroup
		return []reference{r}
	case "IngressClass":
		return []reference{ref("spec.parameters.name", o.text("spec", "parameters", "apiGroup"), o.text("spec", "parameters", "kind"), "", o.text("spec", "parameters", "name"))}
	case "ValidatingAdmissionPolicyBinding":
		return []reference{ref("spec.policyName", "admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "", o.text("spec", "policyName"))}
	case "RoleBinding", "ClusterRoleBinding":
		return bindingReferences(o, ref)
	case "ConfigMap":
		return []reference{ref("data.serviceAccountName", "", "ServiceAccount", o.Namespace(), o.text("data", "serviceAccountName"))}
	}
	return nil
}

func bindingReferences(o *Object, ref func(field, group, kind, namespace, name string) reference) []reference {
	role := ref("roleRef.name", o.text("roleRef", "apiGroup"), o.text("roleRef", "kind"), "", o.text("roleRef", "name"))
	if role.kinds[0].Kind == "Role" {
		role.namespace = o.Namespace()
	}
	role.outside = slices.Contains([]string{"admin", "cluster-admin", "edit", "view"}, role.name) || strings.HasPrefix(role.name, "system:")
	found := []reference{role}
	for i, item := range o.list("subjects") {
		if field(item, "kind") == "ServiceAccount" {
			found = append(found, ref(fieldOf([]any{"subjects", i, "name"}), "", "ServiceAccount", field(item, "namespace"), field(item, "name")))
		}
	}
	return found
}
