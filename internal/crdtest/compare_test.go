package crdtest_test

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

type goodBox struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitzero"`
	Spec              *goodSpec `json:"spec,omitempty"`
}

type goodSpec struct {
	Size   int            `json:"size"`
	Limit  *int64         `json:"limit,omitempty"`
	Colour string         `json:"colour,omitempty"`
	Free   map[string]any `json:"free,omitempty"`
	Names  []string       `json:"names,omitempty"`
}

type badBox struct {
	Spec struct {
		Size   *string        `json:"size,omitempty"`
		Limit  int            `json:"limit"`
		Color  string         `json:"color,omitempty"`
		Free   map[string]any `json:"free,omitempty"`
		Names  []int          `json:"names,omitempty"`
		hidden bool           `json:"-"`
	} `json:"spec"`
	Extra string `json:"extra,omitempty"`
}

func TestCompare(t *testing.T) {
	t.Parallel()
	set := ownSet(t)
	gvk := schema.GroupVersionKind{Group: "example.com", Version: "v1", Kind: "Box"}
	expect(t, set.Compare(gvk, &goodBox{}), nil)
	expect(t, set.Compare(gvk, &badBox{}), []string{
		"extra: the CRD has no such field",
		"spec.color: the CRD has no such field",
		"spec.colour: Go type",
		"spec.limit: the CRD does not require it",
		"spec.names[]: the CRD has type string, Go type int makes integer",
		"spec.size: the CRD has type integer, Go type string makes string",
		"spec.size: the CRD requires it",
		"spec: the CRD does not require it",
	})
	expect(t, set.Compare(gvk.GroupVersion().WithKind("Crate"), &goodBox{}), []string{"no CRD for"})
}
