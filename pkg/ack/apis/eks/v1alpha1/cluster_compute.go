package v1alpha1

// ComputeConfigRequest is Auto Mode compute. Source: ACK eks-controller v1.20.0, CRD clusters.
type ComputeConfigRequest struct {
	// Whether Auto Mode makes nodes; load balancing and block storage must be switched together with it.
	Enabled *bool `json:"enabled,omitempty"`
	// The built-in node pools: general-purpose, system, both or none.
	NodePools []*string `json:"nodePools,omitempty"`
	// The role of nodes of the built-in pools, by ARN; there is no reference field.
	NodeRoleARN *string `json:"nodeRoleARN,omitempty"`
}

// StorageConfigRequest is Auto Mode storage. Source: ACK eks-controller v1.20.0, CRD clusters.
type StorageConfigRequest struct {
	// EBS volumes.
	BlockStorage *BlockStorage `json:"blockStorage,omitempty"`
}

// BlockStorage switches Auto Mode EBS volumes. Source: ACK eks-controller v1.20.0, CRD clusters.
type BlockStorage struct {
	// Whether Auto Mode provides EBS volumes.
	Enabled *bool `json:"enabled,omitempty"`
}

// UpgradePolicyRequest is the support policy. Source: ACK eks-controller v1.20.0, CRD clusters.
type UpgradePolicyRequest struct {
	// STANDARD or EXTENDED.
	SupportType *string `json:"supportType,omitempty"`
}

// ZonalShiftConfigRequest switches zonal shift. Source: ACK eks-controller v1.20.0, CRD clusters.
type ZonalShiftConfigRequest struct {
	// Whether zonal shift is on.
	Enabled *bool `json:"enabled,omitempty"`
}

// ControlPlaneScalingConfig is the provisioned control plane. Source: ACK eks-controller v1.20.0, CRD clusters.
type ControlPlaneScalingConfig struct {
	// The tier, such as standard.
	Tier *string `json:"tier,omitempty"`
}

// OutpostConfigRequest is a local cluster on an Outpost. Source: ACK eks-controller v1.20.0, CRD clusters.
type OutpostConfigRequest struct {
	// The EC2 instance type of the control plane.
	ControlPlaneInstanceType *string `json:"controlPlaneInstanceType,omitempty"`
	// Where those instances are placed.
	ControlPlanePlacement *ControlPlanePlacementRequest `json:"controlPlanePlacement,omitempty"`
	// The Outposts.
	OutpostARNs []*string `json:"outpostARNs,omitempty"`
}

// ControlPlanePlacementRequest is the placement on an Outpost. Source: ACK eks-controller v1.20.0, CRD clusters.
type ControlPlanePlacementRequest struct {
	// The name of the placement group.
	GroupName *string `json:"groupName,omitempty"`
}
