package aws

import (
	"fmt"
	"net/netip"
	"slices"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// cluster checks the network and the logs of a cluster (Amazon EKS User Guide, Amazon EKS networking requirements for
// VPC and subnets; View and manage Amazon EKS service quotas).
func cluster(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.resourcesVPCConfig"
	config := func(name string) []any { return o.List("spec", "resourcesVPCConfig", name) }
	problems := zones(t, o)
	if n := len(config("securityGroupIDs")) + len(config("securityGroupRefs")); n > 5 {
		problems = append(problems, o.Problem(at, fmt.Sprintf("has %d security groups, but may have 5", n), "take some away"))
	}
	ranges := config("publicAccessCIDRs")
	if len(ranges) > 40 {
		problems = append(problems, o.Problem(at+".publicAccessCIDRs", fmt.Sprintf("has %d ranges, but may have 40", len(ranges)), "join some of them"))
	}
	for i, item := range ranges {
		text, _ := item.(string)
		if _, err := netip.ParsePrefix(text); err != nil {
			problems = append(problems, o.Problem(fmt.Sprintf("%s.publicAccessCIDRs[%d]", at, i), fmt.Sprintf("%q is no range of addresses", text), "write one such as 203.0.113.0/24"))
		}
	}
	problems = append(problems, logTypes(o)...)
	problems = append(problems, family(o)...)
	problems = append(problems, remote(t, o)...)
	return append(problems, services(t, o)...)
}

// subnetsOf are the subnets that a cluster refers to and that are in the tree.
func subnetsOf(t *manifest.Tree, cluster *manifest.Object) []*manifest.Object {
	var subnets []*manifest.Object
	for _, ref := range cluster.List("spec", "resourcesVPCConfig", "subnetRefs") {
		fields, _ := ref.(map[string]any)
		subnets = append(subnets, t.Find(cluster.Place(), apischema.GroupKind{Group: manifest.EC2Group, Kind: "Subnet"}, cluster.Namespace(), manifest.Field(fields["from"], "name"))...)
	}
	return subnets
}

// zones checks that the subnets of a cluster are in two zones at least and in one VPC.
func zones(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.resourcesVPCConfig"
	refs, ids := o.List("spec", "resourcesVPCConfig", "subnetRefs"), o.List("spec", "resourcesVPCConfig", "subnetIDs")
	if n := len(refs) + len(ids); n < 2 {
		field := at + ".subnetRefs"
		if len(ids) > 0 {
			field = at + ".subnetIDs"
		}
		return diag.List{o.Problem(field, fmt.Sprintf("has %d, but EKS wants two subnets or more, in two zones or more", n), "name a subnet of another zone")}
	}
	subnets := subnetsOf(t, o)
	if len(subnets) < len(refs)+len(ids) {
		return nil // one of them may be in another zone
	}
	zone := func(s *manifest.Object) string {
		return manifest.OrElse(s.Text("spec", "availabilityZone"), s.Text("spec", "availabilityZoneID"))
	}
	first := subnets[0]
	switch {
	case slices.ContainsFunc(subnets, func(s *manifest.Object) bool { return !sameVPC(first, s) }):
		return diag.List{o.Problem(at+".subnetRefs", "the subnets are not all of one VPC", "name subnets of one VPC")}
	case zone(first) != "" && !slices.ContainsFunc(subnets, func(s *manifest.Object) bool { return zone(s) != zone(first) }):
		return diag.List{o.Problem(at+".subnetRefs", "all subnets are in "+zone(first)+", but EKS wants two zones or more", "name a subnet of another zone")}
	}
	return nil
}

// services checks the range of services (EKS API, KubernetesNetworkConfigRequest).
func services(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.kubernetesNetworkConfig.serviceIPv4CIDR"
	text := o.Text("spec", "kubernetesNetworkConfig", "serviceIPv4CIDR")
	block, err := netip.ParsePrefix(text)
	switch {
	case text == "":
		return nil
	case err != nil || !block.Addr().Is4():
		return diag.List{o.Problem(at, fmt.Sprintf("%q is no range of IPv4 addresses", text), "write one such as 172.20.0.0/16")}
	case block.Bits() < 12 || block.Bits() > 24:
		return diag.List{o.Problem(at, fmt.Sprintf("%s is not between /12 and /24", block), "EKS takes no other size; 172.20.0.0/16 is usual")}
	case !inside(block, []any{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}):
		return diag.List{o.Problem(at, block.String()+" is not in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16", "EKS takes no other range; 172.20.0.0/16 is usual")}
	}
	for _, subnet := range subnetsOf(t, o) {
		for _, vpc := range t.Find(o.Place(), apischema.GroupKind{Group: manifest.EC2Group, Kind: "VPC"}, o.Namespace(), subnet.Text("spec", "vpcRef", "from", "name")) {
			for _, item := range vpc.List("spec", "cidrBlocks") {
				text, _ := item.(string)
				if other, err := netip.ParsePrefix(text); err == nil && other.Overlaps(block) {
					return diag.List{o.Problem(at, fmt.Sprintf("%s overlaps with %s of %s", block, other, vpc), "take a range outside of the VPC")}
				}
			}
		}
	}
	return nil
}
