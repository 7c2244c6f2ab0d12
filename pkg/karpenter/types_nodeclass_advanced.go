package karpenter

// EphemeralStorage is the data volume of a node. Source: Amazon EKS User Guide, Create a Node Class.
type EphemeralStorage struct {
	// Operations per second.
	// +kubebuilder:default:=3000
	// +kubebuilder:validation:Minimum=3000
	// +kubebuilder:validation:Maximum=16000
	// +optional
	IOPS *int64 `json:"iops,omitempty"`
	// The key that encrypts the volume: its ID, ARN or alias.
	// +optional
	KMSKeyID string `json:"kmsKeyID,omitempty"`
	// The size, such as 80Gi.
	// +kubebuilder:default:="80Gi"
	// +kubebuilder:validation:Pattern=`^((?:[1-9][0-9]{0,3}|[1-4][0-9]{4}|[5][0-8][0-9]{3}|59000)Gi|(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|[6][0-3][0-9]{3}|64000)G|([1-9]||[1-5][0-7]|58)Ti|([1-9]||[1-5][0-9]|6[0-3]|64)T)$`
	// +optional
	Size string `json:"size,omitempty"`
	// Megabytes per second.
	// +kubebuilder:default:=125
	// +kubebuilder:validation:Minimum=125
	// +kubebuilder:validation:Maximum=1000
	// +optional
	Throughput *int64 `json:"throughput,omitempty"`
}

// CertificateBundle is a set of certificate authorities. Source: Amazon EKS User Guide, Create a Node Class.
type CertificateBundle struct {
	// The certificates in PEM, base64.
	Data string `json:"data"`
	// A name for the set.
	Name string `json:"name"`
}

// AdvancedCompute holds settings of the kernel. Source: third-party manifests; AWS does not describe it.
type AdvancedCompute struct {
	// The kernel.
	// +optional
	Kernel *Kernel `json:"kernel,omitempty"`
}

// Kernel holds settings of the kernel. Source: third-party manifests; AWS does not describe it.
type Kernel struct {
	// Kernel parameters.
	// +optional
	Sysctl map[string]string `json:"sysctl,omitempty"`
}

// AdvancedNetworking is how nodes reach the network. Source: Amazon EKS User Guide, Create a Node Class.
type AdvancedNetworking struct {
	// Whether nodes get public addresses; the subnet decides when unset.
	// +optional
	AssociatePublicIPAddress *bool `json:"associatePublicIPAddress,omitempty"`
	// The proxy for HTTPS.
	// +kubebuilder:validation:MaxLength=255
	// +optional
	HTTPSProxy string `json:"httpsProxy,omitempty"`
	// How pods get addresses: Auto for prefixes, 32 for single ones.
	// +kubebuilder:validation:Enum:={Auto,"32"}
	// +optional
	IPv4PrefixSize string `json:"ipv4PrefixSize,omitempty"`
	// Network interfaces, for Elastic Fabric Adapter.
	// +optional
	NetworkInterfaces []NetworkInterface `json:"networkInterfaces,omitempty"`
	// Where the proxy is not used.
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=255
	// +optional
	NoProxy []string `json:"noProxy,omitempty"`
}

// NetworkInterface is a network interface of a node. Source: Amazon EKS User Guide, Elastic Fabric Adapter.
type NetworkInterface struct {
	// Its place on the card.
	// +optional
	DeviceIndex *int `json:"deviceIndex,omitempty"`
	// interface or efa-only.
	// +kubebuilder:validation:Enum:={interface,efa-only}
	// +optional
	InterfaceType string `json:"interfaceType,omitempty"`
	// The network card.
	// +optional
	NetworkCardIndex *int `json:"networkCardIndex,omitempty"`
	// How many more addresses it has.
	// +optional
	SecondaryIPv4Count *int `json:"secondaryIPv4Count,omitempty"`
	// How many prefixes it has.
	// +optional
	SecondaryIPv4PrefixCount *int `json:"secondaryIPv4PrefixCount,omitempty"`
}

// AdvancedSecurity is how nodes are hardened. Source: Amazon EKS User Guide, Create a Node Class.
type AdvancedSecurity struct {
	// Whether nodes use FIPS modules; only in regions of the United States and Canada.
	// +optional
	FIPS *bool `json:"fips,omitempty"`
	// How far the kernel is locked down; the values are not certain, so no rule checks them.
	// +optional
	KernelLockdown string `json:"kernelLockdown,omitempty"`
}
