// Package v1alpha1 holds the objects of cloudwatchlogs.services.k8s.aws that this generator writes.
//
// In: nothing. Out: Go types with the names and JSON tags of ACK cloudwatchlogs-controller v1.4.1,
// whose Go module cannot be had; replacing an import is enough to use upstream's.
// It imports nothing of this module, and apis_test.go holds it to the real CRDs.
//
// +kubebuilder:object:generate=true
// +groupName=cloudwatchlogs.services.k8s.aws
package v1alpha1

import "k8s.io/apimachinery/pkg/runtime/schema"

const (
	// Group is the API group of every kind of this package (ACK cloudwatchlogs-controller v1.4.1).
	Group = "cloudwatchlogs.services.k8s.aws"
	// Version is the only version that upstream serves (ACK cloudwatchlogs-controller v1.4.1).
	Version = "v1alpha1"
)

// GroupVersion is the group and version of every kind of this package (ACK cloudwatchlogs-controller v1.4.1).
func GroupVersion() schema.GroupVersion {
	return schema.GroupVersion{Group: Group, Version: Version}
}
