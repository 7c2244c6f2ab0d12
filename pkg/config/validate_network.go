package config

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// checkNetworkChoice: the VPC is made, or it exists; never both and never neither.
func checkNetworkChoice(c clusterScope) {
	n := c.Network
	if !c.sound("network", "cidr") || !c.sound("network", "vpcID") {
		return
	}
	if n.CIDR == "" && n.VPCID == "" {
		c.fail(c.at("network"), "has neither cidr nor vpcID", "add cidr: 10.0.0.0/16 to create a VPC, or vpcID: vpc-… to use one")
	}
	if n.CIDR != "" && n.VPCID != "" {
		c.both(c.at("network", "cidr"), c.at("network", "vpcID"), "cidr", "vpcID")
	}
	for _, name := range []string{"zones", "nat", "endpoints", "secondaryCIDRs", "controlPlaneSubnets"} {
		// An inherited one is meant for the clusters whose VPC is made.
		if at := c.at("network", name); n.VPCID != "" && n.CIDR == "" && at.node != nil && strings.HasPrefix(at.path, "clusters[") {
			c.fail(at, "has no meaning in an existing VPC", existingHint(name))
		}
	}
	for _, name := range []string{"privateSubnetIDs", "publicSubnetIDs", "controlPlaneSubnetIDs"} {
		if at := c.at("network", name); n.CIDR != "" && n.VPCID == "" && at.node != nil && strings.HasPrefix(at.path, "clusters[") {
			c.fail(at, "has no meaning in a new VPC", "gen creates and selects its subnets by zone; remove it, or use vpcID")
		}
	}
}

// existingHint says who decides in an existing VPC what a field decides in one that is made. EC2 gives the private DNS name of a service to
// one endpoint of a VPC: a second cluster there could make none (Amazon VPC, AWS PrivateLink: Manage DNS names).
func existingHint(field string) string {
	switch field {
	case "endpoints":
		return "a VPC has an endpoint of a service once, for all that is in it, with its owner's route tables and security groups: make it where the VPC is made, " +
			"or as VPCEndpoint in patches of the stage foundation; remove it here"
	case "zones":
		return "its subnets decide that: list privateSubnetIDs; remove it"
	case "nat":
		return "the route tables of its subnets decide that; remove it"
	case "secondaryCIDRs":
		return "give pods subnets that are there, by podSubnets: {ids: […]} of a node class; remove it"
	default:
		return "write controlPlaneSubnetIDs; remove it"
	}
}

// checkVPC checks the range of a VPC that is made (Amazon VPC User Guide, "VPC CIDR blocks";
// the sizes are those that its subnets are calculated for).
func checkVPC(c clusterScope) {
	if c.Network.CIDR == "" {
		return
	}
	at := c.at("network", "cidr")
	// The size comes first: the first address of a range of another size is of no use to anybody.
	written, err := netip.ParsePrefix(c.Network.CIDR)
	otherSize := err == nil && written.Addr().Is4() && (written.Bits() < 16 || written.Bits() > 21)
	if otherSize {
		c.fail(at, fmt.Sprintf("%s is not between /16 and /21", written), "AWS takes no larger VPC, and a smaller one has no room for the subnets of every zone")
	}
	if otherSize && written.Masked() != written {
		return
	}
	prefix, ok := c.cidr(at, c.Network.CIDR)
	if !ok {
		return
	}
	for _, reserved := range reservedRanges() {
		if reserved.Overlaps(prefix) {
			c.fail(at, fmt.Sprintf("%s is in %s, which no host may have", prefix, reserved), "use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10")
			return
		}
	}
	if !slices.ContainsFunc(privateRanges(), func(r netip.Prefix) bool { return contains(r, prefix) }) {
		c.warn(at, fmt.Sprintf("%s is not a private range", prefix), "nodes could not reach the real owners of these addresses; use 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10")
	}
	if pool, err := netip.ParsePrefix(c.Env.CIDRPool); err == nil && !contains(pool, prefix) {
		c.fail(at, fmt.Sprintf("%s is not in %s, the pool of the environment %q", prefix, pool, c.Env.Name), "choose a range in the pool")
	}
}

// checkZones: EKS wants subnets in two zones (EKS User Guide, "Network requirements"), and each
// zone's subnets have their place by its letter.
func checkZones(c clusterScope) {
	n := c.Network
	if n.CIDR == "" {
		return
	}
	at := c.at("network", "zones")
	if len(n.Zones) == 0 && zonesVary(c.Region) {
		c.fail(at, "is missing", fmt.Sprintf("which zones %s has depends on the account; list two or more, as "+
			`"aws ec2 describe-availability-zones --region %s" shows them`, c.Region, c.Region))
	} else if c.has("network", "zones") && len(n.Zones) < 2 && c.sound("network", "zones") {
		c.fail(at, "EKS needs at least two zones", "add another zone of "+c.Region)
	}
	for i, zone := range n.Zones {
		c.zone(c.at("network", "zones", i), zone, true)
	}
	c.distinct(n.Zones, "network", "zones")
}

// zone checks the name of a zone; placed asks for a letter that has a place in the VPC.
func (c clusterScope) zone(at spot, zone string, placed bool) {
	letter, ours := strings.CutPrefix(zone, c.Region)
	switch {
	case slices.Contains(regions(), zone):
		c.fail(at, fmt.Sprintf("%q is a region, not a zone", zone), fmt.Sprintf("add the letter, such as %sa", zone))
	case ours && c.matches(`^-[a-z]+-[0-9]+[a-z]$`, letter):
		c.fail(at, fmt.Sprintf("%q is a Local or Wavelength Zone", zone), fmt.Sprintf("EKS has no control plane and Auto Mode no nodes there; write %sa, %sb and so on", c.Region, c.Region))
	case !ours || c.Region == "" || !c.matches(`^[a-z]$`, letter):
		c.fail(at, fmt.Sprintf("%q is not a zone of %s", zone, c.Region), fmt.Sprintf("write %sa, %sb and so on", c.Region, c.Region))
	case placed && letter > "g":
		c.fail(at, fmt.Sprintf("%q has no place in the VPC", zone), "subnets are calculated for the zones a to g")
	default:
		c.unknownZone(at, zone)
	}
}

// checkVPCEndpoints checks service names (AWS PrivateLink, "AWS services that integrate").
func checkVPCEndpoints(c clusterScope) {
	for i, service := range c.Network.Endpoints {
		at := c.at("network", "endpoints", i)
		if short, full := strings.CutPrefix(service, "com.amazonaws."); full {
			_, short, _ = strings.Cut(short, ".")
			c.fail(at, fmt.Sprintf("%q is the full name of a service", service), fmt.Sprintf("write %q", short))
			continue
		}
		c.oneOf(at, service, "a service with a VPC endpoint that gen knows", endpointServices())
	}
	c.distinct(c.Network.Endpoints, "network", "endpoints")
}

// endpointServices are s3 and dynamodb, which have gateways, and services with interfaces that
// nodes, EKS and the usual controllers call.
func endpointServices() []string {
	return []string{
		"acm", "acm-pca", "aps", "aps-workspaces", "autoscaling", "cloudformation", "cloudtrail", "dynamodb", "ec2",
		"ec2messages", "ecr.api", "ecr.dkr", "ecs", "eks", "eks-auth", "elasticache", "elasticfilesystem",
		"elasticloadbalancing", "events", "execute-api", "fsx", "git-codecommit", "guardduty-data", "kinesis-streams",
		"kms", "lambda", "logs", "monitoring", "rds", "s3", "secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "sts",
		"xray",
	}
}

// checkNAT: without a NAT gateway, nodes in private subnets reach AWS through endpoints only.
func checkNAT(c clusterScope) {
	at := c.at("network", "nat")
	c.oneOf(at, c.Network.NAT, "a kind of NAT", []string{NATNone, NATSingle, NATPerZone})
	if c.Network.NAT != NATNone || c.Network.CIDR == "" || !c.privateNodes() || !c.sound("network", "endpoints") {
		return
	}
	needed := []string{"ec2", "ecr.api", "ecr.dkr", "s3", "sts"}
	if c.Identity == IdentityPod {
		needed = append(needed, "eks-auth")
	}
	missing := slices.DeleteFunc(needed, func(s string) bool { return slices.Contains(c.Network.Endpoints, s) })
	if len(missing) > 0 {
		c.warn(at, "nodes in private subnets could not reach "+strings.Join(missing, ", "),
			fmt.Sprintf("add [%s] to network.endpoints, or set nat: single", strings.Join(missing, ", ")))
	}
}

// privateNodes reports whether any pool's nodes stand in private subnets.
func (c clusterScope) privateNodes() bool {
	return len(c.Nodes.BuiltIn) > 0 || slices.ContainsFunc(c.Nodes.Classes, func(n NodeClass) bool { return n.Subnets.Word == SubnetsPrivate })
}

// checkServiceCIDR follows the EKS API, KubernetesNetworkConfigRequest.serviceIpv4Cidr.
func checkServiceCIDR(c clusterScope) {
	at := c.at("network", "serviceCIDR")
	if c.Network.ServiceCIDR == "" || c.Network.IPFamily == IPv6 {
		return // EKS chooses one
	}
	prefix, ok := c.cidr(at, c.Network.ServiceCIDR)
	if !ok {
		return
	}
	if prefix.Bits() < 12 || prefix.Bits() > 24 {
		c.fail(at, fmt.Sprintf("%s is not between /12 and /24", prefix), "EKS takes no other size; 172.20.0.0/16 is usual")
	}
	rfc1918 := privateRanges()[:3]
	if !slices.ContainsFunc(rfc1918, func(r netip.Prefix) bool { return contains(r, prefix) }) {
		c.fail(at, fmt.Sprintf("%s is not in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16", prefix), "EKS takes no other range; 172.20.0.0/16 is usual")
	}
	for i, vpc := range c.Network.Ranges() {
		if !vpc.Overlaps(prefix) {
			continue
		}
		if at.node == nil {
			at = c.rangeAt(i)
		}
		c.fail(at, fmt.Sprintf("the range of services %s overlaps the VPC %s", prefix, vpc), "set network.serviceCIDR to a range outside the VPC, such as 10.100.0.0/16")
	}
}
