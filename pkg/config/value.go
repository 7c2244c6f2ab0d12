package config

// Words of clusters.yaml that other packages compare with.
const (
	// DeliveryHub has the hub's Flux apply everything, DeliveryAgent a Flux in the cluster what runs in it. DeliveryHandover is
	// the step between the two, in either direction: the releases stay as they are, and nobody acts on them.
	DeliveryHub      = "hub"
	DeliveryAgent    = "agent"
	DeliveryHandover = "handover"

	IdentityPod  = "podIdentity"
	IdentityIRSA = "irsa"

	NATNone    = "none"
	NATSingle  = "single"
	NATPerZone = "perZone"

	IPv4 = "ipv4"
	IPv6 = "ipv6"

	ScopeCluster   = "cluster"
	ScopeNamespace = "namespace"

	SchemeInternal       = "internal"
	SchemeInternetFacing = "internet-facing"
)
