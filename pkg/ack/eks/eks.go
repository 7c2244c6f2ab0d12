// Package eks creates ACK objects of Amazon EKS (ACK eks-controller).
package eks

import (
	"eks-auto-gitops/pkg/ack"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
)

// AccessEntry has the settings of an access entry.
type AccessEntry struct {
	ack.Meta
	// Cluster is the EKS cluster's name, PrincipalARN the IAM role or user.
	Cluster, PrincipalARN string
	// Type is the type of the entry, such as STANDARD or EC2.
	Type string
	// Username and Groups are what the principal is in Kubernetes; both may be empty.
	Username string
	Groups   []string
	// Policies are EKS access policies.
	Policies []AccessPolicy
}

// AccessPolicy is an EKS access policy and its scope.
type AccessPolicy struct {
	// ARN is the policy's ARN.
	ARN string
	// Namespaces limit the policy; none means the whole cluster.
	Namespaces []string
}

// Object creates the access entry.
func (e AccessEntry) Object() *ackeks.AccessEntry {
	policies := make([]*ackeks.AssociateAccessPolicyInput, 0, len(e.Policies))
	for _, p := range e.Policies {
		policies = append(policies, &ackeks.AssociateAccessPolicyInput{AccessScope: p.scope(), PolicyARN: new(p.ARN)})
	}
	return &ackeks.AccessEntry{TypeMeta: ack.Type(ackeks.Group, "AccessEntry"), ObjectMeta: e.Meta.Object(), Spec: ackeks.AccessEntrySpec{
		AccessPolicies:   policies,
		ClusterName:      new(e.Cluster),
		KubernetesGroups: ack.Pointers(e.Groups),
		PrincipalARN:     new(e.PrincipalARN),
		Tags:             e.TagMap(),
		Type:             new(e.Type),
		Username:         ack.Optional(e.Username),
	}}
}

func (p AccessPolicy) scope() *ackeks.AccessScope {
	if len(p.Namespaces) == 0 {
		return &ackeks.AccessScope{Type: new("cluster")}
	}
	return &ackeks.AccessScope{Namespaces: ack.Pointers(p.Namespaces), Type: new("namespace")}
}

// PodIdentityAssociation gives the pods of a service account the IAM role of the ACK object role.
func PodIdentityAssociation(m ack.Meta, cluster, namespace, serviceAccount, role string) *ackeks.PodIdentityAssociation {
	return &ackeks.PodIdentityAssociation{
		TypeMeta: ack.Type(ackeks.Group, "PodIdentityAssociation"), ObjectMeta: m.Object(),
		Spec: ackeks.PodIdentityAssociationSpec{
			ClusterName:    new(cluster),
			Namespace:      new(namespace),
			RoleRef:        ack.Ref(role),
			ServiceAccount: new(serviceAccount),
			Tags:           m.TagMap(),
		},
	}
}

// AssociationOf gives the pods of a service account an existing IAM role.
func AssociationOf(m ack.Meta, cluster, namespace, serviceAccount, roleARN string) *ackeks.PodIdentityAssociation {
	association := PodIdentityAssociation(m, cluster, namespace, serviceAccount, "")
	association.Spec.RoleRef, association.Spec.RoleARN = nil, new(roleARN)
	return association
}

// AddonRole gives a service account of an add-on an IAM role: that of the ACK object Role, or the existing one ARN.
type AddonRole struct{ ServiceAccount, Role, ARN string }

// Addon has the settings of an EKS managed add-on.
type Addon struct {
	ack.Meta
	// Cluster is the EKS cluster's name, Addon the add-on's, Version its exact version.
	Cluster, Addon, Version string
	// Values are the configuration values as JSON; may be empty.
	Values string
	// Roles are those of its service accounts with Pod Identity.
	Roles []AddonRole
	// ServiceAccountRoleARN is the role with IRSA; may be empty.
	ServiceAccountRoleARN string
}

// Object creates the add-on. Conflicts are overwritten, because Git is the source of truth.
func (a Addon) Object() *ackeks.Addon {
	addon := &ackeks.Addon{TypeMeta: ack.Type(ackeks.Group, "Addon"), ObjectMeta: a.Meta.Object(), Spec: ackeks.AddonSpec{
		AddonVersion:          ack.Optional(a.Version),
		ClusterName:           new(a.Cluster),
		ConfigurationValues:   ack.Optional(a.Values),
		Name:                  new(a.Addon),
		ResolveConflicts:      new("OVERWRITE"),
		ServiceAccountRoleARN: ack.Optional(a.ServiceAccountRoleARN),
		Tags:                  a.TagMap(),
	}}
	for _, role := range a.Roles {
		association := &ackeks.AddonPodIdentityAssociations{RoleARN: ack.Optional(role.ARN), ServiceAccount: new(role.ServiceAccount)}
		if role.ARN == "" {
			association.RoleRef = ack.Ref(role.Role)
		}
		addon.Spec.PodIdentityAssociations = append(addon.Spec.PodIdentityAssociations, association)
	}
	return addon
}
