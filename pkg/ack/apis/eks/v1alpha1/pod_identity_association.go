package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// PodIdentityAssociationSpec gives a role to a service account.
// Source: ACK eks-controller v1.20.0, CRD podidentityassociations.
type PodIdentityAssociationSpec struct {
	// A token that makes a repeated create call harmless.
	ClientRequestToken *string `json:"clientRequestToken,omitempty"`
	// The cluster by name; leave empty when ClusterRef is set.
	ClusterName *string `json:"clusterName,omitempty"`
	// The cluster by its Cluster.
	ClusterRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"clusterRef,omitempty"`
	// Whether EKS leaves out the session tags with cluster, namespace and service account.
	DisableSessionTags *bool `json:"disableSessionTags,omitempty"`
	// The namespace of the service account.
	// +kubebuilder:validation:Required
	Namespace *string `json:"namespace"`
	// A session policy that narrows the role.
	Policy *string `json:"policy,omitempty"`
	// The role by ARN; leave empty when RoleRef is set.
	RoleARN *string `json:"roleARN,omitempty"`
	// The role by its iam.services.k8s.aws Role.
	RoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"roleRef,omitempty"`
	// The name of the service account; it need not exist yet.
	// +kubebuilder:validation:Required
	ServiceAccount *string `json:"serviceAccount"`
	// AWS tags of the association.
	Tags map[string]*string `json:"tags,omitempty"`
	// A second role, possibly of another account, by ARN; leave empty when TargetRoleRef is set.
	TargetRoleARN *string `json:"targetRoleARN,omitempty"`
	// A second role by its iam.services.k8s.aws Role.
	TargetRoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"targetRoleRef,omitempty"`
}

// PodIdentityAssociationStatus is what ACK reports about an association.
// Source: ACK eks-controller v1.20.0, CRD podidentityassociations.
type PodIdentityAssociationStatus struct {
	// ARN, account and region of the association.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// The ARN in EKS.
	AssociationARN *string `json:"associationARN,omitempty"`
	// The ID in EKS.
	AssociationID *string `json:"associationID,omitempty"`
	// When the association was made.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// The external ID to ask for in the trust policy of a target role.
	ExternalID *string `json:"externalID,omitempty"`
	// When the association was last changed.
	ModifiedAt *metav1.Time `json:"modifiedAt,omitempty"`
	// The add-on that owns the association, if one does.
	OwnerARN *string `json:"ownerARN,omitempty"`
}

// PodIdentityAssociation gives an IAM role to a Kubernetes service account.
// Source: ACK eks-controller v1.20.0, CRD podidentityassociations.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type PodIdentityAssociation struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              PodIdentityAssociationSpec `json:"spec,omitempty"`
	// +optional
	Status PodIdentityAssociationStatus `json:"status,omitzero"`
}
