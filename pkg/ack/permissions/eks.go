package permissions

import "slices"

// The services that roles are handed to. China's EC2 goes by either name (Karpenter, Reference: CloudFormation).
const (
	toEKS      = "eks.amazonaws.com"
	toPods     = "pods.eks.amazonaws.com"
	toManaged  = "capabilities.eks.amazonaws.com"
	toEC2      = "ec2.amazonaws.com"
	toEC2China = "ec2.amazonaws.com.cn"
)

// eksRows has EKS's objects. All have the cluster's name in their ARN; one scope for all of them is one statement,
// and an action applies to its own type of resource only.
func eksRows() []Row {
	own := ofCluster()
	c := controller{group: "eks.services.k8s.aws", service: "eks", version: "eks-controller v1.20.0", reading: own, writing: own}
	const tags = "TagResource UntagResource"
	return slices.Concat(
		c.rows(
			calls{
				"AccessEntry", "access_entry", "DescribeAccessEntry ListAssociatedAccessPolicies",
				"AssociateAccessPolicy CreateAccessEntry", "AssociateAccessPolicy DisassociateAccessPolicy UpdateAccessEntry",
				"DeleteAccessEntry", tags,
			},
			// The associations that EKS makes for an add-on are read one by one.
			calls{"Addon", "addon", "DescribeAddon DescribePodIdentityAssociation", "CreateAddon", "UpdateAddon", "DeleteAddon", tags},
			calls{"Capability", "capability", "DescribeCapability", "CreateCapability", "UpdateCapability", "DeleteCapability", tags},
			// A cluster is not deleted while it has managed node groups, so they are listed.
			calls{
				"Cluster", "cluster", "DescribeCluster", "CreateCluster",
				"AssociateEncryptionConfig UpdateClusterConfig UpdateClusterVersion", "DeleteCluster ListNodegroups", tags,
			},
			calls{
				"PodIdentityAssociation", "pod_identity_association", "DescribePodIdentityAssociation ListPodIdentityAssociations",
				"CreatePodIdentityAssociation", "UpdatePodIdentityAssociation", "DeletePodIdentityAssociation", tags,
			},
		),
		clusterAsked(c),
		rolesAsked(c),
	)
}

// ofCluster is everything of a cluster. The second form is there because EKS has asked for cluster/NAME/update on
// an update (aws/aws-cdk#6060), and the first alone does not cover it. That CreateCluster takes a cluster's ARN is in the
// Amazon EKS User Guide, Identity-based policy examples: Create a Kubernetes cluster; the Service Authorization Reference
// has no resource for it.
func ofCluster() []string {
	const eks = "arn:${partition}:eks:${region}:${account}:"
	return []string{
		eks + "access-entry/${cluster}/*",
		eks + "addon/${cluster}/*",
		eks + "capability/${cluster}/*",
		eks + "cluster/${cluster}",
		eks + "cluster/${cluster}/*",
		eks + "podidentityassociation/${cluster}/*",
	}
}

// clusterAsked is what making a cluster asks for. The same source has actions on instance profiles too; the Amazon EKS
// User Guide has those for clusters on Outposts alone, and with Auto Mode the cluster role makes the profile. The grant
// has no condition, because EKS does not support kms:GrantIsForAWSResource here.
func clusterAsked(c controller) []Row {
	const (
		handler    = "AWS CloudFormation, resource type AWS::EKS::Cluster, permissions of its create handler"
		guide      = "Amazon EKS User Guide, Identity-based policy examples: Create a Kubernetes cluster"
		encryption = "Amazon EKS User Guide, Encrypt Kubernetes secrets with AWS KMS on existing clusters"
	)
	return []Row{
		c.passes("Cluster", guide, toEKS),
		c.passes("Cluster", handler+": CreateAccessEntry, which passes the node role (AWS, Service Authorization Reference, Amazon EKS)", toEC2, toEC2China),
		c.asked("Cluster", "iam", "CreateServiceLinkedRole", guide,
			"arn:${partition}:iam::${account}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
		c.asked("Cluster", "iam", "GetRole ListAttachedRolePolicies", handler, ownRoles, HandedOver),
		c.asked("Cluster", "ec2", "DescribeSubnets DescribeVpcs", handler, Anything),
		c.asked("Cluster", "eks", "CreateAccessEntry", handler, ofCluster()...),
		c.asked("Cluster", "kms", "CreateGrant DescribeKey", encryption, keys, ForeignKeys),
	}
}

// rolesAsked is what handing a role to nodes and pods asks for.
func rolesAsked(c controller) []Row {
	const (
		operations  = "AWS, Service Authorization Reference, Amazon EKS: API operations, "
		association = "AWS CloudFormation, resource type AWS::EKS::PodIdentityAssociation, permissions of its handlers"
		addon       = "AWS CloudFormation, resource type AWS::EKS::Addon, permissions of its handlers"
	)
	return []Row{
		c.passes("AccessEntry", operations+"CreateAccessEntry; for an entry of type EC2", toEC2, toEC2China),
		c.passes("Addon", operations+"CreateAddon", toEKS),
		c.passes("Addon", addon, toPods),
		c.asked("Addon", "iam", "GetRole", addon, ownRoles, HandedOver),
		c.asked("Addon", "eks", "CreatePodIdentityAssociation DeletePodIdentityAssociation UpdatePodIdentityAssociation", addon, ofCluster()...),
		c.passes("Capability", "Amazon EKS API Reference, CreateCapability: roleArn; Amazon EKS User Guide, Amazon EKS capability IAM role: who it trusts", toEKS, toManaged),
		c.passes("PodIdentityAssociation", "Amazon EKS User Guide, Assign an IAM role to a Kubernetes service account; "+
			"Amazon EMR on EKS Development Guide, EKS Pod Identity: the name of the service", toPods),
		c.asked("PodIdentityAssociation", "iam", "GetRole", association, ownRoles, HandedOver),
	}
}
