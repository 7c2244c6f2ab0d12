package patches

import (
	"reflect"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// ImmutableCheck compares every object with what it is without the user's components.
func ImmutableCheck() check.Check {
	return check.Check{
		Name: "immutable",
		Doc:  "No patch changes a field that is immutable once the object exists.",
		Why: "A change of such a field is refused by the API server or by AWS, which stops the whole stage; or ACK silently " +
			"ignores it; or it creates a second resource in AWS and orphans the first, such as the access of " +
			"somebody who has left. Helm uninstalls a release whose name or namespace changes.",
		Yields: true,
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, c := range t.Changes {
				problems = append(problems, fixedFields(t, c)...)
			}
			return problems
		},
	}
}

// fixedFields are the fields of an object that the user's components change and that cannot change.
func fixedFields(t *manifest.Tree, c manifest.Change) diag.List {
	var problems diag.List
	told := map[string]bool{}
	tell := func(field, why string) {
		if !told[field] {
			told[field] = true
			problems = append(problems, c.Object.Problem(field, "a patch changes it, but "+why,
				"set it in clusters.yaml before the cluster is made, or take the patch away; if it was so when the object was made, silence this with gen:allow immutable"))
		}
	}
	for _, fixed := range immutableFields(c.Object.Kind().String()) {
		old, is := manifest.At(c.Before, fixed.field), manifest.At(c.After, fixed.field)
		switch {
		case old == nil, reflect.DeepEqual(old, is), is == nil && fixed.why == madeAnew, fixed.byServer && remade(c.Object):
			continue // what was not set may be added, without a name nothing is made, what Flux makes anew may change
		}
		tell(fixed.field, fixed.why)
	}
	if remade(c.Object) {
		return problems
	}
	for _, fault := range t.CRDs.ValidateUpdate(c.Before, c.After) {
		tell(fault.Field, "the API server refuses that: "+fault.Detail)
	}
	return problems
}

// remade reports whether Flux deletes an object and recreates it where its API server refuses a change (Flux,
// Kustomization API: Force).
func remade(o *manifest.Object) bool {
	annotations := o.Value("metadata", "annotations")
	return strings.EqualFold(manifest.Field(annotations, "kustomize.toolkit.fluxcd.io/force"), "Enabled") || o.Build.Owner != nil && o.Build.Owner.Value("spec", "force") == true
}
