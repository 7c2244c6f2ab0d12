package config

import (
	"slices"
	"strings"
)

// PolicyOfEKS says that an access policy is none for a person or a pipeline, or nothing: EKS gives those of its own to its roles
// itself, and AmazonEKSAutoNodePolicy is for the roles of nodes, with the type EC2 (Amazon EKS User Guide, Review access policy
// permissions; Associate access policies with access entries). Those for the role of the cluster, as
// AmazonEKSLoadBalancingClusterPolicy, are given by people, too.
func PolicyOfEKS(policy, entryType string) string {
	name := policy[strings.LastIndexByte(policy, '/')+1:]
	own := []string{
		"AmazonEKSBlockStoragePolicy", "AmazonEKSClusterInsightsPolicy", "AmazonEKSComputePolicy", "AmazonEKSHybridPolicy",
		"AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy",
	}
	switch {
	case entryType != "" && entryType != "STANDARD":
		return ""
	case name == "AmazonEKSAutoNodePolicy":
		return name + " is the policy of nodes: it lets no person or pipeline do anything"
	case slices.Contains(own, name):
		return name + " is a policy of EKS itself, which EKS gives to its own roles"
	}
	return ""
}

// policyOfEKS warns of it.
func (c clusterScope) policyOfEKS(i, j int, p AccessPolicy) {
	name, value := "name", p.Name
	if p.ARN != "" {
		name, value = "arn", p.ARN
	}
	if message := PolicyOfEKS(value, c.Access[i].Type); message != "" {
		c.warn(c.at("access", i, "policies", j, name), message, "write AmazonEKSViewPolicy or another, or type: EC2 if these are nodes")
	}
}
