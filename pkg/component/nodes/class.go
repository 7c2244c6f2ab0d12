package nodes

import (
	"cmp"
	"maps"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
)

// nodeClass makes an EKS NodeClass (Amazon EKS User Guide: Create a node class for Amazon EKS).
func nodeClass(c *config.Cluster, class config.NodeClass) *karpenter.NodeClass {
	disk := class.EphemeralStorage
	tags := component.Tags(c)
	maps.Copy(tags, class.Tags)
	return &karpenter.NodeClass{
		TypeMeta:   autoMode("NodeClass"),
		ObjectMeta: metav1.ObjectMeta{Name: class.Name},
		Spec: karpenter.NodeClassSpec{
			EphemeralStorage: &karpenter.EphemeralStorage{
				IOPS: new(int64(disk.IOPS)), KMSKeyID: disk.KMSKeyARN, Size: disk.Size, Throughput: new(int64(disk.Throughput)),
			},
			NetworkPolicy:              class.NetworkPolicy,
			NetworkPolicyEventLogs:     class.NetworkPolicyEventLogs,
			Role:                       nodeRole(c, class),
			SecurityGroupSelectorTerms: securityGroups(c, class.SecurityGroups),
			SNATPolicy:                 class.SNATPolicy,
			SubnetSelectorTerms:        subnets(c, class.Subnets),
			Tags:                       tags,
		},
	}
}

func autoMode(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: karpenter.AutoModeGroupVersion().String(), Kind: kind}
}

// nodeRole is the name of the class's role: NodeClasses take no ARN.
func nodeRole(c *config.Cluster, class config.NodeClass) string {
	brought := c.Nodes.RoleARN[strings.LastIndex(c.Nodes.RoleARN, "/")+1:]
	return cmp.Or(class.Role, brought, component.NodeRole(c))
}

// securityGroups are the user's, or the cluster's own, which EKS makes and tags.
func securityGroups(c *config.Cluster, from config.Selector) karpenter.SecurityGroupSelectorTerms {
	var terms karpenter.SecurityGroupSelectorTerms
	for _, id := range from.IDs {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{ID: id})
	}
	if len(from.Tags) > 0 {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{Tags: from.Tags})
	}
	if len(terms) == 0 {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{Tags: map[string]string{"aws:eks:cluster-name": c.Name}})
	}
	return terms
}

// subnets are the user's, or the cluster's private or public ones: those of an existing VPC by id, those
// that are made by their tags, because an id is not known before AWS has given it.
func subnets(c *config.Cluster, from config.SubnetSelector) karpenter.SubnetSelectorTerms {
	ids, tag := from.IDs, ""
	switch from.Word {
	case config.SubnetsPrivate:
		ids, tag = c.Network.PrivateSubnetIDs, "kubernetes.io/role/internal-elb"
	case config.SubnetsPublic:
		ids, tag = c.Network.PublicSubnetIDs, "kubernetes.io/role/elb"
	}
	var terms karpenter.SubnetSelectorTerms
	for _, id := range ids {
		terms = append(terms, karpenter.SubnetSelectorTerm{ID: id})
	}
	switch {
	case len(from.Tags) > 0:
		terms = append(terms, karpenter.SubnetSelectorTerm{Tags: from.Tags})
	case len(terms) == 0:
		terms = append(terms, karpenter.SubnetSelectorTerm{Tags: map[string]string{"Cluster": c.Name, tag: "1"}})
	}
	return terms
}
