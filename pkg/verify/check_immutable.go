package verify

import (
	"reflect"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// immutableCheck compares every object with what it is without the user's components.
func immutableCheck() Check {
	return Check{
		Name: "immutable",
		Doc:  "No patch changes a field that stays as it is once the object is there.",
		Why: "A change of such a field is refused by the API server or by AWS, which stops the whole stage; or ACK passes " +
			"over it in silence; or it makes a second thing in AWS and leaves the first behind, such as the access of " +
			"somebody who has left. Helm uninstalls a release whose name or namespace changes.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, c := range t.changes {
				problems = append(problems, t.fixedFields(c)...)
			}
			return problems
		},
	}
}

// fixedFields are the fields of an object that the user's components change and that cannot change.
func (t *Tree) fixedFields(c change) diag.List {
	var problems diag.List
	told := map[string]bool{}
	tell := func(field, why string) {
		if !told[field] {
			told[field] = true
			problems = append(problems, c.object.problem(field, "a patch changes it, but "+why,
				"set it in clusters.yaml before the cluster is made, or take the patch away"))
		}
	}
	for _, fixed := range immutableFields(c.object.Kind().String()) {
		old, is := at(c.before, fixed.field), at(c.after, fixed.field)
		switch {
		case old == nil, reflect.DeepEqual(old, is), is == nil && fixed.why == madeAnew, fixed.byServer && t.remade(c.object):
			continue // what was not set may be added, without a name nothing is made, what Flux makes anew may change
		}
		tell(fixed.field, fixed.why)
	}
	if t.remade(c.object) {
		return problems
	}
	for _, fault := range t.CRDs.ValidateUpdate(c.before, c.after) {
		tell(fault.Field, "the API server refuses that: "+fault.Detail)
	}
	return problems
}

// remade tells whether Flux deletes an object and makes it anew where its API server refuses a change (Flux,
// Kustomization API: Force).
func (t *Tree) remade(o *Object) bool {
	annotations := o.value("metadata", "annotations")
	return strings.EqualFold(field(annotations, "kustomize.toolkit.fluxcd.io/force"), "Enabled") || o.Build.Owner != nil && o.Build.Owner.value("spec", "force") == true
}
