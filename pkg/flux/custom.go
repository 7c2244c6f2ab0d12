package flux

import (
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	"github.com/fluxcd/pkg/apis/kustomize"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
)

// Custom is the chart of a release that the user defines, with the same settings as gen's own charts unless the release says
// otherwise.
func Custom(r config.Release) Chart {
	source := customSource(r.Chart)
	release := &helmv2.HelmRelease{TypeMeta: releaseType(), ObjectMeta: metav1.ObjectMeta{Name: r.Name}, Spec: helmv2.HelmReleaseSpec{
		DependsOn:      dependencies(r.DependsOn),
		DriftDetection: driftDetection(r.DriftDetection),
		Install: &helmv2.Install{CRDs: helmv2.CRDsPolicy(r.CRDs), Strategy: &helmv2.InstallStrategy{
			Name: "RetryOnFailure", RetryInterval: optionalDuration(5 * time.Minute),
		}},
		Interval:         duration(time.Hour),
		KubeConfig:       kubeConfig(),
		ReleaseName:      r.ReleaseName,
		StorageNamespace: r.Namespace.Name,
		TargetNamespace:  r.Namespace.Name,
		Timeout:          optionalDuration(timeout(r)),
		Upgrade: &helmv2.Upgrade{CRDs: helmv2.CRDsPolicy(r.CRDs), Strategy: &helmv2.UpgradeStrategy{
			Name: "RetryOnFailure", RetryInterval: optionalDuration(5 * time.Minute),
		}},
		ValuesFrom: valuesFrom(r.ValuesFrom),
	}}
	if r.Chart.OCI() {
		release.Spec.ChartRef = &helmv2.CrossNamespaceSourceReference{Kind: sourcev1.OCIRepositoryKind, Name: source.GetName()}
		return Chart{Release: release, Source: source}
	}
	chart := helmv2.HelmChartTemplateSpec{
		Chart:     r.Chart.Name,
		SourceRef: helmv2.CrossNamespaceObjectReference{Kind: sourcev1.HelmRepositoryKind, Name: source.GetName()},
		Version:   r.Chart.Version,
	}
	if r.Chart.Git != "" {
		chart.Chart = r.Chart.Path
		chart.SourceRef.Kind = sourcev1.GitRepositoryKind
		// Another commit is another chart, even if its Chart.yaml has the version of the last one.
		chart.ReconcileStrategy = sourcev1.ReconcileStrategyRevision
	}
	release.Spec.Chart = &helmv2.HelmChartTemplate{Spec: chart}
	return Chart{Release: release, Source: source}
}

// timeout is how long the release may take. pkg/config has checked the text.
func timeout(r config.Release) time.Duration {
	d, err := time.ParseDuration(r.Timeout)
	if err != nil {
		return config.DefaultTimeout
	}
	return d
}

func dependencies(names []string) []helmv2.DependencyReference {
	var all []helmv2.DependencyReference
	for _, name := range names {
		all = append(all, helmv2.DependencyReference{Name: name})
	}
	return all
}

func driftDetection(d config.DriftDetection) *helmv2.DriftDetection {
	detection := &helmv2.DriftDetection{Mode: helmv2.DriftDetectionMode(d.Mode)}
	for _, ignore := range d.Ignore {
		rule := helmv2.IgnoreRule{Paths: ignore.Paths}
		if t := ignore.Target; t != nil {
			rule.Target = &kustomize.Selector{
				Kind: t.Kind, Name: t.Name, Namespace: t.Namespace, LabelSelector: t.LabelSelector, AnnotationSelector: t.AnnotationSelector,
			}
		}
		detection.Ignore = append(detection.Ignore, rule)
	}
	return detection
}

func valuesFrom(references []config.ValuesReference) []helmv2.ValuesReference {
	var all []helmv2.ValuesReference
	for _, r := range references {
		all = append(all, helmv2.ValuesReference{Kind: r.Kind, Name: r.Name, ValuesKey: r.ValuesKey, TargetPath: r.TargetPath, Optional: r.Optional})
	}
	return all
}
