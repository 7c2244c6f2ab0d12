// Package catalog lists the components that gen knows, in order of dependency.
package catalog

import (
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/component/access"
	"eks-auto-gitops/pkg/component/addons"
	"eks-auto-gitops/pkg/component/cloudwatch"
	"eks-auto-gitops/pkg/component/cluster"
	"eks-auto-gitops/pkg/component/dns"
	"eks-auto-gitops/pkg/component/externaldns"
	"eks-auto-gitops/pkg/component/network"
	"eks-auto-gitops/pkg/component/nodes"
	"eks-auto-gitops/pkg/component/oidc"
	"eks-auto-gitops/pkg/component/podinfo"
	"eks-auto-gitops/pkg/component/releases"
)

// All returns every component; each stands behind those that it needs.
func All() []component.Component {
	return []component.Component{
		network.Component,
		cluster.Component,
		access.Component,
		oidc.Component,
		dns.Component,
		nodes.Component,
		externaldns.Component,
		cloudwatch.Component,
		addons.Component,
		releases.Component,
		podinfo.Component,
	}
}
