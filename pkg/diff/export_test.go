package diff

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// CompareWhole is [Compare] with everything built, whatever a changed file can reach.
func CompareWhole(from, to Source, crds *schema.Set) (*change.Report, error) {
	p := &part{sides: [2]*side{{Source: from}, {Source: to}}, crds: crds, cache: render.NewCache()}
	if err := p.buildWhole(); err != nil {
		return nil, err
	}
	return compare(from, to, p.sides[0].tree, p.sides[1].tree, crds)
}

// Common is what two values have in common.
func Common(a, b any) any { return common(a, b) }

// Paths are the texts of a kustomization.yaml that can be paths.
func Paths(content string) []string {
	words, _, _ := paths([]byte(content))
	return words
}

// MayDeliver reports whether there may be a Kustomization of Flux in a file.
func MayDeliver(content string) bool { return mayDeliver([]byte(content)) }
