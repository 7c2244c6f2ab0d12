package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// HostedZoneSpec is what a DNS zone should be. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type HostedZoneSpec struct {
	// A reusable set of name servers.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	DelegationSetID *string `json:"delegationSetID,omitempty"`
	// Comment and privacy.
	HostedZoneConfig *HostedZoneConfig `json:"hostedZoneConfig,omitempty"`
	// The domain.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	Name *string `json:"name"`
	// AWS tags of the zone.
	Tags []*Tag `json:"tags,omitempty"`
	// The VPC of a private zone; leave empty when VPCs is set.
	VPC *VPC `json:"vpc,omitempty"`
	// The VPCs of a private zone.
	VPCs []*VPC `json:"vpcs,omitempty"`
}

// HostedZoneConfig is the comment and privacy of a zone. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type HostedZoneConfig struct {
	// Free text.
	Comment *string `json:"comment,omitempty"`
	// Whether only VPCs can ask.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	PrivateZone *bool `json:"privateZone,omitempty"`
}

// VPC is a VPC that may ask a private zone. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type VPC struct {
	// Its ID; there is no reference field.
	VPCID *string `json:"vpcID,omitempty"`
	// Its region.
	VPCRegion *string `json:"vpcRegion,omitempty"`
}

// Tag is an AWS tag. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type Tag struct {
	// The key.
	Key *string `json:"key,omitempty"`
	// The value.
	Value *string `json:"value,omitempty"`
}

// DelegationSet lists the name servers of a zone. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type DelegationSet struct {
	// The token of the call that made the set.
	CallerReference *string `json:"callerReference,omitempty"`
	// The ID of a reusable set.
	ID *string `json:"id,omitempty"`
	// The name servers to enter at the parent domain.
	NameServers []*string `json:"nameServers,omitempty"`
}

// LinkedService is the AWS service that made a zone. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type LinkedService struct {
	// What it is.
	Description *string `json:"description,omitempty"`
	// Its principal.
	ServicePrincipal *string `json:"servicePrincipal,omitempty"`
}

// HostedZoneStatus is what ACK reports about a zone. Source: ACK route53-controller v1.5.2, CRD hostedzones.
type HostedZoneStatus struct {
	// ARN, account and region of the zone.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// The token of the call that made the zone.
	CallerReference *string `json:"callerReference,omitempty"`
	// Comment and privacy as Route 53 has them.
	Config *HostedZoneConfig `json:"config,omitempty"`
	// The name servers.
	DelegationSet *DelegationSet `json:"delegationSet,omitempty"`
	// The ID, such as /hostedzone/Z123.
	ID *string `json:"id,omitempty"`
	// The AWS service that made the zone, if one did.
	LinkedService *LinkedService `json:"linkedService,omitempty"`
	// How many records the zone has.
	ResourceRecordSetCount *int64 `json:"resourceRecordSetCount,omitempty"`
}

// HostedZone is a DNS zone that ACK keeps. Source: ACK route53-controller v1.5.2, CRD hostedzones.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type HostedZone struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              HostedZoneSpec `json:"spec,omitempty"`
	// +optional
	Status HostedZoneStatus `json:"status,omitzero"`
}
