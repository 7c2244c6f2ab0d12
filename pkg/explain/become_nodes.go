package explain

// nodeRows are the fields of nodes and of load balancers.
func nodeRows() []becomes {
	rows := []becomes{
		says("nodes", "what its fields say"),
		in("nodes.builtIn", "Cluster spec.computeConfig.nodePools"),
		in("nodes.roleARN", "Cluster spec.computeConfig.nodeRoleARN", "NodeClass spec.role"),
		in("nodes.permissionsBoundaryARN", "Role spec.permissionsBoundary"),
		in("nodes.policyARNs", "Role spec.policies"),
		says("nodes.classes", "a NodeClass that comes is made, and one that goes is deleted; for those that stay their fields say"),
		says("nodes.classes.name", "another name is another NodeClass: it is made, the old one is deleted, and the nodes of its pools are replaced"),
		in("nodes.classes.role", "NodeClass spec.role"),
		in("nodes.classes.subnets", "NodeClass spec.subnetSelectorTerms"),
		in("nodes.classes.securityGroups", "NodeClass spec.securityGroupSelectorTerms"),
		in("nodes.classes.podSubnets", "NodeClass spec.podSubnetSelectorTerms"),
		in("nodes.classes.podSecurityGroups", "NodeClass spec.podSecurityGroupSelectorTerms"),
		says("nodes.pools", "a NodePool that comes is made; the nodes of one that goes are drained and end; for those that stay their fields say"),
		says("nodes.pools.name", "another name is another NodePool: it is made, the old one is deleted, and its nodes are drained and end"),
		in("nodes.pools.class", "NodePool spec.template.spec.nodeClassRef.name"),
		in("nodes.pools.labels", "NodePool spec.template.metadata.labels"),
		in("nodes.pools.annotations", "NodePool spec.template.metadata.annotations"),
		says("ingressClasses", "what its fields say"),
	}
	for _, name := range []string{
		"ephemeralStorage", "networkPolicy", "networkPolicyEventLogs", "snatPolicy", "tags", "instanceProfile", "advancedNetworking", "advancedSecurity",
		"certificateBundles", "placementGroupSelector", "capacityReservationSelectorTerms",
	} {
		rows = append(rows, in("nodes.classes."+name, "NodeClass spec."+name))
	}
	for _, name := range []string{"arch", "capacityTypes", "instanceCategories", "instanceFamilies", "instanceTypes", "instanceCPUs", "zones", "requirements"} {
		rows = append(rows, in("nodes.pools."+name, "NodePool spec.template.spec.requirements"))
	}
	for _, name := range []string{"taints", "startupTaints", "expireAfter", "terminationGracePeriod"} {
		rows = append(rows, in("nodes.pools."+name, "NodePool spec.template.spec."+name))
	}
	for _, name := range []string{"limits", "disruption", "weight", "replicas"} {
		rows = append(rows, in("nodes.pools."+name, "NodePool spec."+name))
	}
	for _, class := range []string{"alb", "alb-internal"} {
		at := "ingressClasses." + class
		rows = append(rows, says(at, "what its fields say"),
			says(at+".default", "the annotation of the IngressClass changes: it counts for ingresses that are made from now on"),
			in(at+".namespaceLabels", "IngressClassParams spec.namespaceSelector"))
		for _, name := range []string{"certificateARNs", "group", "inboundCIDRs", "ipAddressType", "listeners", "loadBalancerAttributes", "sslPolicy"} {
			rows = append(rows, in(at+"."+name, "IngressClassParams spec."+name))
		}
	}
	return rows
}
