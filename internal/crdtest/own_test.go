package crdtest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/crdtest"
)

// ownCRD has one of each thing that an API server checks, so that these tests need no data from elsewhere.
const ownCRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boxes.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Box, plural: boxes}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              x-kubernetes-validations:
                - {rule: self.size <= self.limit, message: size is above the limit}
              properties:
                size: {type: integer, minimum: 1}
                limit: {type: integer, default: 10}
                colour: {type: string, enum: [red, blue]}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                names: {type: array, items: {type: string}, x-kubernetes-list-type: set}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: something-else}
`

func ownSet(tb testing.TB) *crdtest.Set {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "box.yaml"), []byte(ownCRD), 0o600); err != nil {
		tb.Fatal(err)
	}
	set, err := crdtest.Load(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

func parse(tb testing.TB, text string) map[string]any {
	tb.Helper()
	obj := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &obj); err != nil {
		tb.Fatal(err)
	}
	return obj
}

// box is a Box with the given rest of its metadata and its spec.
func box(meta, spec string) string {
	return "{apiVersion: example.com/v1, kind: Box, metadata: {name: a" + meta + "}, spec: " + spec + "}"
}

func TestValidate(t *testing.T) {
	t.Parallel()
	set := ownSet(t)
	for name, c := range map[string]struct {
		object string
		want   []string // a part of each fault, in order
	}{
		"good":                  {box("", "{size: 3, colour: red, free: {any: 1}, names: [a, b]}"), nil},
		"null is left out":      {box("", "{size: 3, colour: null}"), nil},
		"missing":               {box("", "{}"), []string{"spec.size: Required value"}},
		"wrong type":            {box("", "{size: big}"), []string{`must be of type integer: "string"`}},
		"too small":             {box("", "{size: 0}"), []string{"should be greater than or equal to 1"}},
		"not in the list":       {box("", "{size: 3, colour: green}"), []string{`spec.colour: Unsupported value: "green"`}},
		"twice in a set":        {box("", "{size: 3, names: [a, a]}"), []string{`spec.names[1]: Duplicate value: "a"`}},
		"rule with a default":   {box("", "{size: 11}"), []string{"size is above the limit"}},
		"unknown fields":        {box("", "{size: 3, b: 1, a: 1}"), []string{`unknown field "spec.a"`, `unknown field "spec.b"`}},
		"unknown and a rule":    {box("", "{size: 11, a: 1}"), []string{"size is above the limit", `unknown field "spec.a"`}},
		"unknown at the root":   {"{apiVersion: example.com/v1, kind: Box, metadata: {name: a}, spce: {}}", []string{`unknown field "spce"`}},
		"unknown metadata":      {box(", lables: {a: b}", "{size: 3}"), []string{`unknown field "metadata.lables"`}},
		"label of a wrong type": {box(", labels: {a: 1}", "{size: 3}"), []string{"cannot unmarshal number"}},
		"bad label":             {box(", labels: {a: b c}", "{size: 3}"), []string{"metadata.labels: Invalid value"}},
		"no name":               {"{apiVersion: example.com/v1, kind: Box, spec: {size: 3}}", []string{"name or generateName is required"}},
		"no CRD":                {"{apiVersion: example.com/v2, kind: Box}", []string{"no CRD for example.com/v2, Kind=Box"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expect(t, set.Validate(parse(t, c.object)), c.want)
		})
	}
}

// expect compares faults with a part of each.
func expect(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.EqualFunc(got, want, strings.Contains) {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The object given is neither defaulted nor pruned, and whole numbers of any Go type are integers.
func TestValidateLeavesTheObject(t *testing.T) {
	t.Parallel()
	spec := map[string]any{"size": 3, "unknown": float64(1)}
	obj := map[string]any{"apiVersion": "example.com/v1", "kind": "Box", "metadata": map[string]any{"name": "a"}, "spec": spec}
	expect(t, ownSet(t).Validate(obj), []string{`unknown field "spec.unknown"`})
	if len(spec) != 2 || spec["size"] != 3 {
		t.Errorf("the object was changed: %v", obj)
	}
}

func TestValidateConcurrently(t *testing.T) {
	t.Parallel()
	set := ownSet(t)
	good, bad := parse(t, box("", "{size: 3}")), parse(t, box("", "{size: 11, x: 1}"))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				if n := len(set.Validate(good)); n != 0 {
					t.Errorf("%d faults in the good object", n)
				}
				if n := len(set.Validate(bad)); n != 2 {
					t.Errorf("%d faults in the bad object", n)
				}
			}
		})
	}
	group.Wait()
}

func TestHas(t *testing.T) {
	t.Parallel()
	set := ownSet(t)
	if !set.Has(schema.GroupVersionKind{Group: "example.com", Version: "v1", Kind: "Box"}) {
		t.Error("Box is missing")
	}
	if set.Has(schema.GroupVersionKind{Version: "v1", Kind: "ConfigMap"}) {
		t.Error("ConfigMap has no CRD")
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	if _, err := crdtest.Load(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing folder is no error")
	}
	if _, err := crdtest.Load(t.TempDir()); err == nil {
		t.Error("an empty folder is no error")
	}
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(ownCRD), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := crdtest.Load(dir); err == nil || !strings.Contains(err.Error(), "defined twice") {
		t.Errorf("the same kind twice: %v", err)
	}
}

func TestFindNamedFolder(t *testing.T) {
	t.Setenv(crdtest.EnvDir, "some/folder")
	if dir, ok := crdtest.Find(); dir != "some/folder" || !ok {
		t.Errorf("got %q, %t", dir, ok)
	}
}
