package karpenter

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// NodePool says which nodes may be made for pods that need them. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:subresource:scale:specpath=.spec.replicas,statuspath=.status.nodes
// +kubebuilder:resource:path=nodepools,scope=Cluster,categories=karpenter
type NodePool struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              NodePoolSpec `json:"spec"`
	// +optional
	Status NodePoolStatus `json:"status,omitzero"`
}

// NodePoolSpec is what a node pool makes. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:XValidation:rule="has(self.replicas) == has(oldSelf.replicas)",message="Cannot transition NodePool between static (replicas set) and dynamic (replicas unset) provisioning modes"
// +kubebuilder:validation:XValidation:rule="!has(self.replicas) || (!has(self.limits) || size(self.limits) == 0 || (size(self.limits) == 1 && 'nodes' in self.limits))",message="only 'limits.nodes' is supported on static NodePools"
// +kubebuilder:validation:XValidation:rule="!has(self.replicas) || !has(self.weight)",message="'weight' is not supported on static NodePools"
type NodePoolSpec struct {
	// When and how fast nodes are replaced.
	// +kubebuilder:default:={consolidateAfter: "0s"}
	// +optional
	Disruption *Disruption `json:"disruption,omitempty"`
	// The most that the pool may hold, such as cpu: "100"; values are quantities.
	// +optional
	Limits map[string]string `json:"limits,omitempty"`
	// A fixed number of nodes instead of as many as pods need.
	// +kubebuilder:validation:Minimum:=0
	// +optional
	Replicas *int64 `json:"replicas,omitempty"`
	// The nodes that the pool makes.
	// +kubebuilder:validation:Required
	Template NodeClaimTemplate `json:"template"`
	// Which pool is tried first; a higher number wins.
	// +kubebuilder:validation:Minimum:=1
	// +kubebuilder:validation:Maximum:=100
	// +optional
	Weight *int32 `json:"weight,omitempty"`
}

// NodeClaimTemplate is a node before it has a name. Source: karpenter v1.14.1, CRD nodepools.
type NodeClaimTemplate struct {
	// Labels and annotations of the nodes.
	// +optional
	Metadata *TemplateMetadata `json:"metadata,omitempty"`
	// What the nodes are.
	// +kubebuilder:validation:Required
	Spec NodeClaimTemplateSpec `json:"spec"`
}

// TemplateMetadata is what nodes carry. Source: karpenter v1.14.1, CRD nodepools.
type TemplateMetadata struct {
	// Annotations of the nodes.
	// +mapType=granular
	// +optional
	Annotations map[string]string `json:"annotations,omitempty"`
	// Labels of the nodes.
	// +kubebuilder:validation:MaxProperties=100
	// +kubebuilder:validation:XValidation:message="label domain \"karpenter.sh\" is restricted",rule="self.all(x, x in [\"karpenter.sh/capacity-type\", \"karpenter.sh/nodepool\"] || !x.find(\"^([^/]+)\").endsWith(\"karpenter.sh\"))"
	// +kubebuilder:validation:XValidation:message="label \"karpenter.sh/nodepool\" is restricted",rule="self.all(x, x != \"karpenter.sh/nodepool\")"
	// +kubebuilder:validation:XValidation:message="label \"kubernetes.io/hostname\" is restricted",rule="self.all(x, x != \"kubernetes.io/hostname\")"
	// +mapType=atomic
	// +optional
	Labels map[string]LabelValue `json:"labels,omitempty"`
}

// LabelValue is the value of a label. Source: karpenter v1.14.1, CRD nodepools.
//
// +kubebuilder:validation:MaxLength=63
// +kubebuilder:validation:Pattern=`^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$`
type LabelValue string

// NodePoolStatus is what Karpenter reports about a node pool. Source: karpenter v1.14.1, CRD nodepools.
type NodePoolStatus struct {
	// Karpenter's conditions, such as Ready.
	// +listType=map
	// +listMapKey=type
	// +optional
	Conditions []metav1.Condition `json:"conditions,omitempty"`
	// The generation of the node class that was last looked at.
	// +optional
	NodeClassObservedGeneration int64 `json:"nodeClassObservedGeneration,omitempty"`
	// How many nodes there are.
	// +kubebuilder:default:=0
	// +optional
	Nodes *int64 `json:"nodes,omitempty"`
	// How much they hold; values are quantities.
	// +optional
	Resources map[string]string `json:"resources,omitempty"`
}
