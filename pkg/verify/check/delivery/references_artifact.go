package delivery

import (
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// generatorReferences are the sources of a generator of artifacts (Flux, ArtifactGenerator API).
func generatorReferences(o *manifest.Object) []reference {
	var found []reference
	for i, item := range o.List("spec", "sources") {
		found = append(found, reference{
			field: manifest.FieldOf([]any{"spec", "sources", i, "name"}), place: o.Place(),
			kinds:     []apischema.GroupKind{{Group: manifest.SourceGroup, Kind: manifest.Field(item, "kind")}},
			namespace: manifest.OrElse(manifest.Field(item, "namespace"), o.Namespace()), name: manifest.Field(item, "name"),
		})
	}
	return found
}

// unmade is a Kustomization that is applied from an artifact that nothing makes.
func unmade(t *manifest.Tree, o *manifest.Object) diag.List {
	ref := o.Value("spec", "sourceRef")
	if !o.IsFlux() || manifest.Field(ref, "kind") != manifest.ArtifactKind().Kind || t.Broken[""] {
		return nil
	}
	if made, _ := t.ArtifactOf(o); made != nil {
		return nil
	}
	namespace := manifest.OrElse(manifest.Field(ref, "namespace"), o.Namespace())
	hint := "correct the name, or let an ArtifactGenerator make it"
	if strings.HasPrefix(namespace, "fleet-") {
		hint = "correct the name, or run gen clusters: the ArtifactGenerator of the environment is in flux/hub"
	}
	return diag.List{o.Problem("spec.sourceRef.name",
		manifest.Label(manifest.ArtifactKind().Kind, namespace, manifest.Field(ref, "name"))+" is made by no ArtifactGenerator in the tree", hint)}
}
