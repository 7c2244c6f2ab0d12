package hub

import (
	"fmt"
	"strings"

	"github.com/fluxcd/pkg/apis/kustomize"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

const (
	// FluxNamespace is where Flux runs; FluxInstance calls its Git source and Kustomization after it.
	FluxNamespace   = flux.SystemNamespace
	operatorVersion = flux.OperatorVersion
	operatorChart   = flux.OperatorChart
)

// instance makes Flux on the hub, which from then on delivers itself from the hub's branch. It refers to sources of other
// namespaces (a cluster's stages use their environment's), so the lockdown for tenants stays off; each Kustomization names
// the service account that it acts as, and an admission policy sees to that.
func instance(f *config.Fleet) (resource.Object, error) {
	s := sizeOf(f)
	instance := flux.NewInstance(f, f.Hub.Branch, "hub/flux")
	instance.Annotations = map[string]string{resource.PruneAnnotation: "disabled"}
	instance.Spec.Components = append(instance.Spec.Components, "source-watcher")
	instance.Spec.Cluster = flux.InstanceCluster{Type: "aws", Size: s.flux, NetworkPolicy: true, ObjectLevelWorkloadIdentity: true}
	for _, name := range []string{"kustomize-controller", "helm-controller"} {
		if arguments := s.arguments(name); len(arguments) > 0 {
			instance.Spec.Kustomize.Patches = append(instance.Spec.Kustomize.Patches, addArguments(name, arguments))
		}
	}
	object, err := instance.Object()
	if err != nil {
		return nil, fmt.Errorf("the hub: %w", err)
	}
	return object, nil
}

// addArguments is a JSON patch of a controller's Deployment.
func addArguments(controller string, arguments []string) kustomize.Patch {
	var patch strings.Builder
	for _, a := range arguments {
		fmt.Fprintf(&patch, "- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: %s\n", a)
	}
	return kustomize.Patch{Target: &kustomize.Selector{Kind: "Deployment", Name: controller}, Patch: patch.String()}
}
