package tree

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// uncopied is the first file of a build that its cluster's artifact does not have. A folder that is not there at all the check build
// says.
func uncopied(t *manifest.Tree, b *manifest.Build, files []string) diag.List {
	artifact, _ := t.ArtifactOf(b.Owner)
	if artifact == nil {
		return nil
	}
	name := manifest.Label(manifest.ArtifactKind().Kind, artifact.Generator.Namespace(), artifact.Name)
	for _, file := range files {
		if artifact.Has(file) {
			continue
		}
		if strings.HasPrefix(file, b.Dir+"/") {
			return diag.List{b.Owner.Problem("spec.path", b.Dir+" is not in "+name+", which "+b.Owner.String()+" is applied from",
				"let "+artifact.Generator.String()+" copy it, or name a folder of the cluster")}
		}
		return diag.List{b.Owner.Problem("spec.sourceRef.name", fmt.Sprintf("%s is not in %s, and %s is built from it", file, name, b.Dir),
			"move it to a folder of the cluster, or to patches/base, which all clusters get; or set flux: {artifacts: false} in clusters/clusters.yaml")}
	}
	return nil
}

// generators are those that cannot make what they say, and those of which nobody knows what they make: with one artifact that cannot be
// made a generator stops (fluxcd/source-watcher, internal/controller: reconcile).
func generators(t *manifest.Tree) diag.List {
	var problems diag.List
	for _, o := range t.Objects() {
		if o.Kind() != manifest.GeneratorKind() {
			continue
		}
		aliases := map[string]bool{}
		for _, item := range o.List("spec", "sources") {
			aliases[manifest.Field(item, "alias")] = true
		}
		said := map[string]bool{}
		for _, a := range t.Artifacts(o) {
			for _, c := range a.Copies {
				if p := copyProblem(t, o, a, c, aliases); p != nil && !said[c.Field] {
					said[c.Field] = true
					problems = append(problems, *p)
				}
			}
		}
	}
	return problems
}

// copyProblem is what is wrong with a copy, or nil.
func copyProblem(t *manifest.Tree, o *manifest.Object, a *manifest.Artifact, c manifest.Copy, aliases map[string]bool) *diag.Problem {
	var p diag.Problem
	switch {
	case !aliases[c.Alias]:
		p = o.Problem(c.Field, fmt.Sprintf("there is no source with the alias %q, so no artifact is made", c.Alias), "name one of spec.sources")
	case !c.Keeps():
		p = o.Problem(c.Field, "the files get another path than in the repository, so that gen verify cannot say what "+a.Name+" delivers",
			"copy a folder to where it is in the repository, without exclude and strategy")
	case !t.Files.Fit(c.From):
		p = o.Problem(c.Field, c.From+" fits no file, so no artifact is made after that of "+a.Name, "correct the path, or add the files")
	default:
		return nil
	}
	return &p
}
