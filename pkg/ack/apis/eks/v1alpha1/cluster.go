package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// ClusterSpec is what an EKS cluster should be. Source: ACK eks-controller v1.20.0, CRD clusters.
type ClusterSpec struct {
	// How principals get in: access entries, the aws-auth map, or both.
	AccessConfig *CreateAccessConfigRequest `json:"accessConfig,omitempty"`
	// Whether EKS installs its own CNI, kube-proxy and CoreDNS; must be false with Auto Mode.
	BootstrapSelfManagedAddons *bool `json:"bootstrapSelfManagedAddons,omitempty"`
	// A token that makes a repeated create call harmless.
	ClientRequestToken *string `json:"clientRequestToken,omitempty"`
	// Auto Mode compute: on or off, the built-in node pools and their role.
	ComputeConfig *ComputeConfigRequest `json:"computeConfig,omitempty"`
	// The provisioned size of the control plane.
	ControlPlaneScalingConfig *ControlPlaneScalingConfig `json:"controlPlaneScalingConfig,omitempty"`
	// Whether EKS refuses to delete the cluster.
	DeletionProtection *bool `json:"deletionProtection,omitempty"`
	// Envelope encryption of Kubernetes secrets with an own KMS key.
	EncryptionConfig []*EncryptionConfig `json:"encryptionConfig,omitempty"`
	// Settings of the API server.
	KubeAPIServerConfig *KubeAPIServerConfigRequest `json:"kubeAPIServerConfig,omitempty"`
	// Settings of the controller manager.
	KubeControllerManagerConfig *KubeControllerManagerConfigRequest `json:"kubeControllerManagerConfig,omitempty"`
	// Settings of the scheduler.
	KubeSchedulerConfig *KubeSchedulerConfigRequest `json:"kubeSchedulerConfig,omitempty"`
	// Service addresses, IP family and Auto Mode load balancing.
	KubernetesNetworkConfig *KubernetesNetworkConfigRequest `json:"kubernetesNetworkConfig,omitempty"`
	// Control plane logs sent to CloudWatch.
	Logging *Logging `json:"logging,omitempty"`
	// The name in EKS; it cannot be changed.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	Name *string `json:"name"`
	// A local cluster on an AWS Outpost.
	OutpostConfig *OutpostConfigRequest `json:"outpostConfig,omitempty"`
	// Networks of hybrid nodes.
	RemoteNetworkConfig *RemoteNetworkConfigRequest `json:"remoteNetworkConfig,omitempty"`
	// Subnets, security groups and the API server's endpoints.
	// +kubebuilder:validation:Required
	ResourcesVPCConfig *VPCConfigRequest `json:"resourcesVPCConfig"`
	// The cluster role by ARN; leave empty when RoleRef is set.
	RoleARN *string `json:"roleARN,omitempty"`
	// The cluster role by its iam.services.k8s.aws Role.
	RoleRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"roleRef,omitempty"`
	// Auto Mode block storage.
	StorageConfig *StorageConfigRequest `json:"storageConfig,omitempty"`
	// AWS tags of the cluster.
	Tags map[string]*string `json:"tags,omitempty"`
	// Standard or extended support.
	UpgradePolicy *UpgradePolicyRequest `json:"upgradePolicy,omitempty"`
	// The Kubernetes version, such as 1.35.
	Version *string `json:"version,omitempty"`
	// Zonal shift away from an impaired zone.
	ZonalShiftConfig *ZonalShiftConfigRequest `json:"zonalShiftConfig,omitempty"`
}

// ClusterStatus is what ACK reports about a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type ClusterStatus struct {
	// ARN, account and region of the cluster.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// The certificate authority of the API server.
	CertificateAuthority *Certificate `json:"certificateAuthority,omitempty"`
	// The security group that EKS made for control plane and nodes.
	ClusterSecurityGroupID *string `json:"clusterSecurityGroupID,omitempty"`
	// Registration of a connected cluster.
	ConnectorConfig *ConnectorConfigResponse `json:"connectorConfig,omitempty"`
	// When the cluster was made.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// The URL of the API server.
	Endpoint *string `json:"endpoint,omitempty"`
	// Problems that EKS knows of.
	Health *ClusterHealth `json:"health,omitempty"`
	// The ID of a local cluster on an Outpost.
	ID *string `json:"id,omitempty"`
	// The OIDC issuer of the cluster.
	Identity *Identity `json:"identity,omitempty"`
	// The EKS platform version.
	PlatformVersion *string `json:"platformVersion,omitempty"`
	// The state in EKS, such as ACTIVE.
	Status *string `json:"status,omitempty"`
}

// Cluster is an EKS cluster that ACK keeps. Source: ACK eks-controller v1.20.0, CRD clusters.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type Cluster struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              ClusterSpec `json:"spec,omitempty"`
	// +optional
	Status ClusterStatus `json:"status,omitzero"`
}
