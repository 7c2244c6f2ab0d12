// Package karpenter holds the node and load balancer objects of EKS Auto Mode.
//
// Out: Go types with the JSON names of karpenter.sh/v1 and eks.amazonaws.com/v1.
// The types import nothing of this module, and types_test.go compares them with the real CRDs.
//
// +kubebuilder:object:generate=true
// +versionName=v1
package karpenter

import "k8s.io/apimachinery/pkg/runtime/schema"

const (
	// Group is the API group of NodePool (karpenter v1.14.1).
	Group = "karpenter.sh"
	// AutoModeGroup is the API group of NodeClass and IngressClassParams (Amazon EKS User Guide, Create a Node Class).
	AutoModeGroup = "eks.amazonaws.com"
	// Version is the version of all kinds of this package (karpenter v1.14.1; Amazon EKS User Guide, Create a Node Class).
	Version = "v1"
)

// GroupVersion is the group and version of NodePool (karpenter v1.14.1).
func GroupVersion() schema.GroupVersion {
	return schema.GroupVersion{Group: Group, Version: Version}
}

// AutoModeGroupVersion is the group and version of NodeClass and IngressClassParams
// (Amazon EKS User Guide, Create a Node Class).
func AutoModeGroupVersion() schema.GroupVersion {
	return schema.GroupVersion{Group: AutoModeGroup, Version: Version}
}
