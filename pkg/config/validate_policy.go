package config

import (
	"fmt"
	"strings"
)

// accessPolicy checks one access policy of an access entry.
func (c clusterScope) accessPolicy(s scope, p AccessPolicy) {
	switch {
	case p.Name == "" && p.ARN == "":
		if s.sound("name") && s.sound("arn") {
			s.fail(s.at("name"), "is missing", "add name: AmazonEKSViewPolicy or another, or arn")
		}
	case p.Name != "" && p.ARN != "":
		s.both(s.at("name"), s.at("arn"), "name", "arn")
	case strings.HasPrefix(p.Name, "arn:"):
		s.fail(s.at("name"), "is an ARN", "write it under arn")
	}
	if !strings.HasPrefix(p.Name, "arn:") {
		s.oneOf(s.at("name"), p.Name, "an access policy that gen knows", accessPolicies())
	}
	c.accessPolicyARN(s.at("arn"), p.ARN)
	s.oneOf(s.at("scope"), p.Scope, "a scope", []string{ScopeCluster, ScopeNamespace})
	if p.Scope == ScopeCluster && len(p.Namespaces) > 0 {
		s.fail(s.at("namespaces"), "has no place with the scope cluster", "remove the namespaces, or write scope: namespace")
	}
	if p.Scope == ScopeNamespace && len(p.Namespaces) == 0 && s.sound("namespaces") {
		s.fail(s.at("namespaces"), "is missing with the scope namespace", "list the namespaces, or write scope: cluster")
	}
	for i, namespace := range p.Namespaces {
		if len(namespace) > 63 || !c.matches(`^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$`, namespace) {
			s.fail(s.at("namespaces", i), fmt.Sprintf("%q is not a namespace", namespace), "use a to z, 0 to 9 and dashes; * stands for any characters")
		}
	}
	s.distinct(p.Namespaces, "namespaces")
}

func (c clusterScope) accessPolicyARN(at spot, value string) {
	if value == "" {
		return
	}
	prefix := "arn:" + c.Partition() + ":eks::aws:cluster-access-policy/"
	if name, ok := strings.CutPrefix(value, prefix); !ok || !c.matches(`^[A-Za-z0-9]+$`, name) {
		c.fail(at, fmt.Sprintf("%q is not the ARN of an EKS access policy of this partition", value), "write "+prefix+"AmazonEKSViewPolicy or another; IAM policies do not work here")
	}
}

// accessPolicies are those of the EKS User Guide, "Review access policy permissions".
// One that is newer can be given by its ARN.
func accessPolicies() []string {
	return []string{
		"AmazonEKSAdminPolicy", "AmazonEKSAdminViewPolicy", "AmazonEKSAutoNodePolicy", "AmazonEKSClusterAdminPolicy",
		"AmazonEKSEditPolicy", "AmazonEKSHybridPolicy", "AmazonEKSSecretReaderPolicy", "AmazonEKSViewPolicy",
	}
}
