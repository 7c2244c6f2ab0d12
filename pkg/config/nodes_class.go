package config

// SelectorTerm selects AWS resources by one of its fields. What matches any term of a list is selected.
type SelectorTerm struct {
	// ID is the id of one resource.
	ID string `yaml:"id,omitempty"`
	// Name is the name of a security group, which is not its tag Name; subnets have none.
	Name string `yaml:"name,omitempty"`
	// Tags are the tags that a resource must have; "*" is any value.
	Tags map[string]string `yaml:"tags,omitempty"`
}

// CapacityReservationTerm selects EC2 capacity reservations: by id, or by tags and their owner.
type CapacityReservationTerm struct {
	// ID is the id of a reservation, cr-….
	ID string `yaml:"id,omitempty"`
	// Owner is the AWS account that owns the reservations, twelve digits in quotes. Default: the cluster's own.
	Owner string `yaml:"owner,omitempty"`
	// Tags are the tags that a reservation must have.
	Tags map[string]string `yaml:"tags,omitempty"`
}

// PlacementGroupSelector is the EC2 placement group of the nodes, by one of its fields.
type PlacementGroupSelector struct {
	// ID is the id of the group, pg-….
	ID string `yaml:"id,omitempty"`
	// Name is the name of the group.
	Name string `yaml:"name,omitempty"`
}

// AdvancedNetworking is how nodes reach the network.
type AdvancedNetworking struct {
	// AssociatePublicIPAddress gives nodes a public address, or none. Default: the subnet's setting.
	AssociatePublicIPAddress *bool `yaml:"associatePublicIPAddress,omitempty"`
	// HTTPSProxy is the proxy through which nodes reach AWS and registries.
	HTTPSProxy string `yaml:"httpsProxy,omitempty"`
	// NoProxy are hosts, domains and ranges that nodes reach without the proxy.
	NoProxy []string `yaml:"noProxy,omitempty"`
	// IPv4PrefixSize is how pods get addresses: Auto (prefixes of /28) or "32" (single ones).
	IPv4PrefixSize string `yaml:"ipv4PrefixSize,omitempty"`
	// NetworkInterfaces are the network interfaces of the nodes, for Elastic Fabric Adapter.
	NetworkInterfaces []NetworkInterface `yaml:"networkInterfaces,omitempty"`
}

// NetworkInterface is a network interface of a node.
type NetworkInterface struct {
	// NetworkCardIndex is the network card, counted from 0.
	NetworkCardIndex int `yaml:"networkCardIndex,omitempty"`
	// DeviceIndex is the position on the card, counted from 0.
	DeviceIndex int `yaml:"deviceIndex,omitempty"`
	// InterfaceType is interface or efa-only.
	InterfaceType string `yaml:"interfaceType"`
	// SecondaryIPv4Count is how many more addresses the interface has; only on card 0.
	SecondaryIPv4Count *int `yaml:"secondaryIPv4Count,omitempty"`
	// SecondaryIPv4PrefixCount is how many prefixes it has; only on card 0, and not with SecondaryIPv4Count.
	SecondaryIPv4PrefixCount *int `yaml:"secondaryIPv4PrefixCount,omitempty"`
}

// AdvancedSecurity is how nodes are hardened.
type AdvancedSecurity struct {
	// FIPS gives nodes an image with FIPS 140-3 modules; available in the United States and Canada.
	FIPS *bool `yaml:"fips,omitempty"`
	// KernelLockdown is integrity or none.
	KernelLockdown string `yaml:"kernelLockdown,omitempty"`
}

// CertificateBundle is a set of certificate authorities that the nodes trust besides the usual ones.
type CertificateBundle struct {
	// Name is any name.
	Name string `yaml:"name"`
	// Data are the certificates in PEM, as base64 on one line.
	Data string `yaml:"data"`
}
