package eks

import (
	"eks-auto-gitops/pkg/ack"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
)

// Capability is what an EKS capability is made from.
type Capability struct {
	ack.Meta
	// Cluster is the EKS cluster's name, Type ACK, ARGOCD or KRO.
	Cluster, Type string
	// Role is the ACK object of its role, RoleARN an existing role; one of the two.
	Role, RoleARN string
	// ArgoCD are the settings of type ARGOCD, else nil.
	ArgoCD *ArgoCD
}

// ArgoCD are the settings of Argo CD. All that EKS would fill in is written out.
type ArgoCD struct {
	// InstanceARN and Region are those of IAM Identity Center.
	InstanceARN, Region string
	// Namespace is where its objects are in the cluster.
	Namespace string
	// VPCEndpoints are those through which alone it is in reach; may be empty.
	VPCEndpoints []string
	// Roles give users and groups a role in it.
	Roles []ArgoCDRole
}

// ArgoCDRole is a role of Argo CD and who has it.
type ArgoCDRole struct {
	Role       string
	Identities []Identity
}

// Identity is a user or a group of IAM Identity Center; Type is EKS's word for which.
type Identity struct{ ID, Type string }

// Object makes the capability. RETAIN is all that EKS takes: what a capability has made stays when it goes (Amazon EKS API Reference,
// CreateCapability).
func (c Capability) Object() *ackeks.Capability {
	object := &ackeks.Capability{TypeMeta: ack.Type(ackeks.Group, "Capability"), ObjectMeta: c.Meta.Object(), Spec: ackeks.CapabilitySpec{
		ClusterName:             new(c.Cluster),
		DeletePropagationPolicy: new("RETAIN"),
		Name:                    new(c.Name),
		RoleARN:                 ack.Optional(c.RoleARN),
		Tags:                    c.TagMap(),
		Type:                    new(c.Type),
	}}
	if c.RoleARN == "" {
		object.Spec.RoleRef = ack.Ref(c.Role)
	}
	if c.ArgoCD != nil {
		object.Spec.Configuration = &ackeks.CapabilityConfigurationRequest{ArgoCD: c.ArgoCD.config()}
	}
	return object
}

func (a ArgoCD) config() *ackeks.ArgoCDConfigRequest {
	config := &ackeks.ArgoCDConfigRequest{
		AWSIDC:    &ackeks.ArgoCDAWSIDCConfigRequest{IDCInstanceARN: new(a.InstanceARN), IDCRegion: new(a.Region)},
		Namespace: new(a.Namespace),
	}
	if len(a.VPCEndpoints) > 0 {
		config.NetworkAccess = &ackeks.ArgoCDNetworkAccessConfigRequest{VPCEIDs: ack.Pointers(a.VPCEndpoints)}
	}
	for _, role := range a.Roles {
		mapping := &ackeks.ArgoCDRoleMapping{Role: new(role.Role)}
		for _, identity := range role.Identities {
			mapping.Identities = append(mapping.Identities, &ackeks.SSOIdentity{ID: new(identity.ID), Type: new(identity.Type)})
		}
		config.RbacRoleMappings = append(config.RbacRoleMappings, mapping)
	}
	return config
}
