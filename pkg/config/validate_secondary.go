package config

import (
	"fmt"
	"net/netip"
	"slices"
)

// checkSecondary checks the further ranges of a VPC that is made (Amazon VPC User Guide, "VPC CIDR blocks", association
// restrictions; quota of ranges for a VPC).
func checkSecondary(c clusterScope) {
	ranges := c.Network.SecondaryCIDRs
	if c.Network.CIDR == "" {
		return
	}
	primary, _ := netip.ParsePrefix(c.Network.CIDR)
	var before []netip.Prefix
	for i, text := range ranges {
		at := c.at("network", "secondaryCIDRs", i)
		prefix, ok := c.cidr(at, text)
		if !ok {
			continue
		}
		j := slices.IndexFunc(before, prefix.Overlaps)
		switch {
		case prefix.Bits() < 16 || prefix.Bits() > 25:
			c.fail(at, fmt.Sprintf("%s is not between /16 and /25", prefix), "AWS takes no larger range, and a smaller one has no room for a subnet of every zone")
		case slices.ContainsFunc(reservedRanges(), prefix.Overlaps):
			c.fail(at, fmt.Sprintf("%s is in a range that no host may have", prefix), "use one in 100.64.0.0/10")
		case primary.IsValid() && primary.Overlaps(prefix):
			c.fail(at, fmt.Sprintf("%s overlaps %s, the first range of the VPC", prefix, primary), "use one in 100.64.0.0/10")
		case j >= 0:
			c.fail(at, fmt.Sprintf("%s overlaps %s", prefix, before[j]), "give each range its own addresses")
		case primary.IsValid() && apart(primary, prefix):
			c.fail(at, fmt.Sprintf("EC2 adds no range such as %s to a VPC with %s", prefix, primary), "use one in 100.64.0.0/10, or of the same private range as the VPC")
		}
		if prefix.Bits() >= 16 {
			before = append(before, prefix)
		}
	}
	switch at := c.at("network", "secondaryCIDRs"); {
	case len(ranges) > 49:
		c.fail(at, fmt.Sprintf("%d ranges", len(ranges)), "a VPC may have 50 with its first one; take fewer and larger ones")
	case len(ranges) > 4:
		c.warn(at, fmt.Sprintf("%d ranges, but the quota of a new account is 5 with the first one", len(ranges)), "take fewer and larger ones, or have the quota raised")
	}
}

// apart reports whether EC2 refuses a second range beside the first one of a VPC: it mixes no two of the private ranges of
// RFC 1918, adds none of them to any other, and 198.19.0.0/16 to none.
func apart(primary, prefix netip.Prefix) bool {
	rfc1918 := privateRanges()[:3]
	in := func(p netip.Prefix) int {
		return slices.IndexFunc(rfc1918, func(r netip.Prefix) bool { return contains(r, p) })
	}
	return in(prefix) >= 0 && in(prefix) != in(primary) || netip.MustParsePrefix("198.19.0.0/16").Overlaps(prefix)
}

// checkControlPlaneSubnets: a subnet for the control plane is a part of 512 of the VPC, and EC2 takes none below /28.
func checkControlPlaneSubnets(c clusterScope) {
	vpc, err := netip.ParsePrefix(c.Network.CIDR)
	if c.Network.ControlPlaneSubnets && err == nil && vpc.Bits() > 19 && vpc.Bits() <= 21 {
		c.fail(c.at("network", "controlPlaneSubnets"), fmt.Sprintf("a VPC of /%d has no room for subnets of the control plane", vpc.Bits()), "take /19 or a larger one, or remove it: the control plane is in the private subnets then")
	}
}

// checkIPFamily: EKS takes the family when a cluster is made. What AWS gives a VPC for IPv6 is known only when it is there, and
// two fields of ACK want it as a value: Subnet.spec.ipv6CIDRBlock and RouteTable.spec.routes.egressOnlyInternetGatewayID, neither
// of which has a reference (ec2-controller v1.20.0, apis/v1alpha1/subnet.go, types.go).
func checkIPFamily(c clusterScope) {
	at := c.at("network", "ipFamily")
	c.oneOf(at, c.Network.IPFamily, "an IP family of EKS", []string{IPv4, IPv6})
	if c.Network.IPFamily != IPv6 {
		return
	}
	if c.Network.CIDR != "" {
		c.fail(at, "gen creates no VPC with IPv6: ACK needs the ranges of its subnets, which AWS assigns only when the VPC exists",
			"make the VPC elsewhere, and name it: network: {vpcID: vpc-…, privateSubnetIDs: […]}")
	}
	if c.has("network", "serviceCIDR") {
		c.fail(c.at("network", "serviceCIDR"), "an IPv6 cluster has no IPv4 range of services", "EKS chooses one of IPv6; remove it")
	}
	for i, class := range c.Nodes.Classes {
		if len(class.AdvancedNetworking.NetworkInterfaces) > 0 {
			c.fail(c.at("nodes", "classes", i, "advancedNetworking", "networkInterfaces"), "nodes of an IPv6 cluster take no network interfaces of your choice", "remove them, or use ipFamily: ipv4")
		}
	}
}
