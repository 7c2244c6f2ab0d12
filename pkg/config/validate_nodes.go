package config

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// checkNodes checks the built-in pools and the node role (EKS User Guide, "Enable or disable
// built-in NodePools"; EKS API, ComputeConfigRequest).
func checkNodes(c clusterScope) {
	n := c.Nodes
	for i, pool := range n.BuiltIn {
		c.oneOf(c.at("nodes", "builtIn", i), pool, "a built-in pool", BuiltInPools())
	}
	c.distinct(n.BuiltIn, "nodes", "builtIn")
	role := c.at("nodes", "roleARN")
	if n.RoleARN != "" && len(n.BuiltIn) == 0 && c.sound("nodes", "builtIn") {
		c.fail(role, "a node role without a built-in pool", "EKS takes one only with a built-in pool; name the role in each class instead")
	}
	c.nodeRole(role, n.RoleARN)
	if n.RoleARN != "" && n.PermissionsBoundaryARN != "" {
		c.fail(c.at("nodes", "permissionsBoundaryARN"), "a permissions boundary for a role that gen does not create",
			"set the boundary where the role is created, or remove nodes.roleARN")
	}
	c.policyARN(c.at("nodes", "permissionsBoundaryARN"), n.PermissionsBoundaryARN)
	c.nodePolicies(n)
	if len(n.BuiltIn) == 0 && len(n.Pools) == 0 && c.sound("nodes") {
		c.warn(c.at("nodes", "builtIn"), "the cluster has no node pool, so no pod will ever start", "add a pool under nodes.pools, or a built-in one")
	}
}

// BuiltInPools are the names of the node pools that EKS makes itself (EKS User Guide, "Enable or disable built-in
// NodePools").
func BuiltInPools() []string { return []string{"general-purpose", "system"} }

// nodeRole checks a role that nodes run as. A path keeps node pools from becoming ready
// (aws/containers-roadmap issue 2486).
func (c clusterScope) nodeRole(at spot, value string) {
	a, ok := parseARN(value)
	name, isRole := strings.CutPrefix(a.resource, "role/")
	switch {
	case value == "":
	case !ok || a.service != "iam" || !isRole || name == "":
		c.fail(at, fmt.Sprintf("%q is not the ARN of an IAM role", value), fmt.Sprintf("write arn:%s:iam::%s:role/<name>", c.Partition(), c.AccountID))
	case strings.Contains(name, "/"):
		c.fail(at, fmt.Sprintf("the role %q has a path", name), "Auto Mode's node pools never become ready with one; use a role without a path")
	default:
		c.own(at, a, "node role")
	}
}

// checkClasses checks what the CRD nodeclasses.eks.amazonaws.com checks, before it is applied.
func checkClasses(c clusterScope) {
	for i, class := range c.Nodes.Classes {
		c.nodeClass(c.sub("nodes", "classes", i), class)
	}
	c.uniqueNames(c.classNames(), "class", "nodes", "classes")
}

func (c clusterScope) classNames() []string {
	return named(c.Nodes.Classes, func(n NodeClass) string { return n.Name })
}

func (c clusterScope) nodeClass(s scope, n NodeClass) {
	s.subdomain(s.at("name"), n.Name, "a node class")
	if n.Name == "default" {
		s.fail(s.at("name"), `"default" is the class of the built-in pools`, "EKS would change it back; choose another name")
	}
	if n.Role != "" && !c.matches(`^[\w+=,.@-]{1,64}$`, n.Role) {
		hint := "write the name only, at most 64 characters"
		if a, ok := parseARN(n.Role); ok {
			hint = fmt.Sprintf("write %q", a.resource[strings.LastIndex(a.resource, "/")+1:])
		}
		s.fail(s.at("role"), fmt.Sprintf("%q is not the name of a role", n.Role), hint)
	}
	c.subnetSelector(s, "subnets", n.Subnets)
	if s.has("securityGroups") {
		s.selector("securityGroups", n.SecurityGroups, "sg")
	}
	c.classAdvanced(s, n)
	c.ephemeralStorage(s, n.EphemeralStorage)
	s.oneOf(s.at("networkPolicy"), n.NetworkPolicy, "a network policy", []string{"DefaultAllow", "DefaultDeny"})
	s.oneOf(s.at("networkPolicyEventLogs"), n.NetworkPolicyEventLogs, "a choice", []string{"Enabled", "Disabled"})
	s.oneOf(s.at("snatPolicy"), n.SNATPolicy, "an SNAT policy", []string{"Random", "Disabled"})
	s.tags(n.Tags)
	if total := len(n.Tags) + len(c.Tags); total > 40 && len(n.Tags) > 0 && len(c.Tags) <= 40 {
		s.fail(s.at("tags"), fmt.Sprintf("%d tags with those of the cluster", total), "AWS takes 50, and gen, ACK and EKS add up to ten of their own; keep 40")
	}
}

// ephemeralStorage: the limits of the CRD are those of gp3 volumes.
func (c clusterScope) ephemeralStorage(s scope, e EphemeralStorage) {
	if !diskSize(e.Size) {
		s.fail(s.at("ephemeralStorage", "size"), fmt.Sprintf("%q is not the size of a disk", e.Size), "write 1Gi to 59000Gi, or 1Ti to 58Ti, such as 80Gi")
	}
	if e.IOPS < 3000 || e.IOPS > 16000 {
		s.fail(s.at("ephemeralStorage", "iops"), fmt.Sprintf("%d is not between 3000 and 16000", e.IOPS), "3000 costs nothing extra")
	}
	if e.Throughput < 125 || e.Throughput > 1000 {
		s.fail(s.at("ephemeralStorage", "throughput"), fmt.Sprintf("%d is not between 125 and 1000", e.Throughput), "125 (MiB/s) costs nothing extra")
	}
	for field, fault := range volumeFaults(e) {
		s.fail(s.at("ephemeralStorage", field), fault.text, fault.hint)
	}
	c.kmsKey(s.at("ephemeralStorage", "kmsKeyARN"), e.KMSKeyARN)
}

// volumeFaults are the ratios of a gp3 volume (Amazon EBS User Guide, "General Purpose SSD volumes": above what every volume
// has, 500 IOPS for a GiB and 0.25 MiB/s for each IOPS). EC2 refuses the volume, and so the node.
func volumeFaults(e EphemeralStorage) map[string]struct{ text, hint string } {
	faults := map[string]struct{ text, hint string }{}
	if e.Throughput > 125 && e.Throughput <= 1000 && e.Throughput*4 > e.IOPS {
		faults["throughput"] = struct{ text, hint string }{
			fmt.Sprintf("%d MiB/s need %d IOPS, and the volume has %d", e.Throughput, e.Throughput*4, e.IOPS), fmt.Sprintf("write iops: %d, or at most %d here", e.Throughput*4, e.IOPS/4),
		}
	}
	size, err := resource.ParseQuantity(e.Size)
	gib := size.Value() >> 30
	if err == nil && e.IOPS > 3000 && e.IOPS <= 16000 && int64(e.IOPS) > 500*gib {
		faults["iops"] = struct{ text, hint string }{
			fmt.Sprintf("%d IOPS need a volume of %d GiB, and this one has %d", e.IOPS, (e.IOPS+499)/500, gib), "make the volume larger, or write 3000",
		}
	}
	return faults
}

// diskSize allows 1 to 59000 Gi, 64000 G, 58 Ti and 64 T, the whole numbers that the CRD takes.
func diskSize(size string) bool {
	for _, unit := range []struct {
		suffix string
		limit  int
	}{{"Gi", 59000}, {"G", 64000}, {"Ti", 58}, {"T", 64}} {
		if digits, ok := strings.CutSuffix(size, unit.suffix); ok && wholeNumber(digits) {
			return between(digits, 1, unit.limit)
		}
	}
	return false
}

// poolNames are the names of the pools of a cluster.
func (c clusterScope) poolNames() []string {
	return named(c.Nodes.Pools, func(p NodePool) string { return p.Name })
}

// classKnown reports whether a pool may refer to a class. EKS makes the class default with its own pools.
func (c clusterScope) classKnown(name string) bool {
	return name == "default" && len(c.Nodes.BuiltIn) > 0 || slices.Contains(c.classNames(), name)
}

// madeSubnets: where gen makes the VPC, its subnets have gen's tags and those of the cluster.
func (c clusterScope) madeSubnets(s scope, field string, tags map[string]string) {
	own := []string{"Name", "Cluster", "Environment", "Product", "Provisioner", "kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"}
	for _, key := range sortedKeys(tags) {
		value, theirs := c.Tags[key]
		switch {
		case c.Network.CIDR == "" || slices.Contains(own, key):
		case !theirs:
			s.warn(s.at(field, "tags", key), fmt.Sprintf("no subnet that gen makes has the tag %s, so the class finds none", key),
				"write "+field+": private, or add the tag to those of the cluster, or to subnets in a patch of the stage foundation")
		case tags[key] != "*" && tags[key] != value:
			s.warn(s.at(field, "tags", key), fmt.Sprintf("the subnets that gen makes have the tag %s=%s, so the class finds none", key, value), "write "+value)
		}
	}
}
