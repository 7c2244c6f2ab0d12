package karpenter

// SubnetSelectorTerms selects subnets; a subnet that meets one term is used.
// Source: Amazon EKS User Guide, Create a Node Class.
//
// +kubebuilder:validation:MaxItems=30
// +kubebuilder:validation:XValidation:message="subnetSelectorTerms cannot be empty",rule="self.size() != 0"
// +kubebuilder:validation:XValidation:message="expected at least one, got none, ['tags', 'id']",rule="self.all(x, has(x.tags) || has(x.id))"
// +kubebuilder:validation:XValidation:message="'id' is mutually exclusive, cannot be set with a combination of other fields in subnetSelectorTerms",rule="!self.all(x, has(x.id) && has(x.tags))"
type SubnetSelectorTerms []SubnetSelectorTerm

// SubnetSelectorTerm selects subnets by ID or by tags. Source: Amazon EKS User Guide, Create a Node Class.
type SubnetSelectorTerm struct {
	// One subnet.
	// +kubebuilder:validation:Pattern=`subnet-[0-9a-z]+`
	// +optional
	ID string `json:"id,omitempty"`
	// Subnets with all of these tags; the value * means any.
	// +optional
	Tags SelectorTags `json:"tags,omitempty"`
}

// SecurityGroupSelectorTerms selects security groups; a group that meets one term is used.
// Source: Amazon EKS User Guide, Create a Node Class.
//
// +kubebuilder:validation:MaxItems=30
// +kubebuilder:validation:XValidation:message="securityGroupSelectorTerms cannot be empty",rule="self.size() != 0"
// +kubebuilder:validation:XValidation:message="expected at least one, got none, ['tags', 'id', 'name']",rule="self.all(x, has(x.tags) || has(x.id) || has(x.name))"
// +kubebuilder:validation:XValidation:message="'id' is mutually exclusive, cannot be set with a combination of other fields in securityGroupSelectorTerms",rule="!self.all(x, has(x.id) && (has(x.tags) || has(x.name)))"
// +kubebuilder:validation:XValidation:message="'name' is mutually exclusive, cannot be set with a combination of other fields in securityGroupSelectorTerms",rule="!self.all(x, has(x.name) && (has(x.tags) || has(x.id)))"
type SecurityGroupSelectorTerms []SecurityGroupSelectorTerm

// SecurityGroupSelectorTerm selects security groups by ID, name or tags.
// Source: Amazon EKS User Guide, Create a Node Class.
type SecurityGroupSelectorTerm struct {
	// One group.
	// +kubebuilder:validation:Pattern=`sg-[0-9a-z]+`
	// +optional
	ID string `json:"id,omitempty"`
	// One group by its name field, not its Name tag.
	// +optional
	Name string `json:"name,omitempty"`
	// Groups with all of these tags; the value * means any.
	// +optional
	Tags SelectorTags `json:"tags,omitempty"`
}

// SelectorTags are AWS tags that something must have. Source: Amazon EKS User Guide, Create a Node Class.
//
// +kubebuilder:validation:MaxProperties=20
// +kubebuilder:validation:XValidation:message="empty tag keys or values aren't supported",rule="self.all(k, k != \"\" && self[k] != \"\")"
type SelectorTags map[string]string

// CapacityReservationSelectorTerm selects capacity reservations by ID or by tags.
// Source: Amazon EKS User Guide, Create a Node Class.
type CapacityReservationSelectorTerm struct {
	// One reservation.
	// +kubebuilder:validation:Pattern=`^cr-[0-9a-z]+$`
	// +optional
	ID string `json:"id,omitempty"`
	// The account that owns the reservations.
	// +kubebuilder:validation:Pattern=`^[0-9]{12}$`
	// +optional
	Owner string `json:"owner,omitempty"`
	// Reservations with all of these tags.
	// +optional
	Tags map[string]string `json:"tags,omitempty"`
}

// PlacementGroupSelector selects a placement group. Source: Amazon EKS User Guide, Elastic Fabric Adapter.
type PlacementGroupSelector struct {
	// By ID.
	// +kubebuilder:validation:Pattern=`^pg-`
	// +optional
	ID string `json:"id,omitempty"`
	// By name.
	// +optional
	Name string `json:"name,omitempty"`
}
