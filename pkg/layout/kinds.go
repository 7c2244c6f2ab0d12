package layout

import (
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/flux"
)

// kindsOf lists the kinds that a stage of any cluster may hold and that need a health check of gen's own. The list
// does not depend on what a cluster holds now: a push starts the stage and the root at the same time, so the stage
// applies a new kind by the health checks of the push before. Without one for the kind, Flux would call the object
// ready before ACK has seen it, or wait for it in vain (Flux, Kustomization API: Dependencies, Health checks).
func kindsOf(stage component.Stage) []schema.GroupKind {
	switch stage {
	case component.Network:
		return partsOfNetwork()
	case component.Foundation:
		return append(
			partsOfNetwork(),
			service("acm", "Certificate"), service("cloudwatchlogs", "LogGroup"), service("iam", "Role"),
			service("kms", "Alias"), service("kms", "Key"),
			service("route53", "HostedZone"), service("route53", "RecordSet"),
			schema.GroupKind{Kind: "ConfigMap"},
		)
	case component.Cluster:
		return ofGroup("eks", "Cluster")
	case component.Access:
		return append(ofGroup("eks", "AccessEntry", "PodIdentityAssociation"), schema.GroupKind{Kind: "ConfigMap"})
	case component.Identity:
		return ofGroup("iam", "OpenIDConnectProvider", "Role")
	case component.Agent:
		return []schema.GroupKind{{Group: flux.InstanceGroup, Kind: flux.InstanceKind}, {Kind: "ResourceQuota"}}
	case component.Nodes:
		return []schema.GroupKind{{Group: "eks.amazonaws.com", Kind: "NodeClass"}, {Group: "karpenter.sh", Kind: "NodePool"}}
	case component.Addons:
		return append(ofGroup("eks", "Addon", "Capability"), schema.GroupKind{Kind: "ResourceQuota"})
	case component.Apps, component.OwnAddons, component.OwnApps:
		return []schema.GroupKind{{Kind: "ResourceQuota"}}
	default:
		return nil // chart sources are no stage of a cluster
	}
}

func partsOfNetwork() []schema.GroupKind {
	return ofGroup("ec2", "ElasticIPAddress", "InternetGateway", "NATGateway", "RouteTable", "SecurityGroup", "Subnet", "VPC", "VPCEndpoint")
}

func ofGroup(name string, kinds ...string) []schema.GroupKind {
	all := make([]schema.GroupKind, 0, len(kinds))
	for _, kind := range kinds {
		all = append(all, service(name, kind))
	}
	return all
}

// service is a kind of the ACK controller of an AWS service.
func service(name, kind string) schema.GroupKind {
	return schema.GroupKind{Group: name + ".services.k8s.aws", Kind: kind}
}
