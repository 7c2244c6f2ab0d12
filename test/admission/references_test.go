package admission

import (
	"slices"
	"strings"
	"testing"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"eks-auto-gitops/pkg/schema"
)

// TestEveryReference: of every ACK kind that an environment may write, every field that names an object of a namespace on the
// hub, as its CRD has it, is refused when it names another namespace, and let in when it names its own.
func TestEveryReference(t *testing.T) {
	set, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	h, count := treeOf(t, "shortest").hub(t), 0
	for _, kind := range set.Kinds() {
		if !strings.HasSuffix(kind.Group, "services.k8s.aws") || kind.Kind == "IAMRoleSelector" {
			continue
		}
		spec := set.Schema(kind).Properties["spec"]
		for _, path := range references(spec, []string{"spec"}) {
			count++
			for _, namespace := range []string{"dev-1", "prod-1"} {
				o := object{Object: map[string]any{"apiVersion": kind.GroupVersion().String(), "kind": kind.Kind}}
				o.Object["spec"] = nested(path[1:], namespace)
				if kind.Kind == "FieldExport" && path[1] != "to" {
					o.Object["spec"].(map[string]any)["to"] = map[string]any{"name": "x"}
				}
				o.SetNamespace("dev-1")
				o.SetName("detour")
				err := h.fork().apply(stage, &o)
				if own := namespace == "dev-1"; own != (err == nil) {
					t.Errorf("%s %s with the namespace %s: %v", kind.Kind, strings.Join(path, "."), namespace, err)
				}
			}
		}
	}
	if count < 50 {
		t.Errorf("there are %d references, and more than 50 are known", count)
	}
}

// references are the ways to each namespace that stands beside the name of an object.
func references(s apiextensionsv1.JSONSchemaProps, path []string) [][]string {
	var found [][]string
	_, named := s.Properties["name"]
	if _, ok := s.Properties["namespace"]; ok && named {
		found = append(found, append(slices.Clone(path), "namespace"))
	}
	for name, inner := range s.Properties {
		found = append(found, references(inner, append(slices.Clone(path), name))...)
	}
	if s.Items != nil && s.Items.Schema != nil {
		found = append(found, references(*s.Items.Schema, append(slices.Clone(path), "[]"))...)
	}
	return found
}

// nested is an object with one value, behind the path.
func nested(path []string, value any) any {
	switch {
	case len(path) == 0:
		return value
	case path[0] == "[]":
		return []any{nested(path[1:], value)}
	default:
		return map[string]any{path[0]: nested(path[1:], value)}
	}
}
