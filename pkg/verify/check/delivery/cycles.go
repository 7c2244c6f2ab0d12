package delivery

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// cycles are the Kustomizations and HelmReleases that wait for themselves.
func cycles(t *manifest.Tree) diag.List {
	var problems diag.List
	for _, o := range t.Objects() {
		if (o.IsFlux() || o.IsRelease()) && reaches(t, o, o, map[*manifest.Object]bool{}) {
			problems = append(problems, o.Problem("spec.dependsOn", "waits for itself, so it never starts", "take the entry away that closes the circle"))
		}
	}
	return problems
}

// reaches reports whether from depends on target, directly or through others.
func reaches(t *manifest.Tree, from, target *manifest.Object, seen map[*manifest.Object]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, item := range from.List("spec", "dependsOn") {
		for _, other := range t.Find(from.Place(), from.Kind(), manifest.OrElse(manifest.Field(item, "namespace"), from.Namespace()), manifest.Field(item, "name")) {
			if other == target || reaches(t, other, target, seen) {
				return true
			}
		}
	}
	return false
}
