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
	// Component is the component's name in the table of pkg/config.
	Component string
	// Values are those that follow from clusters.yaml; the user's are laid over them.
	Values map[string]any
	// UserValues replace the user's where the component looks at them itself.
	UserValues map[string]any
	// Role is the IAM role of the chart's service account; its zero value means none.
	Role PodRole
}

// Deliveries creates the release as it differs from flux/base, the source it comes from and its namespace.
func (h Helm) Deliveries(c *config.Cluster, chart flux.Chart) ([]Delivery, error) {
	settings := config.ComponentNamed(h.Component).Settings(c)
	if h.UserValues != nil {
		settings.Values = h.UserValues
	}
	source := Delivery{Stage: Sources, Base: h.Component}
	if version := settings.Version; version != "" && version != chart.Version() {
		name := chart.Source.GetName()
		chart = chart.At(version)
		if chart.Source.GetName() != name {
			source = At(Sources, chart.Source)
		}
	}
	release, err := chart.For(c, h.Values, settings.Values)
	if err != nil {
		return nil, fmt.Errorf("component %s: %w", h.Component, err)
	}
	if err := h.Role.Annotate(c, release); err != nil {
		return nil, err
	}
	if settings.Retires() {
		// The namespace outlives the release; for uninstalling, Helm needs no chart.
		return []Delivery{At(Nodes, TargetNamespace(release.Spec.TargetNamespace))}, nil
	}
	return []Delivery{
		source,
		At(Nodes, TargetNamespace(release.Spec.TargetNamespace)),
		{Stage: StageOf(h.Component), Base: h.Component, Objects: []resource.Object{release}},
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

// TargetNamespace creates a namespace in the cluster. It exists before the release, so that it belongs to
// Git and not to Helm.
func TargetNamespace(name string) *corev1.Namespace {
	return &corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
	}
}
