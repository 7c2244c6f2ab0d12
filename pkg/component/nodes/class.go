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
			AdvancedNetworking:               advancedNetworking(class.AdvancedNetworking),
			AdvancedSecurity:                 advancedSecurity(class.AdvancedSecurity),
			CapacityReservationSelectorTerms: reservations(class.CapacityReservationSelectorTerms),
			CertificateBundles:               bundles(class.CertificateBundles),
			EphemeralStorage: &karpenter.EphemeralStorage{
				IOPS: new(int64(disk.IOPS)), KMSKeyID: disk.KMSKeyARN, Size: disk.Size, Throughput: new(int64(disk.Throughput)),
			},
			InstanceProfile:               class.InstanceProfile,
			NetworkPolicy:                 class.NetworkPolicy,
			NetworkPolicyEventLogs:        class.NetworkPolicyEventLogs,
			PlacementGroupSelector:        placementGroup(class.PlacementGroupSelector),
			PodSecurityGroupSelectorTerms: podSecurityGroups(c, class),
			PodSubnetSelectorTerms:        podSubnets(c, class),
			Role:                          nodeRole(c, class),
			SecurityGroupSelectorTerms:    securityGroups(c, class.SecurityGroups),
			SNATPolicy:                    class.SNATPolicy,
			SubnetSelectorTerms:           subnets(c, class.Subnets),
			Tags:                          tags,
		},
	}
}

func autoMode(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: karpenter.AutoModeGroupVersion().String(), Kind: kind}
}

// nodeRole is the name of the class's role: NodeClasses take no ARN, and no role beside an instance profile.
func nodeRole(c *config.Cluster, class config.NodeClass) string {
	if class.InstanceProfile != "" {
		return ""
	}
	brought := c.Nodes.RoleARN[strings.LastIndex(c.Nodes.RoleARN, "/")+1:]
	return cmp.Or(class.Role, brought, component.NodeRole(c))
}
