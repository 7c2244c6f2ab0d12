package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// LogGroupSpec is what a log group should be. Source: ACK cloudwatchlogs-controller v1.4.1, CRD loggroups.
type LogGroupSpec struct {
	// The key that encrypts the logs, by ARN; leave empty when KMSKeyRef is set.
	KMSKeyID *string `json:"kmsKeyID,omitempty"`
	// The key by its kms.services.k8s.aws Key.
	KMSKeyRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"kmsKeyRef,omitempty"`
	// The name in CloudWatch.
	// +kubebuilder:validation:Required
	Name *string `json:"name"`
	// How long logs are kept; forever when empty.
	RetentionDays *int64 `json:"retentionDays,omitempty"`
	// Where else logs are sent.
	SubscriptionFilters []*PutSubscriptionFilterInput `json:"subscriptionFilters,omitempty"`
	// AWS tags of the group.
	Tags map[string]*string `json:"tags,omitempty"`
}

// PutSubscriptionFilterInput sends logs elsewhere. Source: ACK cloudwatchlogs-controller v1.4.1, CRD loggroups.
type PutSubscriptionFilterInput struct {
	// Where to.
	DestinationARN *string `json:"destinationARN,omitempty"`
	// ByLogStream or Random.
	Distribution *string `json:"distribution,omitempty"`
	// The name of the filter.
	FilterName *string `json:"filterName,omitempty"`
	// Which events; all when empty.
	FilterPattern *string `json:"filterPattern,omitempty"`
	// The role that writes to the destination.
	RoleARN *string `json:"roleARN,omitempty"`
}

// LogGroupStatus is what ACK reports about a log group. Source: ACK cloudwatchlogs-controller v1.4.1, CRD loggroups.
type LogGroupStatus struct {
	// ARN, account and region of the group.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// When the group was made, in milliseconds since 1970.
	CreationTime *int64 `json:"creationTime,omitempty"`
	// Whether the group has or had a data protection policy.
	DataProtectionStatus *string `json:"dataProtectionStatus,omitempty"`
	// How many metric filters it has.
	MetricFilterCount *int64 `json:"metricFilterCount,omitempty"`
	// How long logs are kept.
	RetentionInDays *int64 `json:"retentionInDays,omitempty"`
	// How much is stored.
	StoredBytes *int64 `json:"storedBytes,omitempty"`
}

// LogGroup is a CloudWatch log group that ACK keeps. Source: ACK cloudwatchlogs-controller v1.4.1, CRD loggroups.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type LogGroup struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              LogGroupSpec `json:"spec,omitempty"`
	// +optional
	Status LogGroupStatus `json:"status,omitzero"`
}
