// Package v1alpha1 holds the objects of eks.services.k8s.aws that this generator writes.
//
// In: nothing. Out: Go types with the names and JSON tags of ACK eks-controller v1.20.0,
// whose Go module cannot be had; replacing an import is enough to use upstream's.
// It imports nothing of this module, and apis_test.go holds it to the real CRDs.
//
// +kubebuilder:object:generate=true
// +groupName=eks.services.k8s.aws
package v1alpha1

import "k8s.io/apimachinery/pkg/runtime/schema"

const (
	// Group is the API group of every kind of this package (ACK eks-controller v1.20.0).
	Group = "eks.services.k8s.aws"
	// Version is the only version that upstream serves (ACK eks-controller v1.20.0).
	Version = "v1alpha1"
)

// GroupVersion is the group and version of every kind of this package (ACK eks-controller v1.20.0).
func GroupVersion() schema.GroupVersion {
	return schema.GroupVersion{Group: Group, Version: Version}
}
