package diff

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

// reconciled are the clusters in which nothing changes and that Flux reconciles all the same, because a file differs that is in their
// artifact. A cluster that is delivered from the branch itself Flux reconciles with every push, of which nothing need be said.
func reconciled(from, to Source, after *manifest.Tree, changes []change.Scoped) []change.Scope {
	differ := changed(from, to)
	if len(differ) == 0 {
		return nil
	}
	files := manifest.NamesOnly(differ)
	known := map[change.Scope]bool{} // an artifact is asked once for all stages of its cluster
	for _, c := range changes {
		known[c.Scope] = true
	}
	var found []change.Scope
	for _, o := range after.Objects() {
		if !o.IsFlux() {
			continue
		}
		artifact, _ := after.ArtifactOf(o)
		if artifact == nil {
			continue
		}
		scope := change.Scope{Environment: strings.TrimPrefix(artifact.Generator.Namespace(), flux.Namespace("")), Cluster: artifact.Name}
		if known[scope] {
			continue
		}
		known[scope] = true
		if artifact.MadeOf(files) {
			found = append(found, scope)
		}
	}
	slices.SortFunc(found, change.Scope.Compare)
	return found
}
