package component

import (
	"fmt"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Helm is a component's Helm chart in one cluster.
type Helm struct {
	// Component is the component's name, Stage what delivers the release.
	Component string
	Stage     Stage
	// Settings are the component's settings in clusters.yaml.
	Settings config.Chart
	// Values are those that follow from clusters.yaml; the user's are laid over them.
	Values map[string]any
	// Role is the IAM role of the chart's service account; its zero value means none.
	Role PodRole
}

// Deliveries makes the release as it differs from flux/base, the source it comes from and its namespace.
func (h Helm) Deliveries(c *config.Cluster, chart flux.Chart) ([]Delivery, error) {
	source := Delivery{Stage: Sources, Base: h.Component}
	if version := h.Settings.Version; version != "" && version != chart.Version() {
		name := chart.Source.GetName()
		chart = chart.At(version)
		if chart.Source.GetName() != name {
			source = At(Sources, chart.Source)
		}
	}
	release, err := chart.For(c, h.Values, h.Settings.Values)
	if err != nil {
		return nil, fmt.Errorf("component %s: %w", h.Component, err)
	}
	if err := h.Role.Annotate(c, release); err != nil {
		return nil, err
	}
	if h.Settings.Retires() {
		// The namespace outlives the release; for uninstalling, Helm needs no chart.
		return []Delivery{At(Nodes, TargetNamespace(release.Spec.TargetNamespace))}, nil
	}
	return []Delivery{
		source,
		At(Nodes, TargetNamespace(release.Spec.TargetNamespace)),
		{Stage: h.Stage, Base: h.Component, Objects: []resource.Object{release}},
	}, nil
}

// Annotate gives the release's service account the role with IRSA; with Pod Identity EKS does.
func (r PodRole) Annotate(c *config.Cluster, release *helmv2.HelmRelease) error {
	if r.Name == "" || c.Identity != IRSA {
		return nil
	}
	if err := flux.AnnotateServiceAccount(release, r.ServiceAccount, r.arn(c)); err != nil {
		return fmt.Errorf("role %s: %w", r.Name, err)
	}
	return nil
}

// TargetNamespace makes a namespace in the cluster. It is there before the release, so that it belongs to
// Git and not to Helm.
func TargetNamespace(name string) *corev1.Namespace {
	return &corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
	}
}
