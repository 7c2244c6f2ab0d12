package patches

import (
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/schema"
)

// TestImmutableFieldsExist: every field in the table is one that its kind has, and every kind of the table one that is
// known; a misspelt field would never be found to change.
func TestImmutableFieldsExist(t *testing.T) {
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]apischema.GroupVersionKind{}
	for _, gvk := range crds.Kinds() {
		kinds[gvk.GroupKind().String()] = gvk
	}
	count := 0
	for name, gvk := range kinds {
		for _, fixed := range immutableFields(name) {
			count++
			props := crds.Schema(gvk)
			for _, key := range slices.DeleteFunc(manifest.KeysOf(fixed.field), manifest.IsNumber) {
				inner, ok := props.Properties[key]
				if !ok {
					t.Errorf("%s has no field %s", name, fixed.field)
					break
				}
				props = &inner
			}
			if fixed.why == "" || !strings.HasPrefix(fixed.field, "spec.") {
				t.Errorf("%s: %s: why is %q", name, fixed.field, fixed.why)
			}
		}
	}
	if count < 45 {
		t.Errorf("only %d fields of kinds that are known", count)
	}
}
