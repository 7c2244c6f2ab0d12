// Package catalog joins the table of components with the functions that create their objects.
package catalog

import (
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/component/access"
	"eks-auto-gitops/pkg/component/addons"
	"eks-auto-gitops/pkg/component/agent"
	"eks-auto-gitops/pkg/component/capabilities"
	"eks-auto-gitops/pkg/component/cloudwatch"
	"eks-auto-gitops/pkg/component/cluster"
	"eks-auto-gitops/pkg/component/dns"
	"eks-auto-gitops/pkg/component/externaldns"
	"eks-auto-gitops/pkg/component/network"
	"eks-auto-gitops/pkg/component/nodes"
	"eks-auto-gitops/pkg/component/oidc"
	"eks-auto-gitops/pkg/component/podinfo"
	"eks-auto-gitops/pkg/component/releases"
	"eks-auto-gitops/pkg/config"
)

// All returns every component with its row of the table, and in its order.
func All() []component.Component {
	table := config.AllComponents()
	all := makers()
	for i := range all {
		for _, row := range table {
			if row.Name == all[i].Name {
				all[i].Row = row
			}
		}
	}
	return all
}

// makers are the components in the order of the table.
func makers() []component.Component {
	return []component.Component{
		network.Component,
		cluster.Component,
		access.Component,
		oidc.Component,
		dns.Component,
		nodes.Component,
		agent.Component,
		externaldns.Component,
		cloudwatch.Component,
		capabilities.Component,
		addons.Component,
		releases.Component,
		podinfo.Component,
	}
}
