package flux

import (
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	swapi "github.com/fluxcd/source-watcher/api/v2/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
)

// branchAlias is what the generator calls the environment's repository. source-watcher unpacks a source into a folder of its alias and
// puts an artifact together in one of its name, both in the same folder (internal/builder: Build), so an alias must not be a name that
// a cluster can have: no name has an underscore.
const branchAlias = "environment_branch"

// ArtifactGenerator makes of an environment's branch one ExternalArtifact for each cluster, called like the cluster, with the files at
// the paths that they have in the repository: what stands below clusters, flux and patches for the cluster, and what all clusters share.
// Its revision is a digest of these files, so that Flux delivers a cluster again only if one of them has changed
// (Flux, ArtifactGenerator API).
//
// It finds clusters by their delivery folders, so a new one needs nothing from the hub's branch, and no account of the environment needs
// to change generators.
func ArtifactGenerator(env *config.Environment) *swapi.ArtifactGenerator {
	return &swapi.ArtifactGenerator{
		TypeMeta:   metav1.TypeMeta{APIVersion: swapi.GroupVersion.String(), Kind: swapi.ArtifactGeneratorKind},
		ObjectMeta: metav1.ObjectMeta{Name: Repository, Namespace: Namespace(env.Name)},
		Spec: swapi.ArtifactGeneratorSpec{
			PathPattern: "@" + branchAlias + "/flux/" + env.Name + "/{cluster}/delivery",
			Sources:     []swapi.SourceReference{{Alias: branchAlias, Kind: sourcev1.GitRepositoryKind, Name: Repository}},
			OutputArtifacts: []swapi.OutputArtifact{{
				Name:           "{cluster}",
				OriginRevision: "@" + branchAlias,
				// A pattern that fits nothing is an error (internal/builder: applyCopyOperation). Each of these fits something: the delivery
				// folder, and layout.BaseNote. A patch that all clusters share is in patches/base.
				Copy: []swapi.CopyOperation{
					{From: "@" + branchAlias + "/*/" + env.Name + "/{cluster}", To: "@artifact/"},
					{From: "@" + branchAlias + "/*/base", To: "@artifact/"},
				},
			}},
		},
	}
}

// clusterSource is where the Kustomizations of a cluster get their folders from. All of a cluster use the same: one that depends on
// another waits for it to be at the same revision only then (Flux, Kustomization API: Dependencies).
func clusterSource(c *config.Cluster) kustomizev1.CrossNamespaceSourceReference {
	ref := kustomizev1.CrossNamespaceSourceReference{Kind: sourcev1.GitRepositoryKind, Name: Repository, Namespace: Namespace(c.Environment)}
	if c.Fleet.Flux.PerCluster() {
		ref.Kind, ref.Name = sourcev1.ExternalArtifactKind, c.Name
	}
	return ref
}
