package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// RecordSetSpec is what a DNS record should be. Source: ACK route53-controller v1.5.2, CRD recordsets.
type RecordSetSpec struct {
	// An AWS resource to point at instead of values.
	AliasTarget *AliasTarget `json:"aliasTarget,omitempty"`
	// Routing by the asker's address.
	CIDRRoutingConfig *CIDRRoutingConfig `json:"cidrRoutingConfig,omitempty"`
	// PRIMARY or SECONDARY.
	Failover *string `json:"failover,omitempty"`
	// Routing by the asker's country.
	GeoLocation *GeoLocation `json:"geoLocation,omitempty"`
	// A health check by ID; leave empty when HealthCheckRef is set.
	HealthCheckID *string `json:"healthCheckID,omitempty"`
	// A health check by its HealthCheck.
	HealthCheckRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"healthCheckRef,omitempty"`
	// The zone by ID; leave empty when HostedZoneRef is set.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	HostedZoneID *string `json:"hostedZoneID,omitempty"`
	// The zone by its HostedZone.
	HostedZoneRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"hostedZoneRef,omitempty"`
	// Whether Route 53 answers with one of several records.
	MultiValueAnswer *bool `json:"multiValueAnswer,omitempty"`
	// The name below the zone, or a full name that ends with a dot; the zone itself when empty.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	Name *string `json:"name,omitempty"`
	// A, AAAA, CNAME and so on.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	RecordType *string `json:"recordType"`
	// Routing by latency: the region of the target.
	Region *string `json:"region,omitempty"`
	// The values.
	ResourceRecords []*ResourceRecord `json:"resourceRecords,omitempty"`
	// What tells apart records of the same name and type.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	SetIdentifier *string `json:"setIdentifier,omitempty"`
	// How many seconds the answer may be kept.
	TTL *int64 `json:"ttl,omitempty"`
	// Routing by weight.
	Weight *int64 `json:"weight,omitempty"`
}

// AliasTarget is an AWS resource that a record points at. Source: ACK route53-controller v1.5.2, CRD recordsets.
type AliasTarget struct {
	// Its DNS name.
	DNSName *string `json:"dnsName,omitempty"`
	// Whether its health counts.
	EvaluateTargetHealth *bool `json:"evaluateTargetHealth,omitempty"`
	// The zone of its DNS name.
	HostedZoneID *string `json:"hostedZoneID,omitempty"`
}

// CIDRRoutingConfig routes by the asker's address. Source: ACK route53-controller v1.5.2, CRD recordsets.
type CIDRRoutingConfig struct {
	// The collection of address ranges.
	CollectionID *string `json:"collectionID,omitempty"`
	// The place within it.
	LocationName *string `json:"locationName,omitempty"`
}

// GeoLocation routes by the asker's country. Source: ACK route53-controller v1.5.2, CRD recordsets.
type GeoLocation struct {
	// The continent, two letters.
	ContinentCode *string `json:"continentCode,omitempty"`
	// The country, two letters, or *.
	CountryCode *string `json:"countryCode,omitempty"`
	// The state of the United States or the like.
	SubdivisionCode *string `json:"subdivisionCode,omitempty"`
}

// ResourceRecord is a value of a record. Source: ACK route53-controller v1.5.2, CRD recordsets.
type ResourceRecord struct {
	// The value, such as an address.
	Value *string `json:"value,omitempty"`
}

// RecordSetStatus is what ACK reports about a record. Source: ACK route53-controller v1.5.2, CRD recordsets.
type RecordSetStatus struct {
	// Account and region of the record.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// The last change.
	ID *string `json:"id,omitempty"`
	// Whether all name servers know of it: PENDING or INSYNC.
	Status *string `json:"status,omitempty"`
	// When the last change was sent.
	SubmittedAt *metav1.Time `json:"submittedAt,omitempty"`
}

// RecordSet is a DNS record that ACK keeps. Source: ACK route53-controller v1.5.2, CRD recordsets.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type RecordSet struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              RecordSetSpec `json:"spec,omitempty"`
	// +optional
	Status RecordSetStatus `json:"status,omitzero"`
}
