package config

import (
	"fmt"
	"slices"
	"strings"
)

// checkExistingVPC checks the ids of a VPC that exists and of its subnets.
func checkExistingVPC(c clusterScope) {
	n := c.Network
	if n.VPCID == "" {
		return
	}
	c.id(c.at("network", "vpcID"), n.VPCID, "vpc")
	for i, id := range n.PrivateSubnetIDs {
		c.id(c.at("network", "privateSubnetIDs", i), id, "subnet")
	}
	for i, id := range n.PublicSubnetIDs {
		at := c.at("network", "publicSubnetIDs", i)
		c.id(at, id, "subnet")
		if slices.Contains(n.PrivateSubnetIDs, id) {
			c.fail(at, fmt.Sprintf("%q is also a private subnet", id), "a subnet is public if its route table has an internet gateway; remove it from the other list")
		}
	}
	for i, id := range n.ControlPlaneSubnetIDs {
		c.id(c.at("network", "controlPlaneSubnetIDs", i), id, "subnet")
	}
	if len(n.ControlPlaneSubnetIDs) == 1 && c.sound("network", "controlPlaneSubnetIDs") {
		c.fail(c.at("network", "controlPlaneSubnetIDs"), "EKS needs at least two subnets", "list two or more, in different zones, or remove it")
	}
	c.distinct(n.ControlPlaneSubnetIDs, "network", "controlPlaneSubnetIDs")
	c.distinct(n.PrivateSubnetIDs, "network", "privateSubnetIDs")
	c.distinct(n.PublicSubnetIDs, "network", "publicSubnetIDs")
	if len(n.PrivateSubnetIDs) < 2 && c.sound("network", "privateSubnetIDs") {
		c.fail(c.at("network", "privateSubnetIDs"), "EKS needs at least two subnets", "list two or more, in different zones")
	}
	if why := c.needsPublic(); why != "" && len(n.PublicSubnetIDs) == 0 && c.sound("network", "publicSubnetIDs") {
		c.fail(c.at("network", "publicSubnetIDs"), "is missing, but "+why, "list the public subnets of the VPC")
	}
}

// needsPublic says what in the cluster needs public subnets, or "".
func (c clusterScope) needsPublic() string {
	for _, class := range c.Nodes.Classes {
		if class.Subnets.Word == SubnetsPublic {
			return fmt.Sprintf("the node class %q stands in public subnets", class.Name)
		}
		if class.PodSubnets.Word == SubnetsPublic {
			return fmt.Sprintf("the pods of the node class %q are in public subnets", class.Name)
		}
	}
	p := c.Components.Podinfo
	if p.Enabled && p.Ingress != nil && p.Ingress.Scheme == SchemeInternetFacing {
		return "the ingress of podinfo is internet-facing"
	}
	return ""
}

// id checks the id of an EC2 object: a prefix and 8 or 17 hexadecimal digits.
func (s scope) id(at spot, value, prefix string) {
	switch {
	case s.matches(`^`+prefix+`-([0-9a-f]{8}|[0-9a-f]{17})$`, value):
	case strings.Contains(value, "/"):
		s.fail(at, fmt.Sprintf("%q is not an id", value), "write only what stands behind the last slash")
	default:
		s.fail(at, fmt.Sprintf("%q is not the id of a %s", value, map[string]string{"vpc": "VPC", "subnet": "subnet", "sg": "security group", "vpce": "VPC endpoint"}[prefix]),
			prefix+"- is followed by 8 or 17 of the characters 0 to 9 and a to f")
	}
}
