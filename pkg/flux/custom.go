package flux

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Custom is the chart of a release that the user defines, with the same settings as gen's own charts.
func Custom(r config.Release) Chart {
	release := &helmv2.HelmRelease{TypeMeta: releaseType(), ObjectMeta: metav1.ObjectMeta{Name: r.Name}, Spec: helmv2.HelmReleaseSpec{
		DriftDetection: &helmv2.DriftDetection{Mode: helmv2.DriftDetectionEnabled},
		Install: &helmv2.Install{CRDs: helmv2.CreateReplace, Strategy: &helmv2.InstallStrategy{
			Name: "RetryOnFailure", RetryInterval: optionalDuration(5 * time.Minute),
		}},
		Interval:         duration(time.Hour),
		KubeConfig:       kubeConfig(),
		ReleaseName:      r.Name,
		StorageNamespace: r.Namespace,
		TargetNamespace:  r.Namespace,
		Timeout:          optionalDuration(10 * time.Minute),
		Upgrade: &helmv2.Upgrade{CRDs: helmv2.CreateReplace, Strategy: &helmv2.UpgradeStrategy{
			Name: "RetryOnFailure", RetryInterval: optionalDuration(5 * time.Minute),
		}},
	}}
	source := customSource(r.Chart)
	if strings.HasPrefix(r.Chart.URL, "oci://") {
		release.Spec.ChartRef = &helmv2.CrossNamespaceSourceReference{Kind: sourcev1.OCIRepositoryKind, Name: source.GetName()}
	} else {
		release.Spec.Chart = &helmv2.HelmChartTemplate{Spec: helmv2.HelmChartTemplateSpec{
			Chart:     r.Chart.Name,
			SourceRef: helmv2.CrossNamespaceObjectReference{Kind: sourcev1.HelmRepositoryKind, Name: source.GetName()},
			Version:   r.Chart.Version,
		}}
	}
	return Chart{Release: release, Source: source}
}

// customSource is the source of a user's chart. Releases with the same address share it, so its name comes
// from the address, with a short hash because two registries may have charts of the same name.
func customSource(chart config.ChartSource) resource.Object {
	sum := sha256.Sum256([]byte(chart.URL))
	address := strings.TrimSuffix(chart.URL, "/")
	name := cmp.Or(resource.Slug(address[strings.LastIndex(address, "/")+1:]), "chart") + "-" + hex.EncodeToString(sum[:4])
	if !strings.HasPrefix(chart.URL, "oci://") {
		return &sourcev1.HelmRepository{
			TypeMeta:   sourceType(sourcev1.HelmRepositoryKind),
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       sourcev1.HelmRepositorySpec{Interval: duration(12 * time.Hour), URL: chart.URL},
		}
	}
	return &sourcev1.OCIRepository{
		TypeMeta:   sourceType(sourcev1.OCIRepositoryKind),
		ObjectMeta: metav1.ObjectMeta{Name: versioned(name, chart.Version)},
		Spec: sourcev1.OCIRepositorySpec{
			Interval: duration(12 * time.Hour),
			LayerSelector: &sourcev1.OCILayerSelector{
				MediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
				Operation: sourcev1.OCILayerCopy,
			},
			Reference: &sourcev1.OCIRepositoryRef{Tag: tag(chart.Version)},
			URL:       chart.URL,
		},
	}
}
