// Package resource holds Kubernetes objects of any kind.
//
// In: typed objects of any API. Out: their identity, sets of them without duplicates, and
// their canonical YAML. It imports nothing of this module.
package resource

import (
	"fmt"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Object is a typed Kubernetes object whose TypeMeta is filled in.
type Object interface {
	metav1.Object
	runtime.Object
}

// ID identifies an object in an API server.
type ID struct {
	Group, Kind, Namespace, Name string
}

// String is kind.group namespace/name, for messages.
func (id ID) String() string {
	kind := schema.GroupKind{Group: id.Group, Kind: id.Kind}.String()
	if id.Namespace == "" {
		return kind + " " + id.Name
	}
	return kind + " " + id.Namespace + "/" + id.Name
}

// IDOf returns the identity of o.
func IDOf(o Object) ID {
	gvk := o.GetObjectKind().GroupVersionKind()
	return ID{Group: gvk.Group, Kind: gvk.Kind, Namespace: o.GetNamespace(), Name: o.GetName()}
}

// Slug makes of any text what may stand in a Kubernetes name: lower-case letters and digits, everything else
// a hyphen, none at the ends. It may be empty.
func Slug(text string) string {
	mapped := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(text))
	return strings.Trim(mapped, "-")
}

// Set is a list of objects, each at most once. The zero value is ready for use.
type Set struct {
	objects []Object
	seen    map[ID]bool
}

// Add appends objects. An object without kind or name, and one that the set already holds, is an error.
func (s *Set) Add(objects ...Object) error {
	if s.seen == nil {
		s.seen = map[ID]bool{}
	}
	for _, o := range objects {
		id := IDOf(o)
		if id.Kind == "" || id.Name == "" {
			return fmt.Errorf("object of type %T has no kind or no name", o)
		}
		if s.seen[id] {
			return fmt.Errorf("%s is made twice", id)
		}
		s.seen[id] = true
		s.objects = append(s.objects, o)
	}
	return nil
}

// Objects returns the objects in the order in which they were added.
func (s *Set) Objects() []Object { return s.objects }
