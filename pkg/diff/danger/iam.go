package danger

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// iamRule finds permissions that grow.
func iamRule() Rule {
	return Rule{
		Name: "iam-widened",
		Doc:  "an IAM role may do more, or more principals may assume it",
		Why:  "Permissions are added when something does not work, and rarely removed again.",
		find: func(c *change.Scoped) []change.Danger {
			if found := templateRoles(&c.Change); len(found) > 0 {
				return found
			}
			if c.Change.Group != manifest.IAMGroup && c.Change.Group != manifest.KMSGroup || c.Change.After == nil {
				return nil
			}
			var found []change.Danger
			for _, name := range documentNames(c.Change.Before, c.Change.After) {
				for _, message := range widened(documentAt(c.Change.Before, name), documentAt(c.Change.After, name), c.Change.Before == nil) {
					found = append(found, change.Danger{Message: message, Field: "spec." + strings.Join(name, ".")})
				}
			}
			return append(append(found, administrates(&c.Change)...), fieldDangers(c, widenedField)...)
		},
	}
}

// administrates reports that a new role has the policy for everything.
func administrates(c *change.Change) []change.Danger {
	for _, policy := range manifest.ListAt(c.After, "spec", "policies") {
		if c.Before == nil && strings.HasSuffix(change.Value(policy), ":policy/AdministratorAccess") {
			return []change.Danger{{Message: "the role gets the policy " + change.Value(policy), Field: "spec.policies"}}
		}
	}
	return nil
}

// widenedField says how a field that is no document widens permissions, or nothing.
func widenedField(f change.Field) string {
	switch {
	case f.Name == "spec.policies" && f.After != nil:
		return "the role gets the policy " + change.Value(f.After)
	case f.Name == "spec.permissionsBoundary" && f.After == nil:
		return "the role loses its permissions boundary"
	case f.Name == "spec.permissionsBoundary" && f.Before != nil:
		return "the role gets another permissions boundary: " + change.Transition(f)
	default:
		return ""
	}
}

// documentNames are the fields of a role or a key that hold policies, on one side or the other.
func documentNames(before, after map[string]any) [][]string {
	names := [][]string{{"assumeRolePolicyDocument"}, {"policyDocument"}, {"policy"}}
	inline := map[string]bool{}
	for _, object := range []map[string]any{before, after} {
		policies, _ := manifest.ValueAt(object, "spec", "inlinePolicies").(map[string]any)
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
	document, _ := change.ParseDocument(manifest.TextAt(object, append([]string{"spec"}, name...)...))
	var grants []grant
	statements, _ := change.LongForm(document)["Statement"].([]any)
	for _, item := range statements {
		if statement, ok := item.(map[string]any); ok {
			grants = append(grants, grantsOf(statement)...)
		}
	}
	return grants
}

// widened says what is allowed now that was not before, and what is no longer denied. Of what is new only
// what is wide open is reported.
func widened(before, after []grant, isNew bool) []string {
	allowed := slices.DeleteFunc(slices.Clone(after), func(g grant) bool {
		return !g.allow || isNew && !g.isWide() || slices.ContainsFunc(before, func(old grant) bool { return old.covers(g) })
	})
	denied := slices.DeleteFunc(slices.Clone(before), func(g grant) bool {
		return g.allow || slices.ContainsFunc(after, func(now grant) bool { return now.covers(g) })
	})
	found := slices.Concat(sentences("allows ", allowed), sentences("no longer denies ", denied))
	if len(found) > change.Few {
		return append(found[:change.Few], fmt.Sprintf("and %d more", len(found)-change.Few))
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
		if len(names) > change.Few {
			names, more = names[:change.Few], fmt.Sprintf(" and %d more", len(names)-change.Few)
		}
		*text(&list[i]) = strings.Join(names, ", ") + more
	}
	return list
}
