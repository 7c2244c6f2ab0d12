package flux

import (
	"encoding/json"
	"fmt"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	"github.com/fluxcd/pkg/apis/kustomize"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// RoleAnnotation gives a Kubernetes service account an IAM role with IRSA
// (Amazon EKS User Guide: Assign IAM roles to Kubernetes service accounts).
const RoleAnnotation = "eks.amazonaws.com/role-arn"

// For returns the release of the chart for one cluster: in the cluster's namespace, from the source in its
// environment's, with values merged over those of the chart's template, the later over the earlier.
func (c Chart) For(cluster *config.Cluster, values ...map[string]any) (*helmv2.HelmRelease, error) {
	release := c.Release.DeepCopy()
	release.Namespace = cluster.Name
	chartNamespace(release, Namespace(cluster.Environment))
	settle(release, cluster)
	merged := map[string]any{}
	if release.Spec.Values != nil {
		if err := json.Unmarshal(release.Spec.Values.Raw, &merged); err != nil {
			return nil, fmt.Errorf("values of release %s: %w", release.Name, err)
		}
	}
	for _, more := range values {
		merged = resource.Merge(merged, more)
	}
	return release, setValues(release, merged)
}

func setValues(release *helmv2.HelmRelease, values map[string]any) error {
	if len(values) == 0 {
		return nil
	}
	raw, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("values of release %s: %w", release.Name, err)
	}
	release.Spec.Values = &apiextensionsv1.JSON{Raw: raw}
	return nil
}

// AnnotateServiceAccount gives a service account of the release its IAM role with IRSA. It is done after
// Helm has rendered the chart, because not every chart lets its service account be annotated.
func AnnotateServiceAccount(release *helmv2.HelmRelease, name, roleARN string) error {
	patch, err := resource.Encode(&corev1.ServiceAccount{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{RoleAnnotation: roleARN}},
	})
	if err != nil {
		return fmt.Errorf("service account of release %s: %w", release.Name, err)
	}
	release.Spec.PostRenderers = append(release.Spec.PostRenderers, helmv2.PostRenderer{Kustomize: &helmv2.Kustomize{
		Patches: []kustomize.Patch{{
			Patch:  string(patch),
			Target: &kustomize.Selector{Kind: "ServiceAccount", Name: name},
		}},
	}})
	return nil
}
