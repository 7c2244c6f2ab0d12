package schema_test

import (
	"maps"
	"testing"
)

// TestValidateUpdate: a rule on oldSelf is held where a field changes, and rules that are broken anyway are not told again.
func TestValidateUpdate(t *testing.T) {
	t.Parallel()
	class := func(role string) map[string]any {
		term := []any{map[string]any{"tags": map[string]any{"Cluster": "dev-1"}}}
		return map[string]any{
			"apiVersion": "eks.amazonaws.com/v1", "kind": "NodeClass", "metadata": map[string]any{"name": "standard"},
			"spec": map[string]any{"role": role, "subnetSelectorTerms": term, "securityGroupSelectorTerms": term},
		}
	}
	set := embedded(t)
	faults := set.ValidateUpdate(class("one"), class("two"))
	if len(faults) != 1 || faults[0].Field != "spec.role" || faults[0].Detail != "immutable field changed" {
		t.Errorf("a change of the role: %v", faults)
	}
	if faults := set.ValidateUpdate(class("one"), class("one")); len(faults) != 0 {
		t.Errorf("no change: %v", faults)
	}
	broken := class("one")
	broken["spec"].(map[string]any)["tags"] = map[string]any{"karpenter.sh/nodepool": "x"}
	if faults := set.ValidateUpdate(broken, broken); len(faults) != 0 {
		t.Errorf("a rule that is broken before and after: %v", faults)
	}
	other := maps.Clone(class("one"))
	other["kind"] = "NodePool"
	if faults := set.ValidateUpdate(class("one"), other); len(faults) != 0 {
		t.Errorf("another kind: %v", faults)
	}
}
