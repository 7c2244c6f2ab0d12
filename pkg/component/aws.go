package component

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/config"
)

// This file holds the names and ARNs that more than one component must agree on.

// Meta is the start of an ACK object of the cluster that is called name in AWS.
func Meta(c *config.Cluster, name string) ack.Meta {
	return ack.Meta{Name: name, Namespace: c.Name, Tags: Tags(c)}
}

// Kept is Meta for what holds data or cannot be recreated: in a protected environment AWS keeps it,
// whatever happens to the Kubernetes object.
func Kept(c *config.Cluster, name string) ack.Meta {
	m := Meta(c, name)
	m.Retain = c.Env.Protect
	return m
}

// KeptOrFound is Kept for what can exist before the cluster: it outlives a cluster in a protected environment, or
// somebody has created the cluster before. Without adoption ACK stops at it, and the stage with it
// (ACK runtime, pkg/runtime/reconciler.go: failOnResourceUnmanaged).
func KeptOrFound(c *config.Cluster, name string, identity map[string]string) ack.Meta {
	m := Kept(c, name)
	m.Adopt, m.Identity = true, identity
	return m
}

// Tags is the one tag set of the cluster, the same on AWS resources, node classes, storage classes,
// load balancers and, as labels, on nodes.
func Tags(c *config.Cluster) map[string]string {
	tags := map[string]string{
		"Cluster":     c.Name,
		"Environment": c.Environment,
		"Product":     c.Fleet.Metadata.Name,
		"Provisioner": "ACK",
	}
	maps.Copy(tags, c.Tags)
	return tags
}

// ARN is an ARN of the cluster's partition, region and account.
func ARN(c *config.Cluster, service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", c.Partition(), service, c.Region, c.AccountID, resource)
}

// ClusterARN is the ARN of the EKS cluster.
func ClusterARN(c *config.Cluster) string { return ARN(c, "eks", "cluster/"+c.Name) }

// RoleARN is the ARN of a role of the cluster's account.
func RoleARN(c *config.Cluster, name string) string {
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", c.Partition(), c.AccountID, name)
}

// ManagedPolicyARN is the ARN of a policy that AWS manages.
func ManagedPolicyARN(c *config.Cluster, name string) string {
	return fmt.Sprintf("arn:%s:iam::aws:policy/%s", c.Partition(), name)
}

// AccessPolicyARN is the ARN of an EKS access policy.
func AccessPolicyARN(c *config.Cluster, name string) string {
	return fmt.Sprintf("arn:%s:eks::aws:cluster-access-policy/%s", c.Partition(), name)
}

// ClusterRole is the name of the role of the control plane.
func ClusterRole(c *config.Cluster) string { return c.Name + "-cluster" }

// ControlPlaneLogs is the log group that EKS writes the control plane's logs to.
func ControlPlaneLogs(c *config.Cluster) string { return "/aws/eks/" + c.Name + "/cluster" }

// NodeRole is the name of the node role that gen creates for the cluster.
func NodeRole(c *config.Cluster) string { return c.Name + "-node" }

// Zones are the zones of a new VPC, in the order of their letters.
func Zones(c *config.Cluster) []string { return slices.Sorted(slices.Values(c.Network.Zones)) }

// PrivateSubnet is the name of the private subnet of a zone, after the zone's letter.
func PrivateSubnet(c *config.Cluster, zone string) string {
	return c.Name + "-private-" + zone[len(c.Region):]
}

// PodSubnet is the name of the subnet of a zone for pods in a secondary range. The range is in it, so that another order of the
// ranges moves no subnet.
func PodSubnet(c *config.Cluster, cidr, zone string) string {
	address, _, _ := strings.Cut(cidr, "/")
	return c.Name + "-pods-" + strings.ReplaceAll(address, ".", "-") + "-" + zone[len(c.Region):]
}

// ControlPlaneSubnet is the name of the subnet of a zone for the control plane, where that has subnets of its own.
func ControlPlaneSubnet(c *config.Cluster, zone string) string {
	return c.Name + "-control-plane-" + zone[len(c.Region):]
}

// PublicSubnet is the name of the public subnet of a zone.
func PublicSubnet(c *config.Cluster, zone string) string {
	return c.Name + "-public-" + zone[len(c.Region):]
}

// The schemes of load balancers.
const (
	InternetFacing = "internet-facing"
	Internal       = "internal"
)

// IngressClass is the name of the IngressClass for a scheme, and of its parameters.
func IngressClass(scheme string) string {
	if scheme == Internal {
		return "alb-internal"
	}
	return "alb"
}
