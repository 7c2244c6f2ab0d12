// Package releases creates the Helm releases that clusters.yaml lists besides gen's own components.
package releases

import (
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// Component is the component releases.
var Component = component.Component{
	Name:      "releases",
	AWS:       aws,
	Workloads: workloads,
}

func roles(c *config.Cluster, r config.Release) []component.PodRole {
	return component.RolesOf(c, r.Name, r.Namespace.Name, r.ServiceAccounts)
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, r := range c.Releases {
		for _, role := range roles(c, r) {
			more, err := role.Deliveries(c)
			if err != nil {
				return nil, fmt.Errorf("release %s: %w", r.Name, err)
			}
			deliveries = append(deliveries, more...)
		}
	}
	return deliveries, nil
}

func workloads(c *config.Cluster, _ flux.Chart) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, namespace := range namespaces(c) {
		deliveries = append(deliveries, component.At(component.Nodes, namespace))
	}
	for _, r := range c.Releases {
		if r.Retires() {
			continue
		}
		chart := flux.Custom(r)
		release, err := chart.For(c, r.Values)
		if err != nil {
			return nil, fmt.Errorf("release %s: %w", r.Name, err)
		}
		for _, role := range roles(c, r) {
			if err := role.Annotate(c, release); err != nil {
				return nil, fmt.Errorf("release %s: %w", r.Name, err)
			}
		}
		deliveries = append(deliveries, component.At(component.Sources, chart.Source), component.At(component.Addons, release))
	}
	return deliveries, nil
}

// namespaces are those that no one else makes, sorted, each with what all its releases say of it.
func namespaces(c *config.Cluster) []*corev1.Namespace {
	made := map[string]*corev1.Namespace{}
	for _, r := range c.Releases {
		name := r.Namespace.Name
		if !c.OwnNamespace(name) {
			continue
		}
		if made[name] == nil {
			made[name] = component.TargetNamespace(name)
		}
		for key, value := range r.Namespace.Labels {
			metav1.SetMetaDataLabel(&made[name].ObjectMeta, key, value)
		}
		for key, value := range r.Namespace.Annotations {
			metav1.SetMetaDataAnnotation(&made[name].ObjectMeta, key, value)
		}
	}
	all := make([]*corev1.Namespace, 0, len(made))
	for _, name := range slices.Sorted(maps.Keys(made)) {
		all = append(all, made[name])
	}
	return all
}
