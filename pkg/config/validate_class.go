package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// classAdvanced checks the fields of a node class beyond role, subnets and disk (EKS User Guide, "Create a Node Class for Amazon
// EKS").
func (c clusterScope) classAdvanced(s scope, n NodeClass) {
	c.classRole(s, n)
	c.podNetwork(s, n)
	for i, term := range n.CapacityReservationSelectorTerms {
		c.reservation(s.sub("capacityReservationSelectorTerms", i), term)
	}
	s.placementGroup(n.PlacementGroupSelector)
	s.advancedNetworking(n)
	s.interfaces(n.AdvancedNetworking)
	c.advancedSecurity(s, n.AdvancedSecurity)
	s.certificateBundles(n.CertificateBundles)
}

// classRole: a class has a role or an instance profile. EKS may use profiles whose name begins with eks, no others
// (AmazonEKSComputePolicy).
func (c clusterScope) classRole(s scope, n NodeClass) {
	if n.Role != "" && n.InstanceProfile != "" {
		s.both(s.at("role"), s.at("instanceProfile"), "role", "instanceProfile")
	}
	switch a, ok := parseARN(n.InstanceProfile); {
	case n.InstanceProfile == "":
	case ok:
		s.fail(s.at("instanceProfile"), fmt.Sprintf("%q is not the name of an instance profile", n.InstanceProfile), fmt.Sprintf("write %q", a.resource[strings.LastIndex(a.resource, "/")+1:]))
	case !s.matches(`^[\w+=,.@-]{1,128}$`, n.InstanceProfile):
		s.fail(s.at("instanceProfile"), fmt.Sprintf("%q is not the name of an instance profile", n.InstanceProfile), "write the name only, at most 128 characters")
	case !strings.HasPrefix(n.InstanceProfile, "eks"):
		s.fail(s.at("instanceProfile"), fmt.Sprintf("the name of the instance profile %q does not begin with eks", n.InstanceProfile),
			"EKS may use no other; make one of such a name, or write role")
	}
	joins := len(c.Nodes.BuiltIn) > 0 || slices.ContainsFunc(c.Access, func(a Access) bool { return a.Type == "EC2" })
	if n.InstanceProfile != "" && !joins && c.sound("access") && c.sound("nodes", "builtIn") {
		s.warn(s.at("instanceProfile"), "no access entry lets nodes with the role of the profile join the cluster",
			"add access: [{principalARN: <the role>, type: EC2, policies: [{name: AmazonEKSAutoNodePolicy}]}]")
	}
}

// podNetwork: EKS takes the subnets and the security groups of pods together; gen adds the groups of the nodes.
func (c clusterScope) podNetwork(s scope, n NodeClass) {
	if s.has("podSubnets") {
		c.subnetSelector(s, "podSubnets", n.PodSubnets)
	}
	if !s.has("podSecurityGroups") {
		return
	}
	s.selector("podSecurityGroups", n.PodSecurityGroups, "sg")
	if !s.has("podSubnets") {
		s.fail(s.at("podSecurityGroups"), "has no meaning without podSubnets", "EKS takes both or neither; add podSubnets: private, or another one, or remove it")
	}
}

// reservation checks one term by which capacity reservations are chosen.
func (c clusterScope) reservation(s scope, t CapacityReservationTerm) {
	switch {
	case t.ID == "" && len(t.Tags) == 0:
		s.fail(s.at(), "chooses nothing", "write {id: cr-…} or {tags: {…}}")
	case t.ID != "" && (len(t.Tags) > 0 || t.Owner != ""):
		s.fail(s.at("id"), "an id stands alone", "an id chooses one reservation; remove tags and owner, or the id")
	case t.ID != "" && !s.matches(`^cr-[0-9a-z]+$`, t.ID):
		s.fail(s.at("id"), fmt.Sprintf("%q is not the id of a capacity reservation", t.ID), "cr- is followed by 17 of the characters 0 to 9 and a to f")
	case t.ID != "" && !s.matches(`^cr-[0-9a-f]{17}$`, t.ID):
		s.warn(s.at("id"), fmt.Sprintf("%q does not look like the id of a capacity reservation", t.ID), "cr- is followed by 17 of the characters 0 to 9 and a to f")
	}
	if t.Owner != "" && !s.matches(`^[0-9]{12}$`, t.Owner) {
		s.fail(s.at("owner"), fmt.Sprintf("%q is not an AWS account", t.Owner), "write twelve digits in quotes")
	}
	s.selectorTags(t.Tags)
}

func (s scope) placementGroup(p PlacementGroupSelector) {
	if p.ID != "" && p.Name != "" {
		s.both(s.at("placementGroupSelector", "id"), s.at("placementGroupSelector", "name"), "id", "name")
	}
	if s.has("placementGroupSelector") && p.ID == "" && p.Name == "" && s.sound("placementGroupSelector") {
		s.fail(s.at("placementGroupSelector"), "chooses nothing", "write {name: …} or {id: pg-…}")
	}
	if p.ID != "" && !s.matches(`^pg-([0-9a-f]{8}|[0-9a-f]{17})$`, p.ID) {
		s.fail(s.at("placementGroupSelector", "id"), fmt.Sprintf("%q is not the id of a placement group", p.ID), "pg- is followed by 8 or 17 of the characters 0 to 9 and a to f")
	}
}

// advancedNetworking checks public addresses and the proxy.
func (s scope) advancedNetworking(n NodeClass) {
	a, at := n.AdvancedNetworking, func(path ...any) spot { return s.at(append([]any{"advancedNetworking"}, path...)...) }
	if a.AssociatePublicIPAddress != nil && *a.AssociatePublicIPAddress && n.Subnets.Word == SubnetsPrivate {
		s.warn(at("associatePublicIPAddress"), "the nodes stand in private subnets, which have no route to the internet by a public address", "write subnets: public, or remove it")
	}
	if address, err := url.Parse(a.HTTPSProxy); a.HTTPSProxy != "" && (err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" || len(a.HTTPSProxy) > 255) {
		s.fail(at("httpsProxy"), fmt.Sprintf("%q is not the address of a proxy", a.HTTPSProxy), "write it as http://proxy.example.org:3128, at most 255 characters")
		return
	} else if a.HTTPSProxy != "" && address.User != nil {
		s.fail(at("httpsProxy"), "has a user name or a password in it", "everybody who reads the repository would know it; let the proxy know nodes by their addresses")
	}
	s.noProxy(a, at)
}

// noProxy checks what nodes reach without the proxy.
func (s scope) noProxy(a AdvancedNetworking, at func(path ...any) spot) {
	if len(a.NoProxy) > 50 {
		s.fail(at("noProxy"), fmt.Sprintf("%d entries", len(a.NoProxy)), "a node class takes 50; write domains, such as .example.org")
	}
	for i, entry := range a.NoProxy {
		if len(entry) > 255 {
			s.fail(at("noProxy", i), fmt.Sprintf("%d characters", len(entry)), "a node class takes 255")
		}
	}
	s.distinct(a.NoProxy, "advancedNetworking", "noProxy")
	if a.HTTPSProxy == "" {
		if len(a.NoProxy) > 0 && s.sound("advancedNetworking") {
			s.warn(at("noProxy"), "has no meaning without httpsProxy", "add httpsProxy, or remove it")
		}
		return
	}
	// The three that the guide names: instance metadata, names inside the VPC, the API of the cluster.
	missing := slices.DeleteFunc([]string{"169.254.169.254", ".internal", ".eks.amazonaws.com"}, func(entry string) bool { return slices.Contains(a.NoProxy, entry) })
	if len(missing) > 0 && s.sound("advancedNetworking") {
		s.warn(at("httpsProxy"), "nodes would reach "+strings.Join(missing, ", ")+" by the proxy, and not join the cluster", fmt.Sprintf("add them to noProxy: [%s]", strings.Join(missing, ", ")))
	}
}

// interfaces follows the EKS User Guide, "Elastic Fabric Adapter".
func (s scope) interfaces(a AdvancedNetworking) {
	s.oneOf(s.at("advancedNetworking", "ipv4PrefixSize"), a.IPv4PrefixSize, "a size of prefixes", []string{"Auto", "32"})
	places := map[string]int{}
	for i, n := range a.NetworkInterfaces {
		is := s.sub("advancedNetworking", "networkInterfaces", i)
		is.oneOf(is.at("interfaceType"), n.InterfaceType, "a type of interface", []string{"interface", "efa-only"})
		if n.NetworkCardIndex < 0 || n.DeviceIndex < 0 {
			is.fail(is.at(), "an index is below 0", "cards and devices are counted from 0")
		}
		if n.NetworkCardIndex == 0 && n.DeviceIndex == 0 && n.InterfaceType == "efa-only" {
			is.fail(is.at("interfaceType"), "the first interface of a node must be of type interface", "it carries the node's own address; write interface")
		}
		for _, field := range []struct {
			name  string
			count *int
		}{{"secondaryIPv4Count", n.SecondaryIPv4Count}, {"secondaryIPv4PrefixCount", n.SecondaryIPv4PrefixCount}} {
			if field.count != nil && (n.NetworkCardIndex != 0 || *field.count < 0) {
				is.fail(is.at(field.name), "goes with card 0 only, and is not below 0", "remove it")
			}
		}
		if n.SecondaryIPv4Count != nil && n.SecondaryIPv4PrefixCount != nil {
			is.both(is.at("secondaryIPv4Count"), is.at("secondaryIPv4PrefixCount"), "secondaryIPv4Count", "secondaryIPv4PrefixCount")
		}
		place := fmt.Sprintf("device %d of card %d", n.DeviceIndex, n.NetworkCardIndex)
		if first, twice := places[place]; twice {
			is.fail(is.at(), fmt.Sprintf("%s is taken by the interface on line %d", place, first), "give each its own networkCardIndex and deviceIndex")
		}
		places[place] = is.at().line
	}
	if len(a.NetworkInterfaces) > 1 && a.AssociatePublicIPAddress != nil && *a.AssociatePublicIPAddress {
		s.fail(s.at("advancedNetworking", "associatePublicIPAddress"), "EC2 gives no public address to an instance with several network interfaces", "write false, or one interface")
	}
}

// advancedSecurity: AWS has FIPS images in the United States and Canada, so far as is known.
func (c clusterScope) advancedSecurity(s scope, a AdvancedSecurity) {
	if a.FIPS != nil && *a.FIPS && c.Region != "" && !strings.HasPrefix(c.Region, "us-") && !strings.HasPrefix(c.Region, "ca-") {
		s.warn(s.at("advancedSecurity", "fips"), "AWS has FIPS images for regions of the United States and Canada only, not for "+c.Region, "remove it, or look whether that has changed: no node starts without an image")
	}
	if !slices.ContainsFunc(kernelLockdowns(), func(word string) bool { return strings.EqualFold(word, a.KernelLockdown) }) {
		s.oneOf(s.at("advancedSecurity", "kernelLockdown"), a.KernelLockdown, "a kernel lockdown", kernelLockdowns())
	}
}

// kernelLockdowns are those that the guide names; manifests have them with a capital, too.
func kernelLockdowns() []string { return []string{"integrity", "none"} }
