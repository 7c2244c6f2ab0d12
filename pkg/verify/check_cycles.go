package verify

import "eks-auto-gitops/pkg/diag"

// cycles are the Kustomizations and HelmReleases that wait for themselves.
func (t *Tree) cycles() diag.List {
	var problems diag.List
	for _, o := range t.objects() {
		if (o.isFlux() || o.isRelease()) && t.reaches(o, o, map[*Object]bool{}) {
			problems = append(problems, o.problem("spec.dependsOn", "waits for itself, so it never starts", "take the entry away that closes the circle"))
		}
	}
	return problems
}

// reaches tells whether from depends on target, directly or through others.
func (t *Tree) reaches(from, target *Object, seen map[*Object]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, item := range from.list("spec", "dependsOn") {
		for _, other := range t.find(from.Place(), from.Kind(), orElse(field(item, "namespace"), from.Namespace()), field(item, "name")) {
			if other == target || t.reaches(other, target, seen) {
				return true
			}
		}
	}
	return false
}
