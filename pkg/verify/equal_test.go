package verify_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/manifest"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"eks-auto-gitops/internal/crdtest"
	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/schema"
)

// TestEmbeddedIsLikeTheRealCRDs: in every field that a golden tree has, the CRDs that are built in say the same as
// those of the projects themselves: type, limits, list of values, rules, defaults and what is required. Rules on
// what may change are left out: nothing changes in a tree.
func TestEmbeddedIsLikeTheRealCRDs(t *testing.T) {
	real := crdtest.Require(t, "that the CRDs that are built in are those of the projects")
	crds := embedded(t)
	compared, seen := map[string]bool{}, map[string]bool{}
	for _, c := range golden.WithShipped(t) {
		tree, err := manifest.Load(filesOf(t, c), crds)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range tree.Builds {
			for _, o := range b.Objects {
				gvk := schema.KindOf(o.Content)
				if crds.Has(gvk) && real.Has(gvk) {
					compared[gvk.String()] = true
					same(t, seen, gvk.Kind, o.Content["spec"], at(crds.Schema(gvk), "spec"), at(real.Schema(gvk), "spec"))
				}
			}
		}
	}
	if len(compared) < 20 {
		t.Errorf("only %d kinds were compared", len(compared))
	}
}

// oneOfRoleAndProfile is how controller-gen writes for a NodeClass what EKS writes as oneOf.
const oneOfRoleAndProfile = "[has(self.role),has(self.instanceProfile)].filter(x,x==true).size() == 1"

func at(props *apiextensionsv1.JSONSchemaProps, key string) *apiextensionsv1.JSONSchemaProps {
	switch inner, ok := props.Properties[key]; {
	case ok:
		return &inner
	case props.AdditionalProperties != nil:
		return props.AdditionalProperties.Schema
	}
	return nil
}

// same compares what two schemas say about a value and all that is in it.
func same(t *testing.T, seen map[string]bool, path string, value any, ours, theirs *apiextensionsv1.JSONSchemaProps) {
	t.Helper()
	if ours == nil || theirs == nil {
		if (ours == nil) != (theirs == nil) {
			t.Errorf("%s: only one of the two has it", path)
		}
		return
	}
	if a, b := says(t, ours), says(t, theirs); a != b && !seen[path] {
		t.Errorf("%s:\n  built in: %s\n  real:     %s", path, a, b)
	}
	seen[path] = true
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			same(t, seen, path+"."+key, v[key], at(ours, key), at(theirs, key))
		}
	case []any:
		for _, item := range v {
			if ours.Items != nil && theirs.Items != nil {
				same(t, seen, path+"[]", item, ours.Items.Schema, theirs.Items.Schema)
			}
		}
	}
}

// says is what a schema says about a value itself, leaving out what is in it and what is only for people.
func says(t *testing.T, props *apiextensionsv1.JSONSchemaProps) string {
	t.Helper()
	flat := props.DeepCopy()
	flat.Description, flat.Properties, flat.Items, flat.AdditionalProperties, flat.Example = "", nil, nil, nil, nil
	slices.Sort(flat.Required)
	flat.XValidations = slices.DeleteFunc(flat.XValidations, func(rule apiextensionsv1.ValidationRule) bool {
		return strings.Contains(rule.Rule, "oldSelf") || rule.Rule == oneOfRoleAndProfile
	})
	for i := range flat.XValidations {
		flat.XValidations[i].Rule = strings.ReplaceAll(flat.XValidations[i].Rule, `"`, "'")
	}
	if len(flat.XValidations) == 0 {
		flat.XValidations = nil
	}
	if len(flat.OneOf) == 2 && slices.Equal(flat.OneOf[0].Required, []string{"role"}) {
		flat.OneOf = nil
	}
	text, err := json.Marshal(flat)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}
