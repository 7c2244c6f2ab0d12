package eks

import (
	"slices"

	"eks-auto-gitops/pkg/ack"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
)

// Cluster has the settings of an EKS Auto Mode cluster. Every field that EKS or ACK would fill in later
// is written out, so that server-side apply never differs from what ACK writes back.
type Cluster struct {
	ack.Meta
	// Version is the Kubernetes version.
	Version string
	// Role is the ACK object of the cluster role, RoleARN an existing role; one of the two.
	Role, RoleARN string
	// NodePools are the built-in pools, NodeRoleARN their role; both or neither
	// (Amazon EKS API Reference: ComputeConfigRequest).
	NodePools   []string
	NodeRoleARN string
	// Subnets are ACK objects, SubnetIDs existing subnets; one of the two.
	Subnets, SubnetIDs []string
	// SecurityGroupIDs are existing ones, besides the one that EKS makes; may be empty.
	SecurityGroupIDs []string
	// PublicAccess with PublicCIDRs, and PrivateAccess, are the endpoint.
	PublicAccess, PrivateAccess bool
	PublicCIDRs                 []string
	// IPFamily is ipv4 or ipv6; ServiceCIDR is the range of services, with ipv4 only.
	IPFamily, ServiceCIDR string
	// RemoteNodeNetworks and RemotePodNetworks are the ranges of hybrid nodes; may be empty.
	RemoteNodeNetworks, RemotePodNetworks []string
	// LogTypes are the enabled ones, in any order.
	LogTypes []string
	// KeyARN is the KMS key of secrets; may be empty. It is no reference: ACK compares the list of encryption settings as a
	// whole with what EKS returns, which has no reference, so that the two would differ for ever. ACK would make no other
	// change to the cluster then, no upgrade either (ACK eks-controller, cluster/hook.go: customUpdate).
	KeyARN string
	// AuthenticationMode, SupportType and Tier are EKS's words.
	AuthenticationMode, SupportType, Tier string
	// DeletionProtection makes EKS refuse deletion; ZonalShift allows it to shift.
	DeletionProtection, ZonalShift bool
}

// Object creates the cluster. The three switches of Auto Mode are set together, as EKS requires
// (Amazon EKS User Guide: Create an EKS Auto Mode Cluster).
func (c Cluster) Object() *ackeks.Cluster {
	object := &ackeks.Cluster{TypeMeta: ack.Type(ackeks.Group, "Cluster"), ObjectMeta: c.Meta.Object(), Spec: ackeks.ClusterSpec{
		AccessConfig: &ackeks.CreateAccessConfigRequest{
			AuthenticationMode:                      new(c.AuthenticationMode),
			BootstrapClusterCreatorAdminPermissions: new(false),
		},
		BootstrapSelfManagedAddons: new(false),
		ComputeConfig: &ackeks.ComputeConfigRequest{
			Enabled:     new(true),
			NodePools:   ack.Pointers(c.NodePools),
			NodeRoleARN: ack.Optional(c.NodeRoleARN),
		},
		ControlPlaneScalingConfig: &ackeks.ControlPlaneScalingConfig{Tier: new(c.Tier)},
		DeletionProtection:        new(c.DeletionProtection),
		EncryptionConfig:          c.encryption(),
		KubernetesNetworkConfig: &ackeks.KubernetesNetworkConfigRequest{
			ElasticLoadBalancing: &ackeks.ElasticLoadBalancing{Enabled: new(true)},
			IPFamily:             new(c.IPFamily),
			ServiceIPv4CIDR:      ack.Optional(c.ServiceCIDR),
		},
		Logging:             &ackeks.Logging{ClusterLogging: logging(c.LogTypes)},
		Name:                new(c.Name),
		RemoteNetworkConfig: c.remote(),
		ResourcesVPCConfig:  c.vpc(),
		RoleARN:             ack.Optional(c.RoleARN),
		StorageConfig:       &ackeks.StorageConfigRequest{BlockStorage: &ackeks.BlockStorage{Enabled: new(true)}},
		Tags:                c.TagMap(),
		UpgradePolicy:       &ackeks.UpgradePolicyRequest{SupportType: new(c.SupportType)},
		Version:             new(c.Version),
		ZonalShiftConfig:    &ackeks.ZonalShiftConfigRequest{Enabled: new(c.ZonalShift)},
	}}
	if c.RoleARN == "" {
		object.Spec.RoleRef = ack.Ref(c.Role)
	}
	return object
}

func (c Cluster) vpc() *ackeks.VPCConfigRequest {
	config := &ackeks.VPCConfigRequest{
		EndpointPrivateAccess: new(c.PrivateAccess),
		EndpointPublicAccess:  new(c.PublicAccess),
		SecurityGroupIDs:      ack.Pointers(c.SecurityGroupIDs),
		SubnetIDs:             ack.Pointers(c.SubnetIDs),
	}
	if c.PublicAccess {
		config.PublicAccessCIDRs = ack.Pointers(c.PublicCIDRs)
	}
	if len(c.Subnets) > 0 {
		config.SubnetRefs = ack.Refs(c.Subnets)
	}
	return config
}

// remote is one network of nodes and one of pods, as EKS takes them (Amazon EKS API Reference, RemoteNetworkConfigRequest).
func (c Cluster) remote() *ackeks.RemoteNetworkConfigRequest {
	if len(c.RemoteNodeNetworks) == 0 {
		return nil
	}
	config := &ackeks.RemoteNetworkConfigRequest{
		RemoteNodeNetworks: []*ackeks.RemoteNodeNetwork{{CIDRs: ack.Pointers(c.RemoteNodeNetworks)}},
	}
	if len(c.RemotePodNetworks) > 0 {
		config.RemotePodNetworks = []*ackeks.RemotePodNetwork{{CIDRs: ack.Pointers(c.RemotePodNetworks)}}
	}
	return config
}

func (c Cluster) encryption() []*ackeks.EncryptionConfig {
	if c.KeyARN == "" {
		return nil
	}
	return []*ackeks.EncryptionConfig{{Provider: &ackeks.Provider{KeyARN: new(c.KeyARN)}, Resources: []*string{new("secrets")}}}
}

// LogTypes returns the types of control plane logs in the order in which EKS returns them.
func LogTypes() []string {
	return []string{"api", "audit", "authenticator", "controllerManager", "scheduler"}
}

// logging returns the setting in the one form that EKS gives back: the enabled types, then the rest. ACK
// compares the two deeply and never settles on any other form (ACK eks-controller, cluster/hook.go).
func logging(types []string) []*ackeks.LogSetup {
	var enabled, disabled []string
	for _, name := range LogTypes() {
		if slices.Contains(types, name) {
			enabled = append(enabled, name)
		} else {
			disabled = append(disabled, name)
		}
	}
	var setups []*ackeks.LogSetup
	if len(enabled) > 0 {
		setups = append(setups, &ackeks.LogSetup{Enabled: new(true), Types: ack.Pointers(enabled)})
	}
	if len(disabled) > 0 {
		setups = append(setups, &ackeks.LogSetup{Enabled: new(false), Types: ack.Pointers(disabled)})
	}
	return setups
}
