// Package danger finds what a reviewer must not miss in a change.
//
// In: changes with their outcomes. Out: dangers, each with the rule that found it. Each rule is one file.
package danger

import (
	"eks-auto-gitops/pkg/diff/change"
)

// A Rule finds one kind of danger. Each is one file.
type Rule struct {
	// Name is what the user calls it by, Doc one sentence on what it finds, and Why says what can happen.
	Name, Doc, Why string
	// find looks at one change.
	find func(*change.Scoped) []change.Danger
	// count looks at all that changes in a scope.
	count func(change.Count) []change.Danger
}

// fieldDangers makes a danger of every field for which is says why. A field that no controller acts on endangers nothing
// but the truth of the tree, which is a rule of its own.
func fieldDangers(c *change.Scoped, is func(f change.Field) string) []change.Danger {
	var found []change.Danger
	for _, f := range c.Change.Fields {
		if f.Outcome == change.Ignored {
			continue
		}
		if message := is(f); message != "" {
			found = append(found, change.Danger{Message: message, Field: f.Path})
		}
	}
	return found
}
