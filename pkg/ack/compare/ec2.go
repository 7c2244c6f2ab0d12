package compare

import "slices"

const (
	filled = "ACK puts it into the spec when it makes the object"
	// callless differs at every look of a real ec2-controller v1.20.0, which logs it and calls nothing: its update hook has no
	// call for the field, and it is not filled in, as the controller asks for another look before it writes the spec
	// (pkg/resource/subnet/sdk.go, sdkCreate).
	callless = "differs for ever; ACK makes no call for it"
)

// networkRows are the fields of a VPC and of what is a part of it.
func networkRows() []Row {
	vpc := rowsOf("ec2", "VPC", "ec2-controller, pkg/resource/vpc/delta.go", slices.Concat(
		as(Set, "cidrBlocks"), as(Value, "enableDNSHostnames", "enableDNSSupport"), as(Tags, "tags"),
		left("default; "+filled, "instanceTenancy"),
		left("false; "+filled, "enableNetworkAddressUsageMetrics"),
	)...)
	const written = "false: ACK sets it at each reconciliation if it is left out"
	subnet := rowsOf("ec2", "Subnet", "ec2-controller, pkg/resource/subnet/delta.go", slices.Concat(
		as(Value, "availabilityZone", "cidrBlock", "mapPublicIPOnLaunch"),
		as(Reference, "routeTableRefs", "vpcRef"), as(Tags, "tags"),
		[]Row{
			{Field: "assignIPv6AddressOnCreation", How: Value, Returns: "false", Write: written},
			{Field: "enableDNS64", How: Value, Returns: "false", Write: written},
			{Field: "enableResourceNameDNSAAAARecord", How: Value, Returns: "false", Write: written},
			{Field: "enableResourceNameDNSARecord", How: Value, Returns: "false", Write: written},
			{Field: "hostnameType", How: Value, Returns: "ip-name", Write: "ip-name: ACK sets it at each reconciliation if it is left out"},
		},
		left("the zone's id; "+callless, "availabilityZoneID"),
		left("false; "+callless, "iPv6Native"),
	)...)
	group := rowsOf("ec2", "SecurityGroup", "ec2-controller, pkg/resource/security_group/delta.go", slices.Concat(
		as(Value, "description", "name"), as(Reference, "vpcRef"), as(Tags, "tags"),
		[]Row{
			{Field: "ingressRules", How: Own, Source: "ec2-controller, pkg/resource/security_group/hooks.go"},
			{
				Field: "egressRules", How: Own, Left: true, Returns: "none: ACK takes away the rule that EC2 makes",
				Source: "ec2-controller, pkg/resource/security_group/hooks.go",
			},
		},
	)...)
	return slices.Concat(vpc, subnet, group)
}

// gatewayRows are the fields of the ways into and out of a VPC.
func gatewayRows() []Row {
	internet := rowsOf("ec2", "InternetGateway", "ec2-controller, pkg/resource/internet_gateway/delta.go",
		slices.Concat(as(Reference, "vpcRef"), as(Tags, "tags"))...)
	address := rowsOf("ec2", "ElasticIPAddress", "ec2-controller, pkg/resource/elastic_ip_address/delta.go", slices.Concat(
		as(Tags, "tags"), left("the region; "+filled, "networkBorderGroup"), left("amazon; "+filled, "publicIPv4Pool"),
	)...)
	nat := rowsOf("ec2", "NATGateway", "ec2-controller, pkg/resource/nat_gateway/delta.go", slices.Concat(
		as(Value, "connectivityType"), as(Reference, "allocationRef", "subnetRef"), as(Tags, "tags"),
		left("zonal; "+callless, "availabilityMode"), left("that of the subnet; "+callless, "vpcID"),
	)...)
	routes := rowsOf("ec2", "RouteTable", "ec2-controller, pkg/resource/route_table/delta.go", slices.Concat(
		as(Reference, "vpcRef"), as(Tags, "tags"),
		[]Row{{
			Field: "routes", How: Own, Returns: "the local route too, and the one that a gateway endpoint writes: that differs for ever, without a call", Write: "without the local route; a reference may stand here",
			Source: "ec2-controller, pkg/resource/route_table/hooks.go",
		}},
	)...)
	endpoint := rowsOf("ec2", "VPCEndpoint", "ec2-controller, pkg/resource/vpc_endpoint/delta.go", slices.Concat(
		as(Value, "ipAddressType", "privateDNSEnabled", "serviceName", "vpcEndpointType"),
		as(Reference, "routeTableRefs", "securityGroupRefs", "subnetRefs", "vpcRef"), as(Tags, "tags"),
		left("full access; "+filled, "policyDocument"),
		left("the kind of records; "+filled, "dnsOptions"),
		left("the region of the service; "+filled, "serviceRegion"),
	)...)
	return slices.Concat(internet, address, nat, routes, endpoint)
}
