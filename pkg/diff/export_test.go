package diff

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/schema"
)

// CompareWhole is [Compare] with everything built, whatever a changed file can reach.
func CompareWhole(from, to Source, crds *schema.Set) (*change.Report, error) {
	sides, err := newSides(from, to, changed(from, to))
	if err != nil {
		return nil, err
	}
	before, after, err := part{whole: true}.build(sides, crds)
	if err != nil {
		return nil, err
	}
	return compare(from, to, before, after, crds)
}

// Common is what two values have in common.
func Common(a, b any) any { return common(a, b) }

// Paths are the texts of a kustomization.yaml that can be paths, and PathsOf those of the Kustomizations in a file.
func Paths(content string) []string   { return paths([]byte(content)) }
func PathsOf(content string) []string { return pathsOf([]byte(content)) }
