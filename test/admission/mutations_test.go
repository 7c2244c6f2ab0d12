package admission

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// TestEveryRuleIsNeeded: each rule of dev's policies, dropped, lets at least one attempt through that it refuses. So there is
// an attempt for each rule, and a test that fails when the rule is lost.
func TestEveryRuleIsNeeded(t *testing.T) {
	made, count := treeOf(t, "shortest"), 0
	// Without those of prod, which refuse some of it too.
	made.folders["flux/hub"] = slices.DeleteFunc(made.folders["flux/hub"], func(o object) bool {
		return strings.HasPrefix(o.GetName(), "fleet-prod.") && o.GetKind() == "ValidatingAdmissionPolicy"
	})
	for _, policy := range made.folders["flux/hub"] {
		if policy.GetKind() != "ValidatingAdmissionPolicy" {
			continue
		}
		rules, _, _ := unstructured.NestedSlice(policy.Object, "spec", "validations")
		for i := range rules {
			count++
			message := rules[i].(map[string]any)["message"].(string)
			t.Run(fmt.Sprintf("%s/%d", policy.GetName(), i), func(t *testing.T) {
				h := mutated(t, made, mutation{policy: nameOf(policy), rule: i})
				for _, a := range attempts() {
					if a.message != "" && strings.Contains(message, a.message) && a.run(t, h) == nil {
						return
					}
				}
				t.Errorf("without the rule %q nothing more gets through: it is not needed, or there is no attempt for it", message)
			})
		}
	}
	if count == 0 {
		t.Error("there are no rules")
	}
}

// nameOf is the name of a policy without its environment.
func nameOf(policy object) string {
	_, name, _ := strings.Cut(policy.GetName(), ".")
	return name
}

// mutation is what somebody could break, in the policies of all environments. Of rule -1, the whole policy goes.
type mutation struct {
	name, policy string
	rule         int
	// old becomes new in every text of the policies and roles.
	old, new string
	// opens is the attempt that gets through then.
	opens string
}

// TestMutations: what issue 11 names, and what the rules were before.
func TestMutations(t *testing.T) {
	made := treeOf(t, "shortest")
	for _, m := range []mutation{
		{name: "the RoleBinding rule", rule: -1, old: "request.resource.resource != 'rolebindings' ||", new: "true ||", opens: "binding: edit"},
		{name: "the Namespace rule", policy: "namespaces", rule: -1, opens: "rolebinding-escape: prod's AWS account"},
		{name: "the Namespace rule, and so the label", policy: "namespaces", rule: -1, opens: "rolebinding-escape: the label off"},
		{name: "the key list", rule: -1, old: "variables.data.all(k, k in ['cluster', 'provider', 'serviceAccountName'])", new: "true", opens: "kubeconfig: an address"},
		{name: "namespaces for the root's account only", rule: -1, old: " || object != null && object.metadata.?labels['environment'].orValue('') == 'dev' || oldObject != null && oldObject.metadata.?labels['environment'].orValue('') == 'dev'", new: "", opens: "rolebinding-escape: another AWS endpoint"},
		{name: "binding by name only", rule: -1, old: "object.roleRef.name == 'fleet-dev.cluster'", new: "true", opens: "binding: the environment's role, anew"},
		{name: "any partition", rule: -1, old: "^arn:aws:eks:", new: "^arn:[^:]+:eks:", opens: "kubeconfig: another partition"},
		{name: "any region", rule: -1, old: "^arn:aws:eks:[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}:", new: "^arn:aws:eks:[^:]+:", opens: "kubeconfig: a region with a line break"},
		{name: "lines", rule: -1, old: "'^arn:aws:eks:", new: "'(?m)^arn:aws:eks:", opens: "kubeconfig: a line before"},
		{name: "names of other environments' clusters", rule: -1, old: "!(variables.name in variables.taken0)", new: "true", opens: "namespace: prod's, before prod makes it"},
		{name: "the namespace of the sources", rule: -1, old: "|fleet-.*)$", new: ")$", opens: "namespace: of the sources, deleted"},
		{name: "the selector's deletion", policy: "selector-deletion", rule: -1, opens: "selector: deleted before its namespace"},
		{name: "policies that only write a log", rule: -1, old: "Deny", new: "Audit", opens: "Kustomization: another account"},
		{name: "depth of references", rule: -1, old: "dyn(v4.map(k, v4[k]))", new: "dyn([])", opens: "aws: prod's security group"},
		{name: "status by who may write everything", policy: "writes", rule: -1, opens: "aws: a status"},
	} {
		t.Run(m.name, func(t *testing.T) {
			all := attempts()
			i := slices.IndexFunc(all, func(a attempt) bool { return a.name == m.opens })
			if i < 0 {
				t.Fatalf("there is no attempt %q", m.opens)
			}
			if err := all[i].run(t, mutated(t, made, m)); err != nil {
				t.Errorf("%q is still refused: %v", m.opens, err)
			}
		})
	}
}

// mutated is the hub with a mutation. One that changes nothing is an error.
func mutated(t *testing.T, made tree, m mutation) *hub {
	t.Helper()
	h, changed := made.hub(t), false
	for id, o := range h.objects {
		switch {
		case m.old != "" && o.GetKind() != "Namespace":
			text := o.DeepCopy()
			if replaceIn(text.Object, m) {
				h.objects[id], changed = text, true
			}
		case m.policy == "" || o.GetKind() != "ValidatingAdmissionPolicy" || nameOf(*o) != m.policy:
		case m.rule < 0:
			delete(h.objects, id)
			changed = true
		default:
			h.objects[id], changed = without(t, o, m.rule), true
		}
	}
	if !changed {
		t.Fatal("the mutation changes nothing")
	}
	objects := make([]object, 0, len(h.objects))
	for _, o := range h.objects {
		objects = append(objects, *o)
	}
	return newHub(t, objects)
}

// without is the policy without one of its rules; the last becomes one that is always kept.
func without(t *testing.T, policy *object, rule int) *object {
	t.Helper()
	changed := policy.DeepCopy()
	rules, _, _ := unstructured.NestedSlice(changed.Object, "spec", "validations")
	rules[rule] = map[string]any{"expression": "true", "message": "dropped"}
	if err := unstructured.SetNestedSlice(changed.Object, rules, "spec", "validations"); err != nil {
		t.Fatal(err)
	}
	return changed
}

func replaceIn(value any, m mutation) bool {
	changed := false
	replace := func(v any, set func(string)) {
		if text, ok := v.(string); ok && strings.Contains(text, m.old) {
			set(strings.ReplaceAll(text, m.old, m.new))
			changed = true
		} else if replaceIn(v, m) {
			changed = true
		}
	}
	switch v := value.(type) {
	case map[string]any:
		for k := range v {
			replace(v[k], func(s string) { v[k] = s })
		}
	case []any:
		for i := range v {
			replace(v[i], func(s string) { v[i] = s })
		}
	}
	return changed
}
