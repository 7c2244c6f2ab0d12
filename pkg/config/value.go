package config

// Words of clusters.yaml that other packages compare with.
const (
	DeliveryHub = "hub"

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
