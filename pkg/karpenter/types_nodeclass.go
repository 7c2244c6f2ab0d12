package karpenter

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// NodeClass says how EC2 makes nodes in EKS Auto Mode. Source: Amazon EKS User Guide, Create a Node Class.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=nodeclasses,scope=Cluster,categories=karpenter
type NodeClass struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              NodeClassSpec `json:"spec"`
	// +optional
	Status NodeClassStatus `json:"status,omitzero"`
}

// NodeClassSpec is how EC2 makes nodes. Source: Amazon EKS User Guide, Create a Node Class.
//
// +kubebuilder:validation:ExactlyOneOf=role;instanceProfile
type NodeClassSpec struct {
	// Settings of the kernel; only third parties describe it, so do not rely on it.
	// +optional
	AdvancedCompute *AdvancedCompute `json:"advancedCompute,omitempty"`
	// Public addresses, proxies and network interfaces.
	// +optional
	AdvancedNetworking *AdvancedNetworking `json:"advancedNetworking,omitempty"`
	// FIPS and kernel lockdown.
	// +optional
	AdvancedSecurity *AdvancedSecurity `json:"advancedSecurity,omitempty"`
	// Capacity reservations that the nodes use first.
	// +optional
	CapacityReservationSelectorTerms []CapacityReservationSelectorTerm `json:"capacityReservationSelectorTerms,omitempty"`
	// More certificate authorities that the nodes trust.
	// +optional
	CertificateBundles []CertificateBundle `json:"certificateBundles,omitempty"`
	// The data volume.
	// +kubebuilder:default:={iops: 3000, size: "80Gi", throughput: 125}
	// +optional
	EphemeralStorage *EphemeralStorage `json:"ephemeralStorage,omitempty"`
	// An own instance profile, instead of Role; its name begins with eks.
	// +kubebuilder:validation:Pattern=`^eks`
	// +optional
	InstanceProfile string `json:"instanceProfile,omitempty"`
	// What pods may do before their network policies are ready.
	// +kubebuilder:default:="DefaultAllow"
	// +kubebuilder:validation:Enum:={DefaultAllow,DefaultDeny}
	// +optional
	NetworkPolicy string `json:"networkPolicy,omitempty"`
	// Whether decisions of network policies are logged.
	// +kubebuilder:default:="Disabled"
	// +kubebuilder:validation:Enum:={Enabled,Disabled}
	// +optional
	NetworkPolicyEventLogs string `json:"networkPolicyEventLogs,omitempty"`
	// The placement group of the nodes.
	// +optional
	PlacementGroupSelector *PlacementGroupSelector `json:"placementGroupSelector,omitempty"`
	// Security groups of pods, when they are not those of the node; goes with PodSubnetSelectorTerms.
	// +optional
	PodSecurityGroupSelectorTerms SecurityGroupSelectorTerms `json:"podSecurityGroupSelectorTerms,omitempty"`
	// Subnets of pods, when they are not those of the node; goes with PodSecurityGroupSelectorTerms.
	// +optional
	PodSubnetSelectorTerms SubnetSelectorTerms `json:"podSubnetSelectorTerms,omitempty"`
	// The IAM role of the nodes by name, not by ARN; it cannot be changed.
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:XValidation:rule="self != ''",message="role cannot be empty"
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="immutable field changed"
	// +optional
	Role string `json:"role,omitempty"`
	// Security groups of the nodes.
	// +kubebuilder:validation:Required
	SecurityGroupSelectorTerms SecurityGroupSelectorTerms `json:"securityGroupSelectorTerms"`
	// Whether traffic that leaves the VPC gets the node's address.
	// +kubebuilder:default:="Random"
	// +kubebuilder:validation:Enum:={Random,Disabled}
	// +optional
	SNATPolicy string `json:"snatPolicy,omitempty"`
	// Subnets of the nodes.
	// +kubebuilder:validation:Required
	SubnetSelectorTerms SubnetSelectorTerms `json:"subnetSelectorTerms"`
	// AWS tags of the instances; the cluster role must allow them.
	// +kubebuilder:validation:XValidation:message="empty tag keys aren't supported",rule="self.all(k, k != '')"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching kubernetes.io/cluster/",rule="self.all(k, !k.startsWith('kubernetes.io/cluster') )"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching karpenter.sh/provisioner-name",rule="self.all(k, k != 'karpenter.sh/provisioner-name')"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching karpenter.sh/nodepool",rule="self.all(k, k != 'karpenter.sh/nodepool')"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching karpenter.sh/nodeclaim",rule="self.all(k, k != 'karpenter.sh/nodeclaim')"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching karpenter.sh/managed-by",rule="self.all(k, k !='karpenter.sh/managed-by')"
	// +kubebuilder:validation:XValidation:message="tag contains a restricted tag matching eks.amazonaws.com/nodeclass",rule="self.all(k, k !='eks.amazonaws.com/nodeclass')"
	// +optional
	Tags map[string]string `json:"tags,omitempty"`
}

// NodeClassStatus is what EKS reports about a node class. Source: Amazon EKS User Guide, Create a Node Class.
type NodeClassStatus struct {
	// The conditions, such as Ready.
	// +optional
	Conditions []metav1.Condition `json:"conditions,omitempty"`
	// The instance profile of the nodes.
	// +optional
	InstanceProfile string `json:"instanceProfile,omitempty"`
	// The security groups found.
	// +optional
	SecurityGroups []FoundSecurityGroup `json:"securityGroups,omitempty"`
	// The subnets found.
	// +optional
	Subnets []FoundSubnet `json:"subnets,omitempty"`
}

// FoundSecurityGroup is a security group that a node class uses. Source: Amazon EKS User Guide, Create a Node Class.
type FoundSecurityGroup struct {
	// Its ID.
	ID string `json:"id"`
	// Its name.
	// +optional
	Name string `json:"name,omitempty"`
}

// FoundSubnet is a subnet that a node class uses. Source: Amazon EKS User Guide, Create a Node Class.
type FoundSubnet struct {
	// Its ID.
	ID string `json:"id"`
	// Its zone.
	Zone string `json:"zone"`
	// The ID of its zone.
	// +optional
	ZoneID string `json:"zoneID,omitempty"`
}
