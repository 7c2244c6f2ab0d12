// Package releases makes the Helm charts that clusters.yaml lists besides gen's own components.
package releases

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// Component is the component releases.
var Component = component.Component{
	Name:      "releases",
	Doc:       "any further Helm chart, with the AWS permissions of its service account",
	Needs:     []string{"access", "nodes"},
	Enabled:   func(c *config.Cluster) bool { return len(c.Releases) > 0 },
	AWS:       aws,
	Workloads: workloads,
}

func role(c *config.Cluster, r config.Release) component.PodRole {
	return component.RoleOf(c, r.Name, r.Namespace, r.ServiceAccount)
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, r := range c.Releases {
		if r.ServiceAccount == nil {
			continue
		}
		more, err := role(c, r).Deliveries(c)
		if err != nil {
			return nil, fmt.Errorf("release %s: %w", r.Name, err)
		}
		deliveries = append(deliveries, more...)
	}
	return deliveries, nil
}

func workloads(c *config.Cluster, _ flux.Chart) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, name := range namespaces(c) {
		deliveries = append(deliveries, component.At(component.Nodes, component.TargetNamespace(name)))
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
		if r.ServiceAccount != nil {
			if err := role(c, r).Annotate(c, release); err != nil {
				return nil, fmt.Errorf("release %s: %w", r.Name, err)
			}
		}
		deliveries = append(deliveries, component.At(component.Sources, chart.Source), component.At(component.Addons, release))
	}
	return deliveries, nil
}

// namespaces are those that no one else makes, sorted: Kubernetes has some, and components theirs.
func namespaces(c *config.Cluster) []string {
	var names []string
	for _, r := range c.Releases {
		if r.Namespace != "default" && !strings.HasPrefix(r.Namespace, "kube-") && !ofComponent(c, r.Namespace) {
			names = append(names, r.Namespace)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func ofComponent(c *config.Cluster, namespace string) bool {
	switch namespace {
	case "external-dns":
		return c.Components.ExternalDNS.Enabled
	case "amazon-cloudwatch":
		return c.Components.CloudWatch.Enabled
	case "podinfo":
		return c.Components.Podinfo.Enabled
	}
	return false
}
