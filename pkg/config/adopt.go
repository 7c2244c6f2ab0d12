package config

import (
	"fmt"
	"slices"
	"strings"
)

// Adopt is for a cluster that something else created in AWS. ACK finds the cluster by its name and adopts it.
type Adopt struct {
	// Mode is read-only, in which ACK observes the cluster and changes nothing, or full. Both need network.vpcID.
	Mode string `yaml:"mode,omitempty"`
	// RoleARN is the IAM role of the cluster, which cannot be changed. Default: a new one, as for a new cluster.
	RoleARN string `yaml:"roleARN,omitempty"`
	// SecurityGroupIDs are the security groups that the control plane has besides the cluster's own.
	SecurityGroupIDs []string `yaml:"securityGroupIDs,omitempty"`
}

// The modes in which a cluster is adopted.
const (
	AdoptReadOnly = "read-only"
	AdoptFull     = "full"
)

// ReadOnly reports whether ACK only observes the cluster.
func (c *Cluster) ReadOnly() bool { return c.Adopt.Mode == AdoptReadOnly }

// Adopted reports whether something else created the cluster.
func (c *Cluster) Adopted() bool { return c.Adopt.Mode != "" }

// checkAdopt checks what is said of a cluster that is in AWS already (ACK, Resource adoption and Read-only resources; the role:
// Amazon EKS API Reference, UpdateClusterConfig, which has no roleArn).
func checkAdopt(c clusterScope) {
	if !c.has("adopt") {
		return
	}
	a := c.Adopt
	if a.Mode == "" && c.sound("adopt", "mode") {
		c.fail(c.at("adopt"), "does not say how: mode is missing", "add mode: read-only, in which ACK observes the cluster and changes nothing")
	}
	c.oneOf(c.at("adopt", "mode"), a.Mode, "a way to adopt a cluster", []string{AdoptReadOnly, AdoptFull})
	if c.Network.CIDR != "" {
		c.fail(c.at("network", "cidr"), "creates a VPC, but the cluster already exists and stays in its own",
			"write network: {vpcID: …, privateSubnetIDs: […]} as aws eks describe-cluster shows them, or remove adopt")
	}
	if c.ReadOnly() && c.Encryption.Create {
		c.fail(c.at("encryption", "create"), "creates a key, and adopt.mode read-only creates nothing", "write it when the mode is full; a key that the cluster has is keyARN")
	}
	c.clusterRole(c.at("adopt", "roleARN"), a.RoleARN)
	for i, id := range a.SecurityGroupIDs {
		c.id(c.at("adopt", "securityGroupIDs", i), id, "sg")
	}
	c.distinct(a.SecurityGroupIDs, "adopt", "securityGroupIDs")
}

// clusterRole checks the role of a control plane.
func (c clusterScope) clusterRole(at spot, value string) {
	a, ok := parseARN(value)
	switch {
	case value == "":
	case !ok || a.service != "iam" || !strings.HasPrefix(a.resource, "role/"):
		c.fail(at, fmt.Sprintf("%q is not the ARN of an IAM role", value), fmt.Sprintf("write arn:%s:iam::%s:role/<name>", c.Partition(), c.AccountID))
	default:
		c.own(at, a, "cluster role")
	}
}

// TakesTag reports whether clusters.yaml may hold a tag: not one that AWS, a controller or gen sets, and in IAM's letters.
func TakesTag(key, value string) bool {
	own := slices.ContainsFunc(ownTags(), func(own string) bool { return strings.EqualFold(own, key) })
	return !own && !reservedTag(key) && !strings.HasPrefix(strings.ToLower(key), "aws:") && tagText(key) && tagText(value)
}
