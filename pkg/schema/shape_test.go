package schema

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// TestKnownToBeValid changes every value of objects of every kind, one at a time, and asks twice: a set that has seen
// the valid object, and one that has seen nothing. Both must say the same of every change.
func TestKnownToBeValid(t *testing.T) {
	seen, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	perKind := map[string]int{}
	changes, differ := 0, 0
	for _, object := range goldenObjects(t) {
		kind := KindOf(object).String()
		if !seen.Has(KindOf(object)) || perKind[kind] > 0 {
			continue
		}
		perKind[kind]++
		if faults := seen.Validate(object); len(faults) > 0 {
			t.Fatalf("%s: %v", kind, faults)
		}
		for _, value := range []any{"", "Not A Name!", int64(-1), nil, []any{"a", "a"}} {
			everyChange(object, value, func() {
				changes++
				got, want := seen.Validate(object), seen.afresh(t, object)
				if len(want) > 0 {
					differ++
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s with %v: got %v, want %v", kind, value, got, want)
				}
			})
		}
	}
	if len(perKind) < 25 || changes < 3_000 || differ < changes/4 {
		t.Errorf("only %d kinds, %d changes, %d of them faults", len(perKind), changes, differ)
	}
}

// afresh validates without what is known of other objects.
func (s *Set) afresh(t *testing.T, object map[string]any) []Fault {
	t.Helper()
	v, err := s.kinds[KindOf(object)].compile()
	if err != nil {
		t.Fatal(err)
	}
	own, err := normal(object)
	if err != nil {
		t.Fatal(err)
	}
	faults := v.validate(own)
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(faults)
}

// everyChange sets each value inside of an object, and a field that is not there, and puts back what was there.
func everyChange(value, to any, test func()) {
	switch v := value.(type) {
	case map[string]any:
		for key, old := range v {
			if key == "apiVersion" || key == "kind" {
				continue
			}
			v[key] = to
			test()
			v[key] = old
			everyChange(old, to, test)
		}
		v["surplus"] = to
		test()
		delete(v, "surplus")
	case []any:
		for i, old := range v {
			v[i] = to
			test()
			v[i] = old
			everyChange(old, to, test)
		}
	}
}

// goldenObjects are the objects in the golden trees.
func goldenObjects(t *testing.T) []map[string]any {
	t.Helper()
	var all []map[string]any
	for _, tree := range []string{"every-field", "irsa", "releases", "per-zone-nat"} {
		root := filepath.Join("..", "..", "testdata", "golden", tree, "want")
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".yaml" || filepath.Base(name) == "kustomization.yaml" {
				return err
			}
			file, err := os.Open(name)
			if err != nil {
				return err
			}
			defer file.Close() //nolint:errcheck // it was only read
			documents := utilyaml.NewYAMLToJSONDecoder(file)
			for {
				object := map[string]any{}
				if documents.Decode(&object) != nil {
					return nil
				}
				if meta, _ := object["metadata"].(map[string]any); meta["name"] != nil && object["spec"] != nil && !isPatch(name) {
					own, err := normal(object)
					if err != nil {
						return err
					}
					all = append(all, own)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// isPatch reports whether a file has patches of a base and no whole objects.
func isPatch(name string) bool {
	text, err := os.ReadFile(filepath.Join(filepath.Dir(name), "kustomization.yaml"))
	return err == nil && strings.Contains(string(text), "patches:")
}
