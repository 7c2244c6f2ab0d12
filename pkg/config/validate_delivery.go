package config

import (
	"fmt"
	"slices"
)

// checkDelivery holds a cluster to what a Flux in it needs.
func checkDelivery(c clusterScope) {
	if !c.HasOperator() {
		return
	}
	if c.Handover() && c.State == StateRetiring {
		c.fail(c.at("state"), "the cluster is handed over: its releases are suspended, and Helm would leave them, with their load balancers and DNS records",
			"write delivery: agent or delivery: hub first, and retire the cluster when gen status says that it is ready")
	}
	if !c.hasOrdinaryPool() {
		c.fail(c.at("delivery"), "no node pool takes the pods of Flux, which tolerate no taint",
			"add a pool without taints, or write builtIn: [general-purpose]")
	}
	if p := c.Fleet.Repository.Provider; p == ProviderAWS || p == "azure" {
		c.fail(c.at("delivery"), fmt.Sprintf("Flux in the cluster has no identity for a repository with provider %s", p),
			"use provider: generic or github with a secretRef, or delivery: hub")
	}
	for i, r := range c.Releases {
		if r.Name == OperatorRelease {
			c.fail(c.at("releases", i, "name"), fmt.Sprintf("%q is the release that brings Flux into the cluster", r.Name), "choose another name")
		}
		at := c.at("releases", i, "namespace")
		switch r.Namespace.Name {
		case AgentNamespace:
			c.fail(at, fmt.Sprintf("the namespace %s is that of Flux in the cluster", r.Namespace.Name), "choose another namespace")
		case c.Name:
			c.fail(at, fmt.Sprintf("the namespace %s holds what Flux in the cluster applies", r.Namespace.Name), "choose another namespace")
		}
		if r.Chart.Provider != ProviderGeneric && r.Chart.Provider != ProviderGitHub && r.Chart.Provider != "" {
			c.fail(c.at("releases", i, "chart"), fmt.Sprintf("Flux in the cluster has no identity for a chart with provider %s", r.Chart.Provider),
				"use provider: generic with a secretRef, or delivery: hub")
		}
	}
}

// hasOrdinaryPool reports whether a pool makes nodes for pods that tolerate nothing. Of EKS's own, system has the taint
// CriticalAddonsOnly (Amazon EKS User Guide, Enable or Disable Built-in NodePools).
func (c *Cluster) hasOrdinaryPool() bool {
	return slices.Contains(c.Nodes.BuiltIn, "general-purpose") || slices.ContainsFunc(c.Nodes.Pools, func(p NodePool) bool {
		return !slices.ContainsFunc(p.Taints, func(t Taint) bool { return t.Effect != "PreferNoSchedule" })
	})
}
