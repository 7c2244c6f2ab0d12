package effect

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// onlyTags says that a controller compares more than it changes.
const onlyTags = "ACK changes only tags of it: it stays what it is, and says nothing"

// resourceNames says whose host names a subnet decides about (Amazon EC2 User Guide, EC2 instance hostnames and domains).
const resourceNames = "it counts for instances that start from now on"

// networkRows are the fields of a VPC and of what is a part of it.
func networkRows() []Row {
	vpc := rowsOf(manifest.EC2Group, "VPC", "ec2-controller, pkg/resource/vpc/hooks.go",
		judged("spec.cidrBlocks", judgeRange).by("ranges are added and taken away in place, but never the one that the VPC was made with"),
		updated("spec.enableDNSHostnames", ""),
		updated("spec.enableDNSSupport", ""),
		updated("spec.tags", ""),
	)
	subnet := rowsOf(manifest.EC2Group, "Subnet", "ec2-controller, pkg/resource/subnet/hooks.go",
		ignored("spec.cidrBlock", "ACK leaves the subnet with the range that it has"),
		ignored("spec.availabilityZone", "ACK leaves the subnet in the zone that it is in"),
		ignored("spec.vpcRef", "ACK leaves the subnet in the VPC that it is in"),
		updated("spec.mapPublicIPOnLaunch", ""),
		updated("spec.assignIPv6AddressOnCreation", ""),
		updated("spec.enableDNS64", ""),
		updated("spec.enableResourceNameDNSAAAARecord", resourceNames),
		updated("spec.enableResourceNameDNSARecord", resourceNames),
		updated("spec.hostnameType", resourceNames),
		updated("spec.routeTableRefs", "its traffic takes the other routes at once"),
		updated("spec.tags", "EKS and load balancers choose subnets by tags"),
	)
	group := rowsOf(manifest.EC2Group, "SecurityGroup", "ec2-controller, pkg/resource/security_group/hooks.go",
		ignored("spec.name", onlyTags),
		ignored("spec.description", onlyTags),
		ignored("spec.vpcRef", onlyTags),
		updated("spec.ingressRules", ""),
		updated("spec.egressRules", ""),
		updated("spec.tags", ""),
	)
	return append(append(vpc, subnet...), group...)
}

// judgeRange: a VPC can get more ranges, and lose them, but not the one that it was made with, which is the first.
func judgeRange(f change.Field, c Subject) (change.Outcome, string) {
	blocks, _ := manifest.ValueAt(c.Before, "spec", "cidrBlocks").([]any)
	if f.Before != nil && len(blocks) > 0 && f.Before == blocks[0] {
		return change.Refused, "EC2 does not take away the range that a VPC was made with"
	}
	if f.After == nil {
		return change.Update, "EC2 takes it away when no subnet is in it any more, and a subnet when no pod has an address of it"
	}
	return change.Update, ""
}

// gatewayRows are the fields of the ways into and out of a VPC.
func gatewayRows() []Row {
	nat := rowsOf(manifest.EC2Group, "NATGateway", "ec2-controller, pkg/resource/nat_gateway/hooks.go",
		ignored("spec.allocationRef", onlyTags),
		ignored("spec.subnetRef", onlyTags),
		ignored("spec.connectivityType", onlyTags),
		updated("spec.tags", ""),
	)
	internet := rowsOf(manifest.EC2Group, "InternetGateway", "ec2-controller, pkg/resource/internet_gateway/hooks.go",
		updated("spec.vpcRef", "ACK takes it from one VPC to the other: the old one is cut off"),
		updated("spec.tags", ""),
	)
	routes := rowsOf(manifest.EC2Group, "RouteTable", "ec2-controller, pkg/resource/route_table/hooks.go",
		judged("spec.routes", judgeRoute).by("in place: traffic takes the other way at once"),
		ignored("spec.vpcRef", onlyTags+", and routes"),
		updated("spec.tags", ""),
	)
	address := rowsOf(manifest.EC2Group, "ElasticIPAddress", "ec2-controller, pkg/resource/elastic_ip_address/hooks.go",
		updated("spec.tags", ""),
	)
	endpoint := rowsOf(manifest.EC2Group, "VPCEndpoint", "ec2-controller, pkg/resource/vpc_endpoint/hooks.go",
		ignored("spec.serviceName", "ACK leaves the endpoint with the service that it was made for"),
		ignored("spec.vpcEndpointType", "ACK leaves the endpoint of the type that it was made as"),
		ignored("spec.vpcRef", "ACK leaves the endpoint in the VPC that it is in"),
		updated("spec.ipAddressType", ""),
		updated("spec.privateDNSEnabled", ""),
		updated("spec.routeTableRefs", ""),
		updated("spec.securityGroupRefs", ""),
		updated("spec.subnetRefs", ""),
		updated("spec.tags", ""),
	)
	all := append(append(append(nat, internet...), routes...), address...)
	return append(all, endpoint...)
}

// judgeRoute: EC2 has no order in which a route is replaced; ACK deletes what is gone before it makes what is new (ec2-controller,
// pkg/resource/route_table/hooks.go).
func judgeRoute(f change.Field, _ Subject) (change.Outcome, string) {
	switch {
	case f.After == nil:
		return change.Update, "traffic to these addresses has no way any more, at once"
	case f.Before == nil:
		return change.Update, "traffic to these addresses gets a way"
	}
	return change.Update, "traffic takes the other way at once"
}
