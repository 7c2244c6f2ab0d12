package explain

// clusterRows are the fields of a cluster itself. TestChangesAreKnown changes each of them and looks at what differs.
func clusterRows() []becomes {
	const endpoint, tags = "Cluster spec.resourcesVPCConfig", "IngressClassParams spec.tags"
	return []becomes{
		says("name", "EKS cannot rename a cluster: another name is another cluster, and gen refuses to drop this one before it is retiring"),
		says("environment", "the cluster is made again in the other environment, and gen refuses to drop this one before it is retiring"),
		says("state", "retiring uninstalls the releases and add-ons, then removes the node pools; AWS stays until the cluster is removed from the file"),
		in("accountID", "Namespace metadata.annotations.services.k8s.aws/owner-account-id"),
		in("region", "Namespace metadata.annotations.services.k8s.aws/default-region"),
		in("version", "Cluster spec.version"),
		in("upgradePolicy", "Cluster spec.upgradePolicy"),
		in("deletionProtection", "Cluster spec.deletionProtection"),
		in("zonalShift", "Cluster spec.zonalShiftConfig"),
		in("controlPlaneTier", "Cluster spec.controlPlaneScalingConfig"),
		in("authenticationMode", "Cluster spec.accessConfig.authenticationMode"),
		in("endpoint", endpoint), in("endpoint.public", endpoint+".endpointPublicAccess"), in("endpoint.private", endpoint+".endpointPrivateAccess"),
		in("endpoint.publicCIDRs", endpoint+".publicAccessCIDRs"),
		in("logging", "Cluster spec.logging", "LogGroup spec.retentionDays"), in("logging.types", "Cluster spec.logging"),
		in("logging.retentionDays", "LogGroup spec.retentionDays"), in("logging.kmsKeyARN", "LogGroup spec.kmsKeyID"),
		in("encryption", "Cluster spec.encryptionConfig"),
		in("permissionsBoundaryARN", "Role spec.permissionsBoundary"),
		says("identity", "every service account with AWS permissions gets them the other way, and pods only when they start again; "+
			"README, Removing a release, an add-on or a component, has the order"),
		in("oidcIssuer", "OpenIDConnectProvider spec.url", "Role spec.assumeRolePolicyDocument"),
		says("delivery", "Flux on the hub, or in the cluster, takes over what runs there, in two commits with handover between: docs/delivery.md"),
		in("tags", "Cluster spec.tags", "NodeClass spec.tags", tags).and("on every AWS object; nodes, volumes and load balancers get them from NodeClass and IngressClassParams"),
		says("adopt.mode", "read-only to full: ACK makes AWS as the objects say, and Flux delivers what runs in the cluster; gen diff shows what that is. "+
			"Back to read-only, ACK only looks again, and Flux loses the cluster: gen refuses it while releases are installed, and what else is there stays"),
		in("adopt.roleARN", "Cluster spec.roleARN"),
		in("adopt.securityGroupIDs", endpoint+".securityGroupIDs"),
		says("adopt", "what its fields say"),
		says("admins", "an access entry is made for who comes, and that of who goes is deleted; for who stays nothing changes"),
		says("access", "an access entry is made for who comes, and that of who goes is deleted"),
		says("access.principalARN", "an access entry is made for the other principal, and this one is deleted"),
		in("access.type", "AccessEntry spec.type"), in("access.username", "AccessEntry spec.username"),
		in("access.kubernetesGroups", "AccessEntry spec.kubernetesGroups"), in("access.policies", "AccessEntry spec.accessPolicies"),
	}
}

// networkRows are the fields of a cluster's network and DNS.
func networkRows() []becomes {
	const vpc, subnet, group = "VPC spec.cidrBlocks", "Subnet spec.cidrBlock", "SecurityGroup spec.ingressRules"
	const subnets, classes, balancers = "Cluster spec.resourcesVPCConfig.subnetIDs", "NodeClass spec.subnetSelectorTerms", "IngressClassParams spec.subnets"
	return []becomes{
		says("network", "what its fields say"),
		in("network.cidr", vpc, subnet, group), in("network.secondaryCIDRs", vpc, subnet, group),
		in("network.zones", "Cluster spec.resourcesVPCConfig.subnetRefs").and("subnets are made in a zone that comes, and deleted in one that goes"),
		in("network.nat", "RouteTable spec.routes").and("NAT gateways with their addresses are made or deleted"),
		says("network.endpoints", "VPC endpoints are made or deleted, and the others stay"),
		in("network.serviceCIDR", "Cluster spec.kubernetesNetworkConfig.serviceIPv4CIDR"),
		in("network.ipFamily", "Cluster spec.kubernetesNetworkConfig.ipFamily"),
		in("network.vpcID", "HostedZone spec.vpcs").and("EKS keeps a cluster in its VPC: with another one belong other subnets, which EKS refuses"),
		in("network.privateSubnetIDs", subnets, classes, balancers), in("network.publicSubnetIDs", classes, balancers),
		in("network.controlPlaneSubnetIDs", subnets),
		in("network.controlPlaneSubnets", "Cluster spec.resourcesVPCConfig.subnetRefs").and("the subnets are made or deleted"),
		in("network.remoteNodeNetworks", "Cluster spec.remoteNetworkConfig"), in("network.remotePodNetworks", "Cluster spec.remoteNetworkConfig"),
		says("dns", "what its fields say"),
		in("dns.domain", "HostedZone spec.name", "Certificate spec.domainName", "HelmRelease spec.values"),
		says("dns.zone", "what its fields say"),
		says("dns.zone.create", "the hosted zone is made, or deleted; in a protected environment it stays in AWS"),
		in("dns.zone.id", "HelmRelease spec.values", "Role spec.inlinePolicies"),
		in("dns.zone.private", "HostedZone spec.hostedZoneConfig.privateZone"),
		says("dns.certificate", "the certificate is made, or deleted; in a protected environment it stays in AWS"),
		in("dns.certificateARN", "IngressClassParams spec.certificateARNs"),
		in("dns.validationRecord", "RecordSet spec.name", "RecordSet spec.resourceRecords"),
		in("dns.validationRecord.name", "RecordSet spec.name"), in("dns.validationRecord.value", "RecordSet spec.resourceRecords"),
	}
}
