// Package tree has the checks of the tree as a whole: that every folder can be built, that its files are those of
// clusters.yaml and are applied, and that each object is one that its API server accepts.
package tree

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// BuildCheck tells what stopped a folder from being built; the tree finds it while it is loaded.
func BuildCheck() check.Check {
	return check.Check{
		Name: "build",
		Doc:  "Every folder that a Flux Kustomization names can be built, user patches included.",
		Why: "Flux builds a folder as a whole. With one wrong line in a patch, nothing of the stage is applied any more, " +
			"not even what is right; the Kustomization reports BuildFailed and everything that depends on it waits. What cannot " +
			"be built cannot be checked either, so gen:allow does not silence this.",
		Mandatory: true,
		Run:       func(t *manifest.Tree) diag.List { return append(t.Problems(), doubles(t)...) },
	}
}

// doubles are objects that two Kustomizations apply: each takes it from the other, and prunes it.
func doubles(t *manifest.Tree) diag.List {
	var problems diag.List
	for _, same := range t.Doubles() {
		for _, o := range same[1:] {
			problems = append(problems, o.Problem("", "is applied from "+same[0].Build.Dir+" as well",
				"give it another name, or remove one of the two; the Kustomizations would take it from each other"))
		}
	}
	return problems
}
