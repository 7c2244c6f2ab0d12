// Package schema validates objects against their CRDs, as an API server does.
//
// In: the CRDs built into gen, or those of a folder. Out: the problems of an object, each with its field.
// It imports nothing of this module.
package schema

import (
	"maps"
	"slices"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// A Set holds CRDs by the kinds that they define. It may be used by several goroutines at once.
type Set struct {
	kinds map[apischema.GroupVersionKind]*kind
}

// kind is one served version of a CRD.
type kind struct {
	schema     *apiextensionsv1.JSONSchemaProps
	namespaced bool
	// plural is what the API calls its objects, and RBAC with it.
	plural string
	// compile makes the validator on first use and keeps it.
	compile func() (*validator, error)
}

// A Fault is what an API server would refuse. Source: Kubernetes, API Concepts, Field validation.
type Fault struct {
	// Field is the way to it, such as spec.requirements[1].key; empty for the object as a whole.
	Field string
	// Detail is what is wrong, in the words of Kubernetes.
	Detail string
	// Unknown is set when the kind has no such field.
	Unknown bool
}

// String is the fault as an API server prints it.
func (f Fault) String() string {
	switch {
	case f.Unknown:
		return `unknown field "` + f.Field + `"`
	case f.Field == "":
		return f.Detail
	}
	return f.Field + ": " + f.Detail
}

// Has reports whether there is a CRD that serves the kind.
func (s *Set) Has(gvk apischema.GroupVersionKind) bool { return s.kinds[gvk] != nil }

// HasGroup reports whether there is a CRD of the group.
func (s *Set) HasGroup(group string) bool {
	for gvk := range s.kinds {
		if gvk.Group == group {
			return true
		}
	}
	return false
}

// Kinds are the kinds that are served, sorted.
func (s *Set) Kinds() []apischema.GroupVersionKind {
	return slices.SortedFunc(maps.Keys(s.kinds), func(a, b apischema.GroupVersionKind) int {
		switch x, y := a.String(), b.String(); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
}

// Namespaced reports whether objects of the kind live in a namespace.
func (s *Set) Namespaced(gvk apischema.GroupVersionKind) bool {
	return s.kinds[gvk] != nil && s.kinds[gvk].namespaced
}

// Resource is what the API, and RBAC with it, calls objects of the kind, such as nodepools; guessed from the kind if there
// is no CRD of it.
func (s *Set) Resource(gvk apischema.GroupVersionKind) string {
	if k := s.kinds[gvk]; k != nil {
		return k.plural
	}
	plural, _ := meta.UnsafeGuessKindToResource(gvk)
	return plural.Resource
}

// Schema returns the OpenAPI schema of the kind, or nil. The caller must not change it.
func (s *Set) Schema(gvk apischema.GroupVersionKind) *apiextensionsv1.JSONSchemaProps {
	if k := s.kinds[gvk]; k != nil {
		return k.schema
	}
	return nil
}

// Merge returns a set with the kinds of both; where both have a kind, that of other counts.
func (s *Set) Merge(other *Set) *Set {
	both := &Set{kinds: maps.Clone(s.kinds)}
	maps.Copy(both.kinds, other.kinds)
	return both
}
