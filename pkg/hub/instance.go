package hub

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fluxcd/pkg/apis/kustomize"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

const (
	// FluxNamespace is where Flux runs; FluxInstance calls its Git source and Kustomization after it.
	FluxNamespace = "flux-system"
	// fluxVersion is the Flux of a fleet that does not say which.
	fluxVersion = "2.9"
	// operatorVersion is that of the Flux Operator and of its chart.
	operatorVersion = "0.59.0"
	operatorChart   = "oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator"
)

// fluxInstance is the API of the Flux Operator as far as gen writes it (fluxcd.controlplane.io/v1 of v0.59.0). Its Go module
// is not used, because its licence is another.
type fluxInstance struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              fluxInstanceSpec `json:"spec"`
}

type fluxInstanceSpec struct {
	Distribution fluxDistribution `json:"distribution"`
	Components   []string         `json:"components"`
	Cluster      fluxCluster      `json:"cluster"`
	Kustomize    fluxKustomize    `json:"kustomize"`
	Sync         fluxSync         `json:"sync"`
}

type fluxDistribution struct {
	Version  string `json:"version"`
	Registry string `json:"registry"`
}

type fluxCluster struct {
	Type                        string `json:"type"`
	Size                        string `json:"size"`
	Multitenant                 bool   `json:"multitenant"`
	NetworkPolicy               bool   `json:"networkPolicy"`
	ObjectLevelWorkloadIdentity bool   `json:"objectLevelWorkloadIdentity"`
}

type fluxKustomize struct {
	Patches []kustomize.Patch `json:"patches"`
}

type fluxSync struct {
	Kind       string `json:"kind"`
	URL        string `json:"url"`
	Ref        string `json:"ref"`
	Path       string `json:"path"`
	PullSecret string `json:"pullSecret,omitempty"`
	Provider   string `json:"provider,omitempty"`
	Interval   string `json:"interval"`
}

// instance makes Flux on the hub, which from then on delivers itself from the hub's branch. It refers to sources of other
// namespaces (a cluster's stages use their environment's), so the lockdown for tenants stays off; each Kustomization names
// the service account that it acts as, and an admission policy sees to that.
func instance(f *config.Fleet) (resource.Object, error) {
	s := sizeOf(f)
	flux := fluxInstance{
		TypeMeta: metav1.TypeMeta{APIVersion: "fluxcd.controlplane.io/v1", Kind: "FluxInstance"},
		ObjectMeta: metav1.ObjectMeta{
			Name: "flux", Namespace: FluxNamespace,
			Annotations: map[string]string{resource.PruneAnnotation: "disabled"},
		},
		Spec: fluxInstanceSpec{
			Distribution: fluxDistribution{Version: cmp.Or(f.Flux.Version, fluxVersion) + ".x", Registry: "ghcr.io/fluxcd"},
			Components:   []string{"source-controller", "kustomize-controller", "helm-controller", "notification-controller", "source-watcher"},
			Cluster:      fluxCluster{Type: "aws", Size: s.flux, NetworkPolicy: true, ObjectLevelWorkloadIdentity: true},
			Sync: fluxSync{
				Kind: "GitRepository", URL: f.Repository.URL, Ref: "refs/heads/" + f.Hub.Branch, Path: "hub/flux", Interval: "1m",
			},
		},
	}
	if f.Repository.SecretRef != nil {
		flux.Spec.Sync.PullSecret = f.Repository.SecretRef.Name
	}
	if f.Repository.Provider != "generic" {
		flux.Spec.Sync.Provider = f.Repository.Provider
	}
	for _, name := range []string{"kustomize-controller", "helm-controller"} {
		if arguments := s.arguments(name); len(arguments) > 0 {
			flux.Spec.Kustomize.Patches = append(flux.Spec.Kustomize.Patches, addArguments(name, arguments))
		}
	}
	tree, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&flux)
	if err != nil {
		return nil, fmt.Errorf("encode the FluxInstance: %w", err)
	}
	return &unstructured.Unstructured{Object: tree}, nil
}

// addArguments is a JSON patch of a controller's Deployment.
func addArguments(controller string, arguments []string) kustomize.Patch {
	var patch strings.Builder
	for _, a := range arguments {
		fmt.Fprintf(&patch, "- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: %s\n", a)
	}
	return kustomize.Patch{Target: &kustomize.Selector{Kind: "Deployment", Name: controller}, Patch: patch.String()}
}
