package status

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/flux"
)

func gitRepository() apischema.GroupVersionKind {
	return apischema.GroupVersionKind{Group: "source.toolkit.fluxcd.io", Version: "v1", Kind: "GitRepository"}
}

func artifactGenerator() apischema.GroupVersionKind {
	return apischema.GroupVersionKind{Group: "source.extensions.fluxcd.io", Version: "v1beta1", Kind: "ArtifactGenerator"}
}

// source is what an environment is delivered from: its branch, or, where that has been fetched and the artifacts of its clusters cannot
// be made of it, what the generator says. Of those that were made before the stages say that they are ready.
func (h Hub) source(ctx context.Context, environment string) (State, error) {
	fetched, err := h.one(ctx, gitRepository(), flux.Namespace(environment), flux.Repository)
	if err != nil || fetched.Ready != "True" {
		return fetched, err
	}
	generator, err := h.one(ctx, artifactGenerator(), flux.Namespace(environment), flux.Repository)
	if apierrors.IsForbidden(err) {
		return fetched, nil // who may see the branch need not see what is made of it
	}
	if err != nil || generator.Ready != "False" {
		return fetched, err
	}
	generator.Revision, generator.Message = fetched.Revision, "ArtifactGenerator "+flux.Repository+": "+generator.Message
	return generator, nil
}
