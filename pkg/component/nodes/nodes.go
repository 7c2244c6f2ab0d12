// Package nodes creates what pods need to be scheduled: node classes, node pools, storage and ingress classes.
package nodes

import (
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component nodes.
var Component = component.Component{
	Name:      "nodes",
	Workloads: workloads,
}

// workloads makes node classes before the pools that use them. A retiring cluster has no pools any more:
// Karpenter then drains their nodes, for which it still needs the classes.
func workloads(c *config.Cluster, _ flux.Chart) ([]component.Delivery, error) {
	var objects []resource.Object
	for _, class := range c.Nodes.Classes {
		objects = append(objects, nodeClass(c, class))
	}
	if c.State != config.StateRetiring {
		for _, pool := range c.Nodes.Pools {
			objects = append(objects, nodePool(c, pool))
		}
	}
	objects = append(objects, storageClass(c))
	objects = append(objects, ingressClasses(c)...)
	objects = append(objects, policyController(c)...)
	return []component.Delivery{component.At(component.Nodes, objects...)}, nil
}
