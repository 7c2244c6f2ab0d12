package permissions

import "slices"

// ec2Rows has EC2's objects. What only describes knows no resources, or is as good as without; the rest is limited
// to the account and its regions, because EC2 gives the ids.
func ec2Rows() []Row {
	c := controller{
		group: "ec2.services.k8s.aws", service: "ec2", version: "ec2-controller v1.20.0",
		reading: []string{Anything}, writing: []string{inEC2},
	}
	// Tags are sent with the creation, for which EC2 wants CreateTags.
	const tags = "CreateTags DeleteTags"
	return slices.Concat(
		c.rows(
			calls{"ElasticIPAddress", "elastic_ip_address", "DescribeAddresses", "AllocateAddress", "", "ReleaseAddress", tags},
			calls{
				"InternetGateway", "internet_gateway", "DescribeInternetGateways DescribeRouteTables",
				"AttachInternetGateway CreateInternetGateway", "AttachInternetGateway DetachInternetGateway",
				"DeleteInternetGateway DetachInternetGateway", tags,
			},
			calls{"NATGateway", "nat_gateway", "DescribeNatGateways", "CreateNatGateway", "", "DeleteNatGateway", tags},
			// The lists of prefixes are read before routes are changed: ACK leaves alone what gateway endpoints put there.
			calls{
				"RouteTable", "route_table", "DescribeManagedPrefixLists DescribeRouteTables",
				"CreateRoute CreateRouteTable", "CreateRoute DeleteRoute", "DeleteRouteTable", tags,
			},
			// A new group lets everything out, which ACK takes back. A removed group first loses its rules.
			calls{
				"SecurityGroup", "security_group", "DescribeSecurityGroupRules DescribeSecurityGroups",
				"AuthorizeSecurityGroupIngress CreateSecurityGroup RevokeSecurityGroupEgress",
				"AuthorizeSecurityGroupIngress RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
				"DeleteSecurityGroup RevokeSecurityGroupEgress RevokeSecurityGroupIngress", tags,
			},
			calls{
				"Subnet", "subnet", "DescribeRouteTables DescribeSubnets",
				"AssociateRouteTable CreateSubnet ModifySubnetAttribute",
				"AssociateRouteTable DisassociateRouteTable ModifySubnetAttribute", "DeleteSubnet", tags,
			},
			// The rules of the default group are read whatever the spec says.
			calls{
				"VPC", "vpc", "DescribeSecurityGroupRules DescribeSecurityGroups DescribeVpcAttribute DescribeVpcs",
				"CreateVpc ModifyVpcAttribute", "AssociateVpcCidrBlock DisassociateVpcCidrBlock ModifyVpcAttribute", "DeleteVpc", tags,
			},
			calls{
				"VPCEndpoint", "vpc_endpoint", "DescribeVpcEndpoints",
				"CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints", tags,
			},
		),
		ec2Asked(c),
		only("spec.routeTables", c.row("InternetGateway", "internet_gateway", Update, "AssociateRouteTable DisassociateRouteTable", inEC2)),
		only("spec.egressRules", c.row("SecurityGroup", "security_group", Update, "AuthorizeSecurityGroupEgress", inEC2)),
		only("spec.disallowSecurityGroupDefaultRules", c.row("VPC", "vpc", Update, "RevokeSecurityGroupEgress RevokeSecurityGroupIngress", inEC2)),
	)
}

// ec2Asked is what an interface endpoint needs besides. The private zone is AWS's own, so it has no ARN to write down.
func ec2Asked(c controller) []Row {
	const source = "AWS, Service Authorization Reference, Amazon EC2: dependent actions of CreateVpcEndpoint"
	return []Row{
		c.asked("VPCEndpoint", "ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs", source, Anything),
		c.asked("VPCEndpoint", "route53", "AssociateVPCWithHostedZone", source, Anything),
	}
}
