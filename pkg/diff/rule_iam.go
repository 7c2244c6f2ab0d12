package diff

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// iamRule finds permissions that grow.
func iamRule() Rule {
	return Rule{
		Name: "iam-widened",
		Doc:  "a role may do more, or more may take it",
		Why:  "Permissions are asked for when something does not work, and nobody asks to take them away again.",
		find: func(c *scoped) []Danger {
			if c.change.Group != iamGroup && c.change.Group != "kms.services.k8s.aws" || c.change.After == nil {
				return nil
			}
			var found []Danger
			for _, name := range documentNames(c.change.Before, c.change.After) {
				for _, message := range widened(documentAt(c.change.Before, name), documentAt(c.change.After, name), c.change.Before == nil) {
					found = append(found, Danger{Message: message, Field: "spec." + strings.Join(name, ".")})
				}
			}
			return append(append(found, administrates(&c.change)...), fieldDangers(c, widenedField)...)
		},
	}
}

// administrates tells of a new role that it has the policy for everything.
func administrates(c *Change) []Danger {
	for _, policy := range listAt(c.After, "spec", "policies") {
		if c.Before == nil && strings.HasSuffix(Value(policy), ":policy/AdministratorAccess") {
			return []Danger{{Message: "the role gets the policy " + Value(policy), Field: "spec.policies"}}
		}
	}
	return nil
}

// widenedField says how a field that is no document widens permissions, or nothing.
func widenedField(f Field) string {
	switch {
	case f.Name == "spec.policies" && f.After != nil:
		return "the role gets the policy " + Value(f.After)
	case f.Name == "spec.permissionsBoundary" && f.After == nil:
		return "the role loses its permissions boundary"
	case f.Name == "spec.permissionsBoundary" && f.Before != nil:
		return "the role gets another permissions boundary: " + transitionText(f)
	default:
		return ""
	}
}

// documentNames are the fields of a role or a key that hold policies, on one side or the other.
func documentNames(before, after map[string]any) [][]string {
	names := [][]string{{"assumeRolePolicyDocument"}, {"policyDocument"}, {"policy"}}
	inline := map[string]bool{}
	for _, object := range []map[string]any{before, after} {
		policies, _ := valueAt(object, "spec", "inlinePolicies").(map[string]any)
		for name := range policies {
			inline[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inline)) {
		names = append(names, []string{"inlinePolicies", name})
	}
	return names
}

// documentAt reads a policy of an object; one that is not there grants nothing.
func documentAt(object map[string]any, name []string) []grant {
	document, _ := parseDocument(textAt(object, append([]string{"spec"}, name...)...))
	var grants []grant
	statements, _ := longForm(document)["Statement"].([]any)
	for _, item := range statements {
		if statement, ok := item.(map[string]any); ok {
			grants = append(grants, grantsOf(statement)...)
		}
	}
	return grants
}

// widened says what is allowed now that was not before, and what is no longer denied. Of what is new only
// what is wide open is told.
func widened(before, after []grant, isNew bool) []string {
	allowed := slices.DeleteFunc(slices.Clone(after), func(g grant) bool {
		return !g.allow || isNew && !g.isWide() || slices.ContainsFunc(before, func(old grant) bool { return old.covers(g) })
	})
	denied := slices.DeleteFunc(slices.Clone(before), func(g grant) bool {
		return g.allow || slices.ContainsFunc(after, func(now grant) bool { return now.covers(g) })
	})
	found := slices.Concat(sentences("allows ", allowed), sentences("no longer denies ", denied))
	if len(found) > few {
		return append(found[:few], fmt.Sprintf("and %d more", len(found)-few))
	}
	return found
}

// sentences say what grants are, those that differ in one thing alone in one.
func sentences(verb string, grants []grant) []string {
	grants = joined(grants, func(g *grant) *string { return &g.action })
	grants = joined(grants, func(g *grant) *string { return &g.resource })
	grants = joined(grants, func(g *grant) *string { return &g.subject })
	var list []string
	for _, g := range grants {
		list = append(list, verb+g.String())
	}
	return list
}

// joined makes one grant of those that differ in nothing but one of their texts, which then lists them.
func joined(grants []grant, text func(*grant) *string) []grant {
	texts := map[grant][]string{}
	var list []grant
	for _, g := range grants {
		rest := g
		*text(&rest) = ""
		if texts[rest] == nil {
			list = append(list, rest)
		}
		texts[rest] = append(texts[rest], *text(&g))
	}
	for i, rest := range list {
		names, more := texts[rest], ""
		if len(names) > few {
			names, more = names[:few], fmt.Sprintf(" and %d more", len(names)-few)
		}
		*text(&list[i]) = strings.Join(names, ", ") + more
	}
	return list
}
