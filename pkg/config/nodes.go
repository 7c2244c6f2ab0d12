package config

// Nodes are the node classes and node pools of a cluster.
type Nodes struct {
	// BuiltIn are EKS's own pools: general-purpose and system; [] for none.
	BuiltIn []string `yaml:"builtIn,omitempty"`
	// RoleARN is an existing node role for the built-in pools and all classes. Default: a new one.
	RoleARN string `yaml:"roleARN,omitempty"`
	// PolicyARNs are IAM policies of the new node role, besides the two that nodes need. Pods do not get them.
	PolicyARNs []string `yaml:"policyARNs,omitempty"`
	// PermissionsBoundaryARN overrides the cluster's for the new node role.
	PermissionsBoundaryARN string `yaml:"permissionsBoundaryARN,omitempty"`
	// Classes are EKS NodeClasses.
	Classes []NodeClass `yaml:"classes,omitempty"`
	// Pools are Karpenter NodePools.
	Pools []NodePool `yaml:"pools,omitempty"`
}

// NodeClass is an EKS Auto Mode NodeClass: the subnets and disks of its nodes.
type NodeClass struct {
	// Name is a DNS name other than "default".
	Name string `yaml:"name"`
	// Role is the name of an existing node role. Default: the cluster's node role.
	Role string `yaml:"role,omitempty"`
	// InstanceProfile is an existing instance profile instead of a role; its name begins with eks.
	InstanceProfile string `yaml:"instanceProfile,omitempty"`
	// Subnets are the subnets of the nodes: private, public, {ids: […]}, {tags: {…}} or {terms: […]}.
	Subnets SubnetSelector `yaml:"subnets,omitempty"`
	// SecurityGroups are {ids: […]}, {tags: {…}} or {terms: […]}. Default: the cluster's own security group.
	SecurityGroups Selector `yaml:"securityGroups,omitempty"`
	// PodSubnets are the subnets of pods, if they are not those of the nodes: secondary, those in secondaryCIDRs, or any of the forms of subnets. They must be in
	// the same zones.
	PodSubnets SubnetSelector `yaml:"podSubnets,omitempty"`
	// PodSecurityGroups are the security groups of pods, only with PodSubnets. Default: those of the nodes.
	PodSecurityGroups Selector `yaml:"podSecurityGroups,omitempty"`
	// CapacityReservationSelectorTerms are EC2 capacity reservations for the nodes. With them, no class of the cluster
	// uses open reservations automatically any more.
	CapacityReservationSelectorTerms []CapacityReservationTerm `yaml:"capacityReservationSelectorTerms,omitempty"`
	// PlacementGroupSelector is the EC2 placement group that nodes start in.
	PlacementGroupSelector PlacementGroupSelector `yaml:"placementGroupSelector,omitempty"`
	// EphemeralStorage is the data disk of the node.
	EphemeralStorage EphemeralStorage `yaml:"ephemeralStorage,omitempty"`
	// NetworkPolicy is DefaultAllow or DefaultDeny.
	NetworkPolicy string `yaml:"networkPolicy,omitempty"`
	// NetworkPolicyEventLogs is Enabled or Disabled.
	NetworkPolicyEventLogs string `yaml:"networkPolicyEventLogs,omitempty"`
	// SNATPolicy is Random or Disabled.
	SNATPolicy string `yaml:"snatPolicy,omitempty"`
	// AdvancedNetworking is how nodes reach the network: public addresses, a proxy, network interfaces.
	AdvancedNetworking AdvancedNetworking `yaml:"advancedNetworking,omitempty"`
	// AdvancedSecurity is how nodes are hardened: FIPS and kernel lockdown.
	AdvancedSecurity AdvancedSecurity `yaml:"advancedSecurity,omitempty"`
	// CertificateBundles are certificate authorities that nodes trust besides the usual ones.
	CertificateBundles []CertificateBundle `yaml:"certificateBundles,omitempty"`
	// Tags are added to the cluster's tags.
	Tags map[string]string `yaml:"tags,omitempty"`
}

// SubnetSelector selects subnets: by one of the words private and public, or by a Selector.
type SubnetSelector struct {
	// Word is private, public or, for pods, secondary.
	Word string `yaml:"-"`

	Selector `yaml:",inline"`
}

// The words of a SubnetSelector.
const (
	SubnetsPrivate = "private"
	SubnetsPublic  = "public"
	// SubnetsSecondary are those in the secondary ranges of a new VPC; they are for pods only.
	SubnetsSecondary = "secondary"
)

// Selector selects AWS resources in one of three ways: by ids, by tags, or by several terms.
type Selector struct {
	// IDs are the ids.
	IDs []string `yaml:"ids,omitempty"`
	// Tags are the tags that a resource must have; "*" is any value.
	Tags map[string]string `yaml:"tags,omitempty"`
	// Terms are alternatives; what matches any of them is selected.
	Terms []SelectorTerm `yaml:"terms,omitempty"`
}

// IsZero reports whether nothing is selected.
func (s Selector) IsZero() bool { return len(s.IDs) == 0 && len(s.Tags) == 0 && len(s.Terms) == 0 }

// IsZero reports whether nothing is selected in any of the forms.
func (s SubnetSelector) IsZero() bool { return s.Word == "" && s.Selector.IsZero() }

// EphemeralStorage is the data disk of a node.
type EphemeralStorage struct {
	// Size is a quantity such as 80Gi.
	Size string `yaml:"size,omitempty"`
	// IOPS is 3000 to 16000.
	IOPS int `yaml:"iops,omitempty"`
	// Throughput is 125 to 1000 MiB/s.
	Throughput int `yaml:"throughput,omitempty"`
	// KMSKeyARN encrypts the disk.
	KMSKeyARN string `yaml:"kmsKeyARN,omitempty"`
}

// NodePool is a Karpenter NodePool.
type NodePool struct {
	// Name is a DNS name other than those of the built-in pools that are on.
	Name string `yaml:"name"`
	// Class is the name of a node class of this cluster, or "default" with a built-in pool on.
	Class string `yaml:"class"`
	// Arch is amd64, arm64 or both.
	Arch []string `yaml:"arch,omitempty"`
	// CapacityTypes are on-demand, spot and reserved.
	CapacityTypes []string `yaml:"capacityTypes,omitempty"`
	// InstanceCategories are letters such as c, m and r.
	InstanceCategories []string `yaml:"instanceCategories,omitempty"`
	// InstanceFamilies are instance families such as m7g.
	InstanceFamilies []string `yaml:"instanceFamilies,omitempty"`
	// InstanceTypes are instance types such as m7g.xlarge.
	InstanceTypes []string `yaml:"instanceTypes,omitempty"`
	// InstanceCPUs are numbers of vCPUs.
	InstanceCPUs []int `yaml:"instanceCPUs,omitempty"`
	// Zones limit the pool; default: all zones of its class.
	Zones []string `yaml:"zones,omitempty"`
	// Replicas makes the pool static: a fixed number of nodes, whether pods need them or not.
	Replicas *int `yaml:"replicas,omitempty"`
	// Limits are how far the pool may grow: cpu, memory, nodes or a resource such as nvidia.com/gpu. Required, except for a
	// static pool, which accepts only nodes.
	Limits Limits `yaml:"limits,omitempty"`
	// Labels are put on the nodes, besides the cluster's tags.
	Labels map[string]string `yaml:"labels,omitempty"`
	// Annotations are put on the nodes.
	Annotations map[string]string `yaml:"annotations,omitempty"`
	// Taints are put on the nodes.
	Taints []Taint `yaml:"taints,omitempty"`
	// StartupTaints are put on new nodes; something in the cluster must remove them.
	StartupTaints []Taint `yaml:"startupTaints,omitempty"`
	// Disruption says when Karpenter may replace nodes.
	Disruption Disruption `yaml:"disruption,omitempty"`
	// ExpireAfter is the lifetime of a node, at most 504h including the grace period.
	ExpireAfter string `yaml:"expireAfter,omitempty"`
	// TerminationGracePeriod is how long draining a node may take.
	TerminationGracePeriod string `yaml:"terminationGracePeriod,omitempty"`
	// Weight is 1 to 100; Karpenter tries the heavier pool first.
	Weight int `yaml:"weight,omitempty"`
	// Requirements are further Karpenter requirements.
	Requirements []Requirement `yaml:"requirements,omitempty"`
}

// Quantity is a Kubernetes quantity; a plain number needs no quotes.
type Quantity string

// Limits are how far a node pool may grow, by resource: mainly cpu and memory, but also nodes or nvidia.com/gpu.
type Limits map[string]Quantity

// The resources of Limits that every node has.
const (
	LimitCPU    = "cpu"
	LimitMemory = "memory"
	LimitNodes  = "nodes"
)

// Taint is a Kubernetes taint.
type Taint struct {
	// Key is the key of the taint.
	Key string `yaml:"key"`
	// Value is its value.
	Value string `yaml:"value,omitempty"`
	// Effect is NoSchedule, PreferNoSchedule or NoExecute.
	Effect string `yaml:"effect"`
}

// Disruption says when Karpenter may replace nodes.
type Disruption struct {
	// ConsolidationPolicy is WhenEmpty, WhenEmptyOrUnderutilized or Balanced.
	ConsolidationPolicy string `yaml:"consolidationPolicy,omitempty"`
	// ConsolidateAfter is a duration such as 30s, or Never.
	ConsolidateAfter string `yaml:"consolidateAfter,omitempty"`
	// Budgets limit how many nodes are disrupted at once.
	Budgets []Budget `yaml:"budgets,omitempty"`
}

// Budget limits how many nodes are disrupted at once.
type Budget struct {
	// Nodes is a number or a percentage in quotes.
	Nodes Quantity `yaml:"nodes"`
	// Schedule is a cron expression; requires Duration.
	Schedule string `yaml:"schedule,omitempty"`
	// Duration is how long the budget applies after Schedule.
	Duration string `yaml:"duration,omitempty"`
	// Reasons are Underutilized, Empty and Drifted; default all.
	Reasons []string `yaml:"reasons,omitempty"`
}

// Requirement is a Karpenter requirement.
type Requirement struct {
	// Key is a label; in Auto Mode eks.amazonaws.com/instance-* and not karpenter.k8s.aws/*.
	Key string `yaml:"key"`
	// Operator is In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte or Lte.
	Operator string `yaml:"operator"`
	// Values are strings.
	Values []string `yaml:"values,omitempty"`
	// MinValues is 1 to 50.
	MinValues int `yaml:"minValues,omitempty"`
}
