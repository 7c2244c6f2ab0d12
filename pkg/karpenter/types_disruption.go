package karpenter

// Disruption says when and how fast nodes are replaced. Source: karpenter v1.14.1, CRD nodepools.
type Disruption struct {
	// How many nodes may be disrupted at once, and when; 10% when empty.
	// +kubebuilder:validation:XValidation:message="'schedule' must be set with 'duration'",rule="self.all(x, has(x.schedule) == has(x.duration))"
	// +kubebuilder:default:={{nodes: "10%"}}
	// +kubebuilder:validation:MaxItems=50
	// +listType=atomic
	// +optional
	Budgets []Budget `json:"budgets,omitempty"`
	// How long a node must be quiet before it is consolidated, such as 30s, or Never.
	// +kubebuilder:validation:Pattern=`^(([0-9]+(s|m|h))+|Never)$`
	// +kubebuilder:validation:Required
	ConsolidateAfter string `json:"consolidateAfter"`
	// Which nodes are consolidated.
	// +kubebuilder:default:="WhenEmptyOrUnderutilized"
	// +optional
	ConsolidationPolicy ConsolidationPolicy `json:"consolidationPolicy,omitempty"`
}

// ConsolidationPolicy says which nodes are consolidated. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:Enum:={WhenEmpty,WhenEmptyOrUnderutilized,Balanced}
type ConsolidationPolicy string

// The consolidation policies (karpenter v1.14.1, CRD nodepools).
const (
	WhenEmpty                ConsolidationPolicy = "WhenEmpty"
	WhenEmptyOrUnderutilized ConsolidationPolicy = "WhenEmptyOrUnderutilized"
	Balanced                 ConsolidationPolicy = "Balanced"
)

// Budget is how many nodes may be disrupted at once. Source: karpenter v1.14.1, CRD nodepools.
type Budget struct {
	// How long the budget holds from each time of Schedule, in hours and minutes.
	// +kubebuilder:validation:Pattern=`^((([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?)$`
	// +optional
	Duration string `json:"duration,omitempty"`
	// A number or a percentage of the pool's nodes.
	// +kubebuilder:default:="10%"
	// +kubebuilder:validation:Pattern=`^((100|[0-9]{1,2})%|[0-9]+)$`
	// +kubebuilder:validation:Required
	Nodes string `json:"nodes"`
	// The reasons that the budget is for; all when empty.
	// +kubebuilder:validation:MaxItems=50
	// +listType=set
	// +optional
	Reasons []DisruptionReason `json:"reasons,omitempty"`
	// When the budget begins, as a cron expression in UTC; always when empty.
	// +kubebuilder:validation:Pattern=`^(@(annually|yearly|monthly|weekly|daily|midnight|hourly))|((.+)\s(.+)\s(.+)\s(.+)\s(.+))$`
	// +optional
	Schedule string `json:"schedule,omitempty"`
}

// DisruptionReason is why a node is disrupted. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:Enum:={Underutilized,Empty,Drifted}
type DisruptionReason string

// The reasons why a node is disrupted (karpenter v1.14.1, CRD nodepools).
const (
	ReasonUnderutilized DisruptionReason = "Underutilized"
	ReasonEmpty         DisruptionReason = "Empty"
	ReasonDrifted       DisruptionReason = "Drifted"
)
