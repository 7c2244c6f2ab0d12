package effect

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

// generatorRows are the fields of what makes an artifact of each cluster.
func generatorRows() []Row {
	return rowsOf(manifest.ExtensionsGroup, "ArtifactGenerator", "Flux, ArtifactGenerator API",
		updated("spec.artifacts", "clusters are delivered from other files, and what is not in them Flux prunes"),
		updated("spec.pathPattern", "artifacts of other folders are made, and those of folders that it does not fit any more are deleted"),
		updated("spec.sources", "clusters are delivered from the other source, and what is not in it Flux prunes"),
	)
}

// judgeSource says what the other source of a Kustomization means.
func judgeSource(_ change.Field, c Subject) (change.Outcome, string) {
	if SameFolders(c.Change) {
		return change.Update, "Flux takes the same folder from another artifact of the same branch: the objects stay, and nothing restarts"
	}
	return change.Update, "Flux applies the other source, and prunes what is not in it"
}

// SameFolders reports whether a Kustomization goes from the branch of its environment to the artifact that is made of it for the
// cluster, or back. What Flux has applied it knows by the objects, whatever source they come from (kustomize-controller,
// internal/inventory: Diff).
func SameFolders(c *change.Change) bool {
	kinds := map[string]bool{}
	for _, object := range []map[string]any{c.Before, c.After} {
		kind, name := manifest.TextAt(object, "spec", "sourceRef", "kind"), manifest.TextAt(object, "spec", "sourceRef", "name")
		if kind == "GitRepository" && name == flux.Repository || kind == manifest.ArtifactKind().Kind && name == c.Namespace {
			kinds[kind] = true
		}
	}
	before := manifest.TextAt(c.Before, "spec", "sourceRef", "namespace")
	return len(kinds) == 2 && before == manifest.TextAt(c.After, "spec", "sourceRef", "namespace") &&
		manifest.TextAt(c.Before, "spec", "path") == manifest.TextAt(c.After, "spec", "path")
}
