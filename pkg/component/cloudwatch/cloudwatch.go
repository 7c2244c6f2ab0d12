// Package cloudwatch creates CloudWatch Observability: metrics, traces and container logs.
package cloudwatch

import (
	"encoding/json"
	"fmt"

	"eks-auto-gitops/pkg/ack/eks"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component cloudwatch.
var Component = component.Component{
	Name:      "cloudwatch",
	AWS:       aws,
	Workloads: workloads,
}

// role is that of the agent; Fluent Bit runs as the same service account
// (Amazon CloudWatch User Guide: Install the CloudWatch agent with the Amazon CloudWatch Observability EKS
// add-on or the Helm chart).
func role(c *config.Cluster) component.PodRole {
	role := component.RoleOf(c, "cloudwatch")
	role.PolicyARNs = []string{
		component.ManagedPolicyARN(c, "CloudWatchAgentServerPolicy"),
		component.ManagedPolicyARN(c, "AWSXrayWriteOnlyAccess"),
	}
	return role
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	if c.Components.CloudWatch.Via == config.ViaHelm {
		deliveries, err := role(c).Deliveries(c)
		return append(deliveries, logGroups(c)...), err
	}
	deliveries, err := role(c).Role(c)
	if err != nil || c.Components.CloudWatch.Retires() {
		return deliveries, err
	}
	addon, err := addon(c)
	return append(append(deliveries, logGroups(c)...), addon), err
}

// addon is the EKS managed add-on, which waits for nodes and so comes after them.
func addon(c *config.Cluster) (component.Delivery, error) {
	settings, name := c.Components.CloudWatch, config.ComponentNamed("cloudwatch").Chart.Addon
	given := resource.Merge(addonValues(settings), settings.Values)
	values, err := json.Marshal(given)
	if err != nil {
		return component.Delivery{}, fmt.Errorf("component cloudwatch: values: %w", err)
	}
	object := eks.Addon{
		Meta:    component.Meta(c, name),
		Addon:   name,
		Cluster: c.Name,
		Version: settings.Version,
	}
	if len(given) > 0 {
		object.Values = string(values)
	}
	role(c).Bind(c, &object)
	return component.At(component.Addons, object.Object()), nil
}

func workloads(c *config.Cluster, chart flux.Chart) ([]component.Delivery, error) {
	if c.Components.CloudWatch.Via != config.ViaHelm {
		return nil, nil
	}
	return component.Helm{
		Component: "cloudwatch",
		Role:      role(c),
		Values:    values(c),
	}.Deliveries(c, chart)
}
