// Package ack holds what the ACK objects of all services have in common.
//
// In: names, tags and references. Out: the parts of ACK objects created from them. The constructors of the
// objects themselves are in the packages below, one for each AWS service; pkg/ack/apis holds the
// types of those services whose Go module cannot be used.
package ack

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/resource"
)

// Annotations that ACK reads (ACK runtime, apis/core/v1alpha1/annotations.go).
const (
	DeletionPolicy = "services.k8s.aws/deletion-policy"
	OwnerAccountID = "services.k8s.aws/owner-account-id"
	DefaultRegion  = "services.k8s.aws/default-region"
	AdoptionPolicy = "services.k8s.aws/adoption-policy"
	AdoptionFields = "services.k8s.aws/adoption-fields"
	ReadOnly       = "services.k8s.aws/read-only"

	// AdoptOrCreate makes ACK adopt what exists, and create what does not.
	AdoptOrCreate = "adopt-or-create"
)

// Meta is what every ACK object starts from.
type Meta struct {
	// Name is the name of the Kubernetes object and, where AWS has names, of the AWS object.
	Name string
	// Namespace is the cluster's namespace on the hub. All references stay inside it.
	Namespace string
	// Tags are the tags of the AWS object.
	Tags map[string]string
	// Retain leaves the AWS object when the Kubernetes object is deleted.
	Retain bool
	// Adopt lets ACK take over the AWS object if it is there already: it has outlived an earlier cluster of the name.
	Adopt bool
	// Identity is what ACK finds the AWS object by, where it asks for that besides the spec (ACK, resource.go of each kind:
	// PopulateResourceFromAnnotation).
	Identity map[string]string
	// NoPrune keeps Flux from deleting the Kubernetes object when its file is gone.
	NoPrune bool
}

// Type returns the TypeMeta of a kind of ACK's API group.
func Type(group, kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: group + "/v1alpha1", Kind: kind}
}

// Object returns the metadata of the Kubernetes object.
func (m Meta) Object() metav1.ObjectMeta {
	meta := metav1.ObjectMeta{Name: m.Name, Namespace: m.Namespace}
	if m.Retain {
		metav1.SetMetaDataAnnotation(&meta, DeletionPolicy, "retain")
	}
	if m.Adopt {
		metav1.SetMetaDataAnnotation(&meta, AdoptionPolicy, AdoptOrCreate)
	}
	if len(m.Identity) > 0 {
		metav1.SetMetaDataAnnotation(&meta, AdoptionFields, Identity(m.Identity))
	}
	if m.NoPrune {
		metav1.SetMetaDataAnnotation(&meta, resource.PruneAnnotation, "disabled")
	}
	return meta
}

// Identity is the JSON of adoption fields, with sorted keys.
func Identity(fields map[string]string) string {
	parts := make([]string, 0, len(fields))
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		parts = append(parts, strconv.Quote(key)+": "+strconv.Quote(fields[key]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// TagMap returns the tags in the shape of EKS and CloudWatch Logs.
func (m Meta) TagMap() map[string]*string {
	tags := make(map[string]*string, len(m.Tags))
	for key, value := range m.Tags {
		tags[key] = new(value)
	}
	return tags
}

// TagList returns the tags in the shape of a service that takes a list, sorted by key.
func TagList[T any](tags map[string]string, tag func(key, value string) *T) []*T {
	list := make([]*T, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, tag(key, tags[key]))
	}
	return list
}

// Named returns the tags with the tag Name, which the EC2 console shows.
func Named(tags map[string]string, name string) map[string]string {
	named := maps.Clone(tags)
	named["Name"] = name
	return named
}

// Ref references another ACK object of the same namespace.
func Ref(name string) *ackv1alpha1.AWSResourceReferenceWrapper {
	return &ackv1alpha1.AWSResourceReferenceWrapper{From: &ackv1alpha1.AWSResourceReference{Name: new(name)}}
}

// Refs references several objects, in the order given.
func Refs(names []string) []*ackv1alpha1.AWSResourceReferenceWrapper {
	refs := make([]*ackv1alpha1.AWSResourceReferenceWrapper, 0, len(names))
	for _, name := range names {
		refs = append(refs, Ref(name))
	}
	return refs
}

// Pointers returns pointers to the values; nil for none, so that an empty list is not written.
func Pointers[T any](values []T) []*T {
	if len(values) == 0 {
		return nil
	}
	pointers := make([]*T, 0, len(values))
	for _, value := range values {
		pointers = append(pointers, new(value))
	}
	return pointers
}

// Optional returns nil for the zero value, so that the field is not written.
func Optional[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return new(value)
}
