package flux

import (
	"fmt"

	"github.com/fluxcd/pkg/apis/kustomize"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// The Flux Operator and its chart, on the hub and in a cluster with a Flux of its own.
const (
	OperatorVersion = "0.59.0"
	OperatorChart   = "oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator"
	// SystemNamespace is where Flux runs. The operator calls the source and the Kustomization of an instance after it
	// (Flux Operator, internal/builder/sync.go).
	SystemNamespace = "flux-system"
	// DefaultVersion is the Flux of a fleet that does not say which.
	DefaultVersion = "2.9"
	// InstanceName is the one name that the operator takes (Flux Operator, FluxInstance CRD).
	InstanceName = "flux"
	// InstanceKind and InstanceGroup are those of an instance.
	InstanceKind  = "FluxInstance"
	InstanceGroup = "fluxcd.controlplane.io"
)

// Instance is the API of the Flux Operator as far as gen writes it (fluxcd.controlplane.io/v1 of v0.59.0). Its Go module
// is not used, because its licence is another.
type Instance struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              InstanceSpec `json:"spec"`
}

// InstanceSpec is what an instance runs and what it follows.
type InstanceSpec struct {
	Distribution InstanceDistribution `json:"distribution"`
	Components   []string             `json:"components"`
	Cluster      InstanceCluster      `json:"cluster"`
	Kustomize    InstanceKustomize    `json:"kustomize"`
	Sync         InstanceSync         `json:"sync"`
}

// InstanceDistribution is the version of Flux.
type InstanceDistribution struct {
	Version  string `json:"version"`
	Registry string `json:"registry"`
}

// InstanceCluster is what Flux runs in.
type InstanceCluster struct {
	Type                        string `json:"type"`
	Size                        string `json:"size"`
	Multitenant                 bool   `json:"multitenant"`
	NetworkPolicy               bool   `json:"networkPolicy"`
	ObjectLevelWorkloadIdentity bool   `json:"objectLevelWorkloadIdentity"`
}

// InstanceKustomize changes what the operator makes.
type InstanceKustomize struct {
	Patches []kustomize.Patch `json:"patches"`
}

// InstanceSync is the folder of a repository that Flux applies.
type InstanceSync struct {
	Kind       string `json:"kind"`
	URL        string `json:"url"`
	Ref        string `json:"ref"`
	Path       string `json:"path"`
	PullSecret string `json:"pullSecret,omitempty"`
	Provider   string `json:"provider,omitempty"`
	Interval   string `json:"interval"`
}

// NewInstance is an instance that follows a folder of a branch of the fleet's repository.
func NewInstance(f *config.Fleet, branch, path string) Instance {
	version := f.Flux.Version
	if version == "" {
		version = DefaultVersion
	}
	instance := Instance{
		TypeMeta:   metav1.TypeMeta{APIVersion: InstanceGroup + "/v1", Kind: InstanceKind},
		ObjectMeta: metav1.ObjectMeta{Name: InstanceName, Namespace: SystemNamespace},
		Spec: InstanceSpec{
			Distribution: InstanceDistribution{Version: version + ".x", Registry: "ghcr.io/fluxcd"},
			Components:   []string{"source-controller", "kustomize-controller", "helm-controller", "notification-controller"},
			Sync: InstanceSync{
				Kind: "GitRepository", URL: f.Repository.URL, Ref: "refs/heads/" + branch, Path: path, Interval: "1m",
			},
		},
	}
	if f.Repository.SecretRef != nil {
		instance.Spec.Sync.PullSecret = f.Repository.SecretRef.Name
	}
	if f.Repository.Provider != config.ProviderGeneric {
		instance.Spec.Sync.Provider = f.Repository.Provider
	}
	return instance
}

// Object is the instance as gen writes it.
func (i Instance) Object() (resource.Object, error) {
	tree, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&i)
	if err != nil {
		return nil, fmt.Errorf("encode the FluxInstance: %w", err)
	}
	return &unstructured.Unstructured{Object: tree}, nil
}
