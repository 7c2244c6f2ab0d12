package nodes

import (
	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
)

// securityGroups are the user's, or the cluster's own, which EKS makes and tags.
func securityGroups(c *config.Cluster, from config.Selector) karpenter.SecurityGroupSelectorTerms {
	var terms karpenter.SecurityGroupSelectorTerms
	for _, id := range from.IDs {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{ID: id})
	}
	if len(from.Tags) > 0 {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{Tags: from.Tags})
	}
	for _, t := range from.Terms {
		terms = append(terms, karpenter.SecurityGroupSelectorTerm{ID: t.ID, Name: t.Name, Tags: t.Tags})
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
	for _, t := range from.Terms {
		terms = append(terms, karpenter.SubnetSelectorTerm{ID: t.ID, Tags: t.Tags})
	}
	switch {
	case len(from.Tags) > 0:
		terms = append(terms, karpenter.SubnetSelectorTerm{Tags: from.Tags})
	case len(terms) == 0:
		terms = append(terms, karpenter.SubnetSelectorTerm{Tags: map[string]string{"Cluster": c.Name, tag: "1"}})
	}
	return terms
}

// podSubnets are those of pods where they are not those of their nodes.
func podSubnets(c *config.Cluster, class config.NodeClass) karpenter.SubnetSelectorTerms {
	if class.PodSubnets.IsZero() {
		return nil
	}
	if class.PodSubnets.Word == config.SubnetsSecondary {
		return secondarySubnets(c)
	}
	return subnets(c, class.PodSubnets)
}

// secondarySubnets are those in the secondary ranges, each by its tag Name, which gen alone sets.
func secondarySubnets(c *config.Cluster) karpenter.SubnetSelectorTerms {
	var terms karpenter.SubnetSelectorTerms
	for _, cidr := range c.Network.SecondaryCIDRs {
		for _, zone := range component.Zones(c) {
			terms = append(terms, karpenter.SubnetSelectorTerm{Tags: map[string]string{"Cluster": c.Name, "Name": component.PodSubnet(c, cidr, zone)}})
		}
	}
	return terms
}

// podSecurityGroups go with podSubnets: EKS takes both or neither. Without a word of the user they are those of the nodes.
func podSecurityGroups(c *config.Cluster, class config.NodeClass) karpenter.SecurityGroupSelectorTerms {
	switch {
	case class.PodSubnets.IsZero():
		return nil
	case class.PodSecurityGroups.IsZero():
		return securityGroups(c, class.SecurityGroups)
	}
	return securityGroups(c, class.PodSecurityGroups)
}

func reservations(from []config.CapacityReservationTerm) []karpenter.CapacityReservationSelectorTerm {
	var terms []karpenter.CapacityReservationSelectorTerm
	for _, t := range from {
		terms = append(terms, karpenter.CapacityReservationSelectorTerm{ID: t.ID, Owner: t.Owner, Tags: t.Tags})
	}
	return terms
}

func placementGroup(from config.PlacementGroupSelector) *karpenter.PlacementGroupSelector {
	return ack.Optional(karpenter.PlacementGroupSelector{ID: from.ID, Name: from.Name})
}
