// Package v1alpha1 holds the objects of acm.services.k8s.aws that this generator writes.
//
// In: nothing. Out: Go types with the names and JSON tags of ACK acm-controller v1.3.4,
// whose Go module cannot be had; replacing an import is enough to use upstream's.
// It imports nothing of this module, and apis_test.go holds it to the real CRDs.
//
// +kubebuilder:object:generate=true
// +groupName=acm.services.k8s.aws
package v1alpha1

import "k8s.io/apimachinery/pkg/runtime/schema"

const (
	// Group is the API group of every kind of this package (ACK acm-controller v1.3.4).
	Group = "acm.services.k8s.aws"
	// Version is the only version that upstream serves (ACK acm-controller v1.3.4).
	Version = "v1alpha1"
)

// GroupVersion is the group and version of every kind of this package (ACK acm-controller v1.3.4).
func GroupVersion() schema.GroupVersion {
	return schema.GroupVersion{Group: Group, Version: Version}
}
