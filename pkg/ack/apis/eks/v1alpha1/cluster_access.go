package v1alpha1

import ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"

// CreateAccessConfigRequest says how principals get into the cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type CreateAccessConfigRequest struct {
	// API, API_AND_CONFIG_MAP or CONFIG_MAP; Auto Mode needs one of the first two.
	AuthenticationMode *string `json:"authenticationMode,omitempty"`
	// Whether the principal that creates the cluster becomes its administrator.
	BootstrapClusterCreatorAdminPermissions *bool `json:"bootstrapClusterCreatorAdminPermissions,omitempty"`
}

// EncryptionConfig says which resources a KMS key encrypts. Source: ACK eks-controller v1.20.0, CRD clusters.
type EncryptionConfig struct {
	// The key.
	Provider *Provider `json:"provider,omitempty"`
	// What is encrypted; EKS knows only "secrets".
	Resources []*string `json:"resources,omitempty"`
}

// Provider names a KMS key. Source: ACK eks-controller v1.20.0, CRD clusters.
type Provider struct {
	// The key by ARN; leave empty when KeyRef is set.
	KeyARN *string `json:"keyARN,omitempty"`
	// The key by its kms.services.k8s.aws Key.
	KeyRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"keyRef,omitempty"`
}

// Logging lists the control plane logs. Source: ACK eks-controller v1.20.0, CRD clusters.
type Logging struct {
	// Groups of logs, each on or off.
	ClusterLogging []*LogSetup `json:"clusterLogging,omitempty"`
}

// LogSetup switches log types on or off. Source: ACK eks-controller v1.20.0, CRD clusters.
type LogSetup struct {
	// Whether the types are sent to CloudWatch.
	Enabled *bool `json:"enabled,omitempty"`
	// Of api, audit, authenticator, controllerManager and scheduler.
	Types []*string `json:"types,omitempty"`
}
