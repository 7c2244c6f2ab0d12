package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// CapabilitySpec is what an EKS capability should be. Source: ACK eks-controller v1.20.0, CRD capabilities.
type CapabilitySpec struct {
	// The cluster by name; leave empty when ClusterRef is set.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	ClusterName *string `json:"clusterName,omitempty"`
	// The cluster by its Cluster.
	ClusterRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"clusterRef,omitempty"`
	// Settings of the type.
	Configuration *CapabilityConfigurationRequest `json:"configuration,omitempty"`
	// What becomes of what it manages when it goes: RETAIN.
	// +kubebuilder:validation:Required
	DeletePropagationPolicy *string `json:"deletePropagationPolicy"`
	// The name in EKS.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	// +kubebuilder:validation:Required
	Name *string `json:"name"`
	// The role that it works with, as ARN; leave empty when RoleRef is set.
	RoleARN *string `json:"roleARN,omitempty"`
	// The role by its iam.services.k8s.aws Role.
	RoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"roleRef,omitempty"`
	// AWS tags of the capability.
	Tags map[string]*string `json:"tags,omitempty"`
	// ACK, ARGOCD or KRO.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	// +kubebuilder:validation:Required
	Type *string `json:"type"`
}

// CapabilityConfigurationRequest are the settings of a capability. Source: ACK eks-controller v1.20.0, CRD capabilities.
type CapabilityConfigurationRequest struct {
	// Settings of type ARGOCD.
	ArgoCD *ArgoCDConfigRequest `json:"argoCD,omitempty"`
}

// ArgoCDConfigRequest are the settings of Argo CD. Source: ACK eks-controller v1.20.0, CRD capabilities.
type ArgoCDConfigRequest struct {
	// Where its users log in.
	AWSIDC *ArgoCDAWSIDCConfigRequest `json:"awsIDC,omitempty"`
	// Where its objects are in the cluster.
	Namespace *string `json:"namespace,omitempty"`
	// From where it is in reach.
	NetworkAccess *ArgoCDNetworkAccessConfigRequest `json:"networkAccess,omitempty"`
	// Who has which role in it.
	RbacRoleMappings []*ArgoCDRoleMapping `json:"rbacRoleMappings,omitempty"`
}

// ArgoCDAWSIDCConfigRequest is an instance of IAM Identity Center. Source: ACK eks-controller v1.20.0, CRD capabilities.
type ArgoCDAWSIDCConfigRequest struct {
	// The ARN of the instance.
	IDCInstanceARN *string `json:"idcInstanceARN,omitempty"`
	// Its region.
	IDCRegion *string `json:"idcRegion,omitempty"`
}

// ArgoCDNetworkAccessConfigRequest is from where Argo CD is in reach. Source: ACK eks-controller v1.20.0, CRD capabilities.
type ArgoCDNetworkAccessConfigRequest struct {
	// VPC endpoints; without one it is in reach from the internet.
	VPCEIDs []*string `json:"vpceIDs,omitempty"`
}

// ArgoCDRoleMapping gives identities a role in Argo CD. Source: ACK eks-controller v1.20.0, CRD capabilities.
type ArgoCDRoleMapping struct {
	// The users and groups.
	Identities []*SSOIdentity `json:"identities,omitempty"`
	// ADMIN, EDITOR or VIEWER.
	Role *string `json:"role,omitempty"`
}

// SSOIdentity is a user or a group of IAM Identity Center. Source: ACK eks-controller v1.20.0, CRD capabilities.
type SSOIdentity struct {
	// The id in the identity store.
	ID *string `json:"id,omitempty"`
	// SSO_USER or SSO_GROUP.
	Type *string `json:"type,omitempty"`
}

// CapabilityStatus is what ACK reports about a capability. Source: ACK eks-controller v1.20.0, CRD capabilities.
type CapabilityStatus struct {
	// ARN, account and region of the capability.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// When the capability was made.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// Problems that EKS knows of.
	Health *CapabilityHealth `json:"health,omitempty"`
	// When the capability was last changed.
	ModifiedAt *metav1.Time `json:"modifiedAt,omitempty"`
	// The state in EKS, such as ACTIVE.
	Status *string `json:"status,omitempty"`
	// The version that AWS runs.
	Version *string `json:"version,omitempty"`
}

// CapabilityHealth lists problems of a capability. Source: ACK eks-controller v1.20.0, CRD capabilities.
type CapabilityHealth struct {
	// The problems.
	Issues []*CapabilityIssue `json:"issues,omitempty"`
}

// CapabilityIssue is a problem of a capability. Source: ACK eks-controller v1.20.0, CRD capabilities.
type CapabilityIssue struct {
	// The kind of problem.
	Code *string `json:"code,omitempty"`
	// What EKS says about it.
	Message *string `json:"message,omitempty"`
}

// Capability is an EKS capability that ACK keeps. Source: ACK eks-controller v1.20.0, CRD capabilities.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=capabilities
type Capability struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              CapabilitySpec `json:"spec,omitempty"`
	// +optional
	Status CapabilityStatus `json:"status,omitzero"`
}
