package v1alpha1

// KubeAPIServerConfigRequest holds settings of the API server. Source: ACK eks-controller v1.20.0, CRD clusters.
type KubeAPIServerConfigRequest struct {
	// How long events are kept.
	EventTTL *string `json:"eventTTL,omitempty"`
	// The ports of NodePort services.
	ServiceNodePortRange *ServiceNodePortRange `json:"serviceNodePortRange,omitempty"`
}

// ServiceNodePortRange is a range of ports. Source: ACK eks-controller v1.20.0, CRD clusters.
type ServiceNodePortRange struct {
	// The highest port.
	MaxPort *int64 `json:"maxPort,omitempty"`
	// The lowest port.
	MinPort *int64 `json:"minPort,omitempty"`
}

// KubeControllerManagerConfigRequest holds settings of the controller manager.
// Source: ACK eks-controller v1.20.0, CRD clusters.
type KubeControllerManagerConfigRequest struct {
	// The horizontal pod autoscaler.
	HorizontalPodAutoscalerControllerConfig *HorizontalPodAutoscalerControllerConfigRequest `json:"horizontalPodAutoscalerControllerConfig,omitempty"`
}

// HorizontalPodAutoscalerControllerConfigRequest holds settings of the pod autoscaler.
// Source: ACK eks-controller v1.20.0, CRD clusters.
type HorizontalPodAutoscalerControllerConfigRequest struct {
	// How often it looks at the metrics.
	HorizontalPodAutoscalerSyncPeriod *string `json:"horizontalPodAutoscalerSyncPeriod,omitempty"`
}

// KubeSchedulerConfigRequest holds settings of the scheduler. Source: ACK eks-controller v1.20.0, CRD clusters.
type KubeSchedulerConfigRequest struct {
	// How nodes are scored by free resources.
	NodeResourcesFit *NodeResourcesFitConfig `json:"nodeResourcesFit,omitempty"`
}

// NodeResourcesFitConfig scores nodes by free resources. Source: ACK eks-controller v1.20.0, CRD clusters.
type NodeResourcesFitConfig struct {
	// The way of scoring.
	ScoringStrategy *ScoringStrategy `json:"scoringStrategy,omitempty"`
}

// ScoringStrategy is a way of scoring nodes. Source: ACK eks-controller v1.20.0, CRD clusters.
type ScoringStrategy struct {
	// The resources that count.
	Resources []*ResourceWeight `json:"resources,omitempty"`
	// The name of the strategy.
	Type *string `json:"type,omitempty"`
}

// ResourceWeight is the weight of a resource in a score. Source: ACK eks-controller v1.20.0, CRD clusters.
type ResourceWeight struct {
	// The resource, such as cpu.
	Name *string `json:"name,omitempty"`
	// Its weight.
	Weight *int64 `json:"weight,omitempty"`
}
