package cluster

import (
	"cmp"
	"fmt"

	ackiam "eks-auto-gitops/pkg/ack/iam"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/resource"
)

// roles makes the cluster role and the node role, unless the cluster has one already
// (Amazon EKS User Guide: Amazon EKS Auto Mode cluster IAM role; Amazon EKS Auto Mode node IAM role).
func roles(c *config.Cluster) ([]resource.Object, error) {
	var made []resource.Object
	if c.Adopt.RoleARN == "" {
		clusterRole, err := clusterRole(c).Object()
		if err != nil {
			return nil, fmt.Errorf("cluster role of %s: %w", c.Name, err)
		}
		made = append(made, clusterRole)
	}
	if c.Nodes.RoleARN == "" {
		nodeRole, err := nodeRole(c).Object()
		if err != nil {
			return nil, fmt.Errorf("node role of %s: %w", c.Name, err)
		}
		made = append(made, nodeRole)
	}
	return made, nil
}

func clusterRole(c *config.Cluster) ackiam.Role {
	role := ackiam.Role{
		Meta:                   component.Meta(c, component.ClusterRole(c)),
		Description:            "Control plane of EKS cluster " + c.Name,
		Inline:                 map[string][]iam.Statement{"custom-tags": customTags(c.Partition())},
		PermissionsBoundaryARN: c.PermissionsBoundaryARN,
		Trust:                  iam.TrustService(iam.Values{"sts:AssumeRole", "sts:TagSession"}, "eks.amazonaws.com"),
	}
	for _, name := range []string{
		"AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy",
		"AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy",
	} {
		role.PolicyARNs = append(role.PolicyARNs, component.ManagedPolicyARN(c, name))
	}
	if statements := keyStatements(c); len(statements) > 0 {
		role.Inline["encryption"] = statements
	}
	return role
}

func nodeRole(c *config.Cluster) ackiam.Role {
	return ackiam.Role{
		Meta:                   component.Meta(c, component.NodeRole(c)),
		Description:            "Nodes of EKS cluster " + c.Name,
		PermissionsBoundaryARN: cmp.Or(c.Nodes.PermissionsBoundaryARN, c.PermissionsBoundaryARN),
		PolicyARNs: append([]string{
			component.ManagedPolicyARN(c, "AmazonEKSWorkerNodeMinimalPolicy"),
			component.ManagedPolicyARN(c, "AmazonEC2ContainerRegistryPullOnly"),
		}, c.Nodes.PolicyARNs...),
		Trust: iam.TrustService(iam.Values{"sts:AssumeRole"}, "ec2.amazonaws.com"),
	}
}

// customTags lets Auto Mode put the cluster's own tags on instances, volumes, network interfaces and load
// balancers; without it AWS refuses every one of them that is tagged
// (Amazon EKS User Guide: Learn about identity and access in EKS Auto Mode, Custom AWS tags).
// The names of classes, pools and nodes are compared by pattern: StringEquals would take the star literally.
func customTags(partition string) []iam.Statement {
	own := map[string]iam.Values{"aws:RequestTag/eks:eks-cluster-name": {"${aws:PrincipalTag/eks:eks-cluster-name}"}}
	allow := func(sid string, resources iam.Values, like []string, actions ...string) iam.Statement {
		statement := iam.Statement{
			Sid: sid, Effect: iam.Allow, Action: actions, Resource: resources,
			Condition: iam.Condition{"StringEquals": own},
		}
		if len(like) > 0 {
			any := map[string]iam.Values{}
			for _, key := range like {
				any["aws:RequestTag/"+key] = iam.Values{"*"}
			}
			statement.Condition["StringLike"] = any
		}
		return statement
	}
	volumes := iam.Values{"arn:" + partition + ":ec2:*:*:volume/*", "arn:" + partition + ":ec2:*:*:snapshot/*"}
	return []iam.Statement{
		allow("Compute", iam.Values{"*"}, []string{"eks:kubernetes-node-class-name", "eks:kubernetes-node-pool-name"},
			"ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"),
		allow("Storage", volumes, nil, "ec2:CreateVolume", "ec2:CreateSnapshot"),
		allow("Networking", iam.Values{"*"}, []string{"eks:kubernetes-cni-node-name"}, "ec2:CreateNetworkInterface"),
		allow("LoadBalancer", iam.Values{"*"}, nil,
			"elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup",
			"elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule", "ec2:CreateSecurityGroup"),
		allow("ShieldProtection", iam.Values{"*"}, nil, "shield:CreateProtection"),
		allow("ShieldTagResource", iam.Values{"arn:" + partition + ":shield::*:protection/*"}, nil, "shield:TagResource"),
	}
}
