package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// AccessEntrySpec lets a principal into a cluster. Source: ACK eks-controller v1.20.0, CRD accessentries.
type AccessEntrySpec struct {
	// EKS access policies of the principal.
	AccessPolicies []*AssociateAccessPolicyInput `json:"accessPolicies,omitempty"`
	// The cluster by name; leave empty when ClusterRef is set.
	ClusterName *string `json:"clusterName,omitempty"`
	// The cluster by its Cluster.
	ClusterRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"clusterRef,omitempty"`
	// Kubernetes groups of the principal; only for the types that are not for nodes.
	KubernetesGroups []*string `json:"kubernetesGroups,omitempty"`
	// The IAM role or user by ARN; there is no reference field.
	// +kubebuilder:validation:Required
	PrincipalARN *string `json:"principalARN"`
	// AWS tags of the entry.
	Tags map[string]*string `json:"tags,omitempty"`
	// STANDARD for people and programs, EC2 for nodes of an own NodeClass, and others.
	Type *string `json:"type,omitempty"`
	// The Kubernetes user name; EKS chooses one when empty.
	Username *string `json:"username,omitempty"`
}

// AssociateAccessPolicyInput gives an access policy to a principal. Source: ACK eks-controller v1.20.0, CRD accessentries.
type AssociateAccessPolicyInput struct {
	// Where the policy holds.
	AccessScope *AccessScope `json:"accessScope,omitempty"`
	// The policy, such as arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy.
	PolicyARN *string `json:"policyARN,omitempty"`
}

// AccessScope is where an access policy holds. Source: ACK eks-controller v1.20.0, CRD accessentries.
type AccessScope struct {
	// The namespaces, when the type is namespace.
	Namespaces []*string `json:"namespaces,omitempty"`
	// cluster or namespace.
	Type *string `json:"type,omitempty"`
}

// AccessEntryStatus is what ACK reports about an access entry. Source: ACK eks-controller v1.20.0, CRD accessentries.
type AccessEntryStatus struct {
	// ARN, account and region of the entry.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// When the entry was made.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// When the entry was last changed.
	ModifiedAt *metav1.Time `json:"modifiedAt,omitempty"`
}

// AccessEntry lets an IAM principal into a cluster. Source: ACK eks-controller v1.20.0, CRD accessentries.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=accessentries
type AccessEntry struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              AccessEntrySpec `json:"spec,omitempty"`
	// +optional
	Status AccessEntryStatus `json:"status,omitzero"`
}
