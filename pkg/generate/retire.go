package generate

import (
	"path"
	"slices"
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
	addons := map[component.Stage]int{}
	for _, d := range deliveries {
		if !slices.Contains([]component.Stage{component.Addons, component.Apps, component.OwnAddons, component.OwnApps}, d.Stage) {
			kept = append(kept, d)
			continue
		}
		taken[d.Stage] = true
		addons[d.Stage] += releases(d)
	}
	for _, apps := range []component.Stage{component.Apps, component.OwnApps} {
		if taken[apps] {
			kept = append(kept, releasesLeft(c, apps, addons[component.Addons]+addons[component.OwnAddons]))
		}
	}
	if taken[component.OwnAddons] {
		kept = append(kept, releasesLeft(c, component.OwnAddons, 0))
	}
	switch {
	case taken[component.Addons] && c.Agent():
		// Of releases the hub has that of the operator alone, which stays.
		addons := mark(c.Name, layout.Retiring+"-"+string(component.Addons), nil)
		kept = append(kept, layout.Named{Delivery: component.At(component.Addons, addons), Component: layout.Retiring})
	case taken[component.Addons]:
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
		ObjectMeta: metav1.ObjectMeta{Name: flux.RetiringQuota(path.Base(string(stage))), Namespace: c.Name},
		Spec: corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
			flux.QuotaOfReleases: resource.MustParse(strconv.Itoa(count)),
		}},
	}
	return layout.Named{Delivery: component.At(stage, quota), Component: layout.Retiring}
}
