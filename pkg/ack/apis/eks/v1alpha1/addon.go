package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// AddonSpec is what an EKS add-on should be. Source: ACK eks-controller v1.20.0, CRD addons.
type AddonSpec struct {
	// The version; EKS takes its default for the cluster's version when empty.
	AddonVersion *string `json:"addonVersion,omitempty"`
	// A token that makes a repeated create call harmless.
	ClientRequestToken *string `json:"clientRequestToken,omitempty"`
	// The cluster by name; leave empty when ClusterRef is set.
	ClusterName *string `json:"clusterName,omitempty"`
	// The cluster by its Cluster.
	ClusterRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"clusterRef,omitempty"`
	// Settings of the add-on as JSON or YAML text.
	ConfigurationValues *string `json:"configurationValues,omitempty"`
	// The name of the add-on in EKS, such as metrics-server.
	// +kubebuilder:validation:Required
	Name *string `json:"name"`
	// Roles of the add-on's service accounts by EKS Pod Identity.
	PodIdentityAssociations []*AddonPodIdentityAssociations `json:"podIdentityAssociations,omitempty"`
	// What to do with fields changed by others: NONE, OVERWRITE or PRESERVE.
	ResolveConflicts *string `json:"resolveConflicts,omitempty"`
	// The role by IRSA, as ARN; leave empty when ServiceAccountRoleRef is set.
	ServiceAccountRoleARN *string `json:"serviceAccountRoleARN,omitempty"`
	// The role by IRSA, by its iam.services.k8s.aws Role.
	ServiceAccountRoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"serviceAccountRoleRef,omitempty"`
	// AWS tags of the add-on.
	Tags map[string]*string `json:"tags,omitempty"`
}

// AddonPodIdentityAssociations gives a role to a service account of an add-on.
// Source: ACK eks-controller v1.20.0, CRD addons.
type AddonPodIdentityAssociations struct {
	// The role by ARN; leave empty when RoleRef is set.
	RoleARN *string `json:"roleARN,omitempty"`
	// The role by its iam.services.k8s.aws Role.
	RoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"roleRef,omitempty"`
	// The name of the service account.
	ServiceAccount *string `json:"serviceAccount,omitempty"`
}

// AddonStatus is what ACK reports about an add-on. Source: ACK eks-controller v1.20.0, CRD addons.
type AddonStatus struct {
	// ARN, account and region of the add-on.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// When the add-on was made.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// Problems that EKS knows of.
	Health *AddonHealth `json:"health,omitempty"`
	// Where it is sold, for add-ons of the AWS Marketplace.
	MarketplaceInformation *MarketplaceInformation `json:"marketplaceInformation,omitempty"`
	// When the add-on was last changed.
	ModifiedAt *metav1.Time `json:"modifiedAt,omitempty"`
	// Who owns it.
	Owner *string `json:"owner,omitempty"`
	// Who publishes it.
	Publisher *string `json:"publisher,omitempty"`
	// The state in EKS, such as ACTIVE.
	Status *string `json:"status,omitempty"`
}

// AddonHealth lists problems of an add-on. Source: ACK eks-controller v1.20.0, CRD addons.
type AddonHealth struct {
	// The problems.
	Issues []*AddonIssue `json:"issues,omitempty"`
}

// AddonIssue is a problem of an add-on. Source: ACK eks-controller v1.20.0, CRD addons.
type AddonIssue struct {
	// The kind of problem.
	Code *string `json:"code,omitempty"`
	// What EKS says about it.
	Message *string `json:"message,omitempty"`
	// The resources concerned.
	ResourceIDs []*string `json:"resourceIDs,omitempty"`
}

// MarketplaceInformation is where an add-on is sold. Source: ACK eks-controller v1.20.0, CRD addons.
type MarketplaceInformation struct {
	// The product.
	ProductID *string `json:"productID,omitempty"`
	// Its page.
	ProductURL *string `json:"productURL,omitempty"`
}

// Addon is an EKS add-on that ACK keeps. Source: ACK eks-controller v1.20.0, CRD addons.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type Addon struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              AddonSpec `json:"spec,omitempty"`
	// +optional
	Status AddonStatus `json:"status,omitzero"`
}
