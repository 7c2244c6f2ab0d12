package flux

import (
	helmv2 "github.com/fluxcd/helm-controller/api/v2"

	"eks-auto-gitops/pkg/config"
)

// settle has the release done by whoever delivers the cluster. A Flux in the cluster needs no kubeconfig, and has its chart
// sources beside its releases. While the cluster is handed over nobody acts on it: a release that is suspended stays installed
// when its object goes, and who finds it installed takes it over by an upgrade to the same
// (helm-controller, internal/reconcile/state.go: DetermineReleaseState).
func settle(release *helmv2.HelmRelease, c *config.Cluster) {
	release.Spec.Suspend = c.Handover()
	if !c.Agent() {
		return
	}
	release.Spec.KubeConfig = nil
	chartNamespace(release, c.Name)
}

// chartNamespace says where the source of a release's chart is.
func chartNamespace(release *helmv2.HelmRelease, namespace string) {
	if release.Spec.ChartRef != nil {
		release.Spec.ChartRef.Namespace = namespace
	} else {
		release.Spec.Chart.Spec.SourceRef.Namespace = namespace
	}
}
