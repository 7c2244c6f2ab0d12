package e2e

import (
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// environmentOf is the environment of a cluster.
func environmentOf(cluster string) string {
	for environment, clusters := range members() {
		if slices.Contains(clusters, cluster) {
			return environment
		}
	}
	return ""
}

// artifact is the revision of a cluster's artifact, which is that of its files, once the artifact has been made of a revision in Git.
func (w *world) artifact(cluster, revision string) (string, error) {
	o := object("source.toolkit.fluxcd.io", "v1", "ExternalArtifact", "fleet-"+environmentOf(cluster), cluster)
	if err := w.get(o); err != nil {
		return "", err
	}
	if origin := text(o, "status", "artifact", "metadata", "org.opencontainers.image.revision"); revision != "" && origin != revision {
		return "", fmt.Errorf("the artifact of %s is of %s, not %s", cluster, origin, revision)
	}
	return text(o, "status", "artifact", "revision"), nil
}

// isReadyWith is isReady for a stage of a cluster and a revision in Git.
func (w *world) isReadyWith(stage *unstructured.Unstructured, revision string) error {
	artifact, err := w.artifact(stage.GetNamespace(), revision)
	if err != nil {
		return err
	}
	return w.isReady(stage, artifact)
}
