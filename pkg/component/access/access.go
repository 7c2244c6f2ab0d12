// Package access creates the access entries of a cluster: who may use its Kubernetes API.
package access

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"eks-auto-gitops/pkg/ack/eks"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component access.
var Component = component.Component{
	Name: "access",
	AWS:  aws,
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	clusterAdmin := []eks.AccessPolicy{{ARN: component.AccessPolicyARN(c, "AmazonEKSClusterAdminPolicy")}}
	role, err := fluxRole(c)
	if err != nil {
		return nil, err
	}
	objects := []resource.Object{entry(c, c.FluxRoleARN(), "STANDARD", clusterAdmin).Object()}
	for _, principal := range c.Admins {
		objects = append(objects, entry(c, principal, "STANDARD", clusterAdmin).Object())
	}
	for _, a := range c.Access {
		object := entry(c, a.PrincipalARN, a.Type, policies(c, a.Policies))
		object.Groups, object.Username = a.KubernetesGroups, a.Username
		objects = append(objects, object.Object())
	}
	for _, principal := range nodeRoles(c) {
		objects = append(objects, entry(c, principal, "EC2", []eks.AccessPolicy{{
			ARN: component.AccessPolicyARN(c, "AmazonEKSAutoNodePolicy"),
		}}).Object())
	}
	return []component.Delivery{component.At(component.Foundation, role), component.At(component.Access, objects...)}, nil
}

func policies(c *config.Cluster, from []config.AccessPolicy) []eks.AccessPolicy {
	var list []eks.AccessPolicy
	for _, p := range from {
		arn := p.ARN
		if arn == "" {
			arn = component.AccessPolicyARN(c, p.Name)
		}
		list = append(list, eks.AccessPolicy{ARN: arn, Namespaces: p.Namespaces})
	}
	return list
}

// entry names the object after the principal. The hash makes another principal another object: ACK takes a
// changed principal for a new entry and leaves the old one, with its access, in AWS.
func entry(c *config.Cluster, principal, kind string, policies []eks.AccessPolicy) eks.AccessEntry {
	sum := sha256.Sum256([]byte(principal))
	meta := component.Meta(c, slug(principal)+"-"+hex.EncodeToString(sum[:4]))
	return eks.AccessEntry{Meta: meta, Cluster: c.Name, PrincipalARN: principal, Type: kind, Policies: policies}
}

// slug is the last part of an ARN as a Kubernetes name.
func slug(arn string) string {
	return cmp.Or(resource.Slug(arn[strings.LastIndexAny(arn, "/:")+1:]), "principal")
}

// nodeRoles are the node roles that need an entry of type EC2. EKS makes the one of the built-in pools'
// role itself and refuses a second; without built-in pools it makes none
// (Amazon EKS User Guide: Create a node class for Amazon EKS, Create node class access entry).
func nodeRoles(c *config.Cluster) []string {
	known := map[string]bool{}
	if len(c.Nodes.BuiltIn) > 0 {
		known[""] = true
		known[c.Nodes.RoleARN] = true
		known[component.RoleARN(c, component.NodeRole(c))] = c.Nodes.RoleARN == ""
	}
	var roles []string
	for _, class := range c.Nodes.Classes {
		arn := component.RoleARN(c, component.NodeRole(c))
		switch {
		case class.InstanceProfile != "":
			continue // its role is not known here; clusters.yaml gives it an entry under access
		case class.Role != "":
			arn = component.RoleARN(c, class.Role)
		case c.Nodes.RoleARN != "":
			arn = c.Nodes.RoleARN
		}
		if !known[arn] {
			known[arn] = true
			roles = append(roles, arn)
		}
	}
	return roles
}
