package verify

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// allowCheck holds the comments that silence a check to their form. [Run] adds those that silence nothing.
func allowCheck() check.Check {
	return check.Check{
		Name: "allow",
		Doc:  "Each gen:allow in clusters.yaml names a check and a reason, stands at a cluster and silences something.",
		Why: "A comment that is misspelt or in the wrong place silences nothing, or something else than was meant; one " +
			"without a reason cannot be judged by the next who reads it; and one that is no longer needed hides the next " +
			"fault of its kind. For that, gen:allow does not silence this.",
		Mandatory: true,
		Run: func(t *manifest.Tree) diag.List {
			_, problems := allowances(t)
			return problems
		},
	}
}
