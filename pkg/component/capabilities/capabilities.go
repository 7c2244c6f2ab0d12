// Package capabilities makes the EKS capabilities that clusters.yaml lists, and the roles that they work with.
package capabilities

import (
	"eks-auto-gitops/pkg/ack/eks"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
)

// Component is the component capabilities.
var Component = component.Component{
	Name: "capabilities",
	AWS:  aws,
}

// aws makes the capabilities. They come with the add-ons: nothing that gen makes waits for them, and a cluster that retires loses them
// before it goes.
func aws(c *config.Cluster) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, one := range c.Capabilities {
		object := eks.Capability{
			Meta: component.Meta(c, one.Name), ArgoCD: argoCD(one.ArgoCD), Cluster: c.Name, RoleARN: one.RoleARN, Type: one.Type,
		}
		if one.RoleARN == "" {
			object.Role = c.Name + "-" + one.RoleSuffix()
			role, err := component.ServiceRole(c, component.ServiceRoleInput{
				Name: object.Role, Description: "EKS capability " + one.Name + " of EKS cluster " + c.Name, Trust: trust(),
				PolicyARNs: one.PolicyARNs, Statements: one.Statements,
			})
			if err != nil {
				return nil, err
			}
			deliveries = append(deliveries, role)
		}
		deliveries = append(deliveries, component.At(component.Addons, object.Object()))
	}
	return deliveries, nil
}

// trust lets EKS act for the capability (Amazon EKS User Guide, Amazon EKS capability IAM role).
func trust() iam.Statement {
	return iam.TrustService(iam.Values{"sts:AssumeRole", "sts:TagSession"}, "capabilities.eks.amazonaws.com")
}

func argoCD(from *config.ArgoCD) *eks.ArgoCD {
	if from == nil {
		return nil
	}
	made := &eks.ArgoCD{
		InstanceARN: from.AWSIDC.IDCInstanceARN, Namespace: from.Namespace, Region: from.AWSIDC.IDCRegion, VPCEndpoints: from.VPCEIDs,
	}
	for _, mapping := range from.RBACRoleMappings {
		role := eks.ArgoCDRole{Role: mapping.Role}
		for _, identity := range mapping.Identities {
			role.Identities = append(role.Identities, eks.Identity{ID: identity.ID, Type: identity.Type})
		}
		made.Roles = append(made.Roles, role)
	}
	return made
}
