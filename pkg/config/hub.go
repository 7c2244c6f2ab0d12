package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// This file holds who acts in AWS: Flux and ACK, both on the hub.

// FluxRole is the name of the IAM role, in the cluster's account, that Flux on the hub assumes to reach the cluster.
func (c *Cluster) FluxRole() string { return c.Name + "-flux" }

// FluxRoleARN is the ARN of FluxRole.
func (c *Cluster) FluxRoleARN() string {
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", c.Partition(), c.AccountID, c.FluxRole())
}

// ACKRoleARN is the IAM role that ACK assumes in the cluster's account.
func (c *Cluster) ACKRoleARN() string { return c.Env.ackRoleARN(c.Fleet, c.Partition(), c.AccountID) }

// ACKRoleARNs are the IAM roles that ACK assumes for the environment, one for each of its accounts, sorted.
func (e *Environment) ACKRoleARNs(f *Fleet) []string {
	set := map[string]bool{}
	if e.AccountID != "" {
		partition, _ := partitionOf(e.Region)
		set[e.ackRoleARN(f, cmp.Or(partition.name, "aws"), e.AccountID)] = true
	}
	for _, c := range f.ClustersOf(e.Name) {
		set[c.ACKRoleARN()] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// Accounts lists the AWS accounts of the environment's clusters, and its own, sorted.
func (e *Environment) Accounts(f *Fleet) []string {
	set := map[string]bool{}
	if e.AccountID != "" {
		set[e.AccountID] = true
	}
	for _, c := range f.ClustersOf(e.Name) {
		set[c.AccountID] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// ackRoleARN puts the role's path and name, which are the same in every account, behind an account.
func (e *Environment) ackRoleARN(f *Fleet, partition, account string) string {
	role := "role/" + f.Metadata.Name + "-ack"
	if e.ACKRoleARN != "" {
		role = e.ACKRoleARN[strings.LastIndex(e.ACKRoleARN, ":")+1:]
	}
	return fmt.Sprintf("arn:%s:iam::%s:%s", partition, account, role)
}

// ChartRole is the name of the IAM role, in the environment's account, with which Flux on the hub pulls charts from ECR. The
// admission policies let the service account of a namespace have no role of another name.
func (e *Environment) ChartRole() string { return "fleet-" + e.Name + "-flux" }

// ChartRoleARN is the ARN of ChartRole, or "" where no chart of the environment is in a private registry of ECR.
func (e *Environment) ChartRoleARN(f *Fleet) string {
	if len(e.Registries(f)) == 0 {
		return ""
	}
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", f.Hub.Partition(), e.AccountID, e.ChartRole())
}

// Registries are the private registries of ECR that the environment's charts come from with an identity of AWS, as
// <region>:<account>, sorted.
func (e *Environment) Registries(f *Fleet) []string {
	set := map[string]bool{}
	for _, c := range f.ClustersOf(e.Name) {
		for _, r := range c.Releases {
			if account, region, ok := r.Chart.ECR(); ok && r.Chart.Provider == ProviderAWS {
				set[region+":"+account] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// IssuerHost is the hub's OIDC issuer as IAM names it: without https://.
func (h Hub) IssuerHost() string { return strings.TrimPrefix(h.OIDCIssuer, "https://") }

// Partition is the AWS partition of the hub.
func (h Hub) Partition() string {
	p, _ := partitionOf(h.Region)
	return cmp.Or(p.name, "aws")
}

// DNSSuffix is the domain of AWS in the hub's partition.
func (h Hub) DNSSuffix() string {
	p, _ := partitionOf(h.Region)
	return cmp.Or(p.dnsSuffix, "amazonaws.com")
}

// issuerRegion is the region that an EKS issuer names, or "".
func (h Hub) issuerRegion() string {
	rest, ok := strings.CutPrefix(h.OIDCIssuer, "https://oidc.eks.")
	region, _, _ := strings.Cut(rest, ".")
	if _, known := partitionOf(region); !ok || !known {
		return ""
	}
	return region
}
