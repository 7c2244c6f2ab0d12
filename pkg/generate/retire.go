package generate

import (
	"strconv"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// retire takes the releases and the add-ons out of the cluster's stages. In their place stands a ResourceQuota,
// which counts the releases that the namespace still has: a stage is ready when no more are left than those
// of the stages that are taken apart after it. Flux itself does not wait for what it deletes.
func retire(c *config.Cluster, deliveries []layout.Named) []layout.Named {
	var kept []layout.Named
	taken := map[component.Stage]bool{}
	addons := 0
	for _, d := range deliveries {
		if d.Stage != component.Addons && d.Stage != component.Apps {
			kept = append(kept, d)
			continue
		}
		taken[d.Stage] = true
		if d.Stage == component.Addons {
			addons += releases(d)
		}
	}
	if taken[component.Apps] {
		kept = append(kept, releasesLeft(c, component.Apps, addons))
	}
	if taken[component.Addons] {
		kept = append(kept, releasesLeft(c, component.Addons, 0))
	}
	return kept
}

// releases counts the HelmReleases of a delivery.
func releases(d layout.Named) int {
	count := 0
	for _, o := range d.Objects {
		if _, ok := o.(*helmv2.HelmRelease); ok {
			count++
		}
	}
	return count
}

func releasesLeft(c *config.Cluster, stage component.Stage, count int) layout.Named {
	quota := &corev1.ResourceQuota{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ResourceQuota"},
		ObjectMeta: metav1.ObjectMeta{Name: "retiring-" + string(stage), Namespace: c.Name},
		Spec: corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
			flux.QuotaOfReleases: resource.MustParse(strconv.Itoa(count)),
		}},
	}
	return layout.Named{Delivery: component.At(stage, quota), Component: layout.Retiring}
}
