package karpenter

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// NodeClaimTemplateSpec is what the nodes of a pool are. Source: karpenter v1.14.1, CRD nodepools.
type NodeClaimTemplateSpec struct {
	// How long a node may live, such as 720h, or Never; 720h when empty, and at most 21 days in EKS Auto Mode.
	// +kubebuilder:default:="720h"
	// +kubebuilder:validation:Pattern=`^(([0-9]+(s|m|h))+|Never)$`
	// +optional
	ExpireAfter string `json:"expireAfter,omitempty"`
	// The node class that says how EC2 makes the nodes.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:XValidation:rule="self.group == oldSelf.group",message="nodeClassRef.group is immutable"
	// +kubebuilder:validation:XValidation:rule="self.kind == oldSelf.kind",message="nodeClassRef.kind is immutable"
	NodeClassRef NodeClassReference `json:"nodeClassRef"`
	// Conditions on labels that every node meets; they choose instance types, zones and prices.
	// +kubebuilder:validation:XValidation:message="requirements with operator 'In' must have a value defined",rule="self.all(x, x.operator == 'In' ? x.values.size() != 0 : true)"
	// +kubebuilder:validation:XValidation:message="requirements operator 'Gt', 'Lt', 'Gte', or 'Lte' must have a single positive integer value",rule="self.all(x, (x.operator == 'Gt' || x.operator == 'Lt' || x.operator == 'Gte' || x.operator == 'Lte') ? (x.values.size() == 1 && int(x.values[0]) >= 0) : true)"
	// +kubebuilder:validation:XValidation:message="requirements with 'minValues' must have at least that many values specified in the 'values' field",rule="self.all(x, (x.operator == 'In' && has(x.minValues)) ? x.values.size() >= x.minValues : true)"
	// +kubebuilder:validation:MaxItems:=100
	// +listType=atomic
	// +kubebuilder:validation:Required
	Requirements []Requirement `json:"requirements"`
	// Taints that something else removes once the node is ready.
	// +listType=atomic
	// +optional
	StartupTaints []Taint `json:"startupTaints,omitempty"`
	// Taints that stay.
	// +listType=atomic
	// +optional
	Taints []Taint `json:"taints,omitempty"`
	// How long pods may hold up the end of a node, such as 24h.
	// +kubebuilder:validation:Pattern=`^([0-9]+(s|m|h))+$`
	// +optional
	TerminationGracePeriod string `json:"terminationGracePeriod,omitempty"`
}

// NodeClassReference names a node class. Source: karpenter v1.14.1, CRD nodepools.
type NodeClassReference struct {
	// The API group, eks.amazonaws.com in EKS Auto Mode.
	// +kubebuilder:validation:XValidation:rule="self != ''",message="group may not be empty"
	// +kubebuilder:validation:Pattern=`^[^/]*$`
	// +kubebuilder:validation:Required
	Group string `json:"group"`
	// The kind, NodeClass in EKS Auto Mode.
	// +kubebuilder:validation:XValidation:rule="self != ''",message="kind may not be empty"
	// +kubebuilder:validation:Required
	Kind string `json:"kind"`
	// The name.
	// +kubebuilder:validation:XValidation:rule="self != ''",message="name may not be empty"
	// +kubebuilder:validation:Required
	Name string `json:"name"`
}

// Requirement is a condition on a label of a node. Source: karpenter v1.14.1, CRD nodepools.
type Requirement struct {
	// The label.
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(\/))?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$`
	// +kubebuilder:validation:MaxLength=316
	// +kubebuilder:validation:XValidation:message="label domain \"karpenter.sh\" is restricted",rule="self in [\"karpenter.sh/capacity-type\", \"karpenter.sh/nodepool\"] || !self.find(\"^([^/]+)\").endsWith(\"karpenter.sh\")"
	// +kubebuilder:validation:XValidation:message="label \"karpenter.sh/nodepool\" is restricted",rule="self != \"karpenter.sh/nodepool\""
	// +kubebuilder:validation:XValidation:message="label \"kubernetes.io/hostname\" is restricted",rule="self != \"kubernetes.io/hostname\""
	// +kubebuilder:validation:Required
	Key string `json:"key"`
	// How many different values the chosen instance types must offer at least.
	// +kubebuilder:validation:Minimum:=1
	// +kubebuilder:validation:Maximum:=50
	// +optional
	MinValues *int `json:"minValues,omitempty"`
	// How the values are compared.
	// +kubebuilder:validation:Required
	Operator Operator `json:"operator"`
	// The values; none for Exists and DoesNotExist.
	// +listType=atomic
	// +optional
	Values []string `json:"values,omitempty"`
}

// Operator compares a label with values. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:Enum:={Gte,Lte,In,NotIn,Exists,DoesNotExist,Gt,Lt}
type Operator string

// The operators that a requirement may have (karpenter v1.14.1, CRD nodepools).
const (
	OpIn           Operator = "In"
	OpNotIn        Operator = "NotIn"
	OpExists       Operator = "Exists"
	OpDoesNotExist Operator = "DoesNotExist"
	OpGt           Operator = "Gt"
	OpLt           Operator = "Lt"
	OpGte          Operator = "Gte"
	OpLte          Operator = "Lte"
)

// Taint keeps pods without a toleration away from a node. Source: karpenter v1.14.1, CRD nodepools.
type Taint struct {
	// What happens to those pods.
	// +kubebuilder:validation:Required
	Effect TaintEffect `json:"effect"`
	// The key.
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(\/))?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$`
	// +kubebuilder:validation:Required
	Key string `json:"key"`
	// When the taint was set; not for manifests.
	// +optional
	TimeAdded *metav1.Time `json:"timeAdded,omitempty"`
	// The value.
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(\/))?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$`
	// +optional
	Value string `json:"value,omitempty"`
}

// TaintEffect is what happens to pods without a toleration. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:Enum:={NoSchedule,PreferNoSchedule,NoExecute}
type TaintEffect string

// The effects that a taint may have (karpenter v1.14.1, CRD nodepools).
const (
	EffectNoSchedule       TaintEffect = "NoSchedule"
	EffectPreferNoSchedule TaintEffect = "PreferNoSchedule"
	EffectNoExecute        TaintEffect = "NoExecute"
)
