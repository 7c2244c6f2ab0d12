package generate

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// retire takes the releases out of the cluster's stages. In place of a stage's releases stands a ResourceQuota,
// which counts the releases that the namespace still has: the stage is ready when as few are left as it
// allows, so that one stage is uninstalled before the next begins. Flux itself does not wait for what it
// deletes.
func retire(c *config.Cluster, deliveries []layout.Named) []layout.Named {
	var kept []layout.Named
	releases := map[component.Stage]int{}
	for _, d := range deliveries {
		switch d.Stage {
		case component.Addons, component.Apps:
			releases[d.Stage] += len(d.Objects)
		case component.Sources:
			// A release needs its source until it is gone.
			kept = append(kept, d)
		default:
			kept = append(kept, d)
		}
	}
	for stage, left := range map[component.Stage]int{component.Apps: releases[component.Addons], component.Addons: 0} {
		if releases[stage] > 0 {
			quota := releasesLeft(c, string(stage), left)
			kept = append(kept, layout.Named{Delivery: component.At(stage, quota), Component: "retiring"})
		}
	}
	return kept
}

func releasesLeft(c *config.Cluster, name string, count int) *corev1.ResourceQuota {
	return &corev1.ResourceQuota{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ResourceQuota"},
		ObjectMeta: metav1.ObjectMeta{Name: name + "-retiring", Namespace: c.Name},
		Spec: corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
			flux.QuotaOfReleases: resource.MustParse(strconv.Itoa(count)),
		}},
	}
}
