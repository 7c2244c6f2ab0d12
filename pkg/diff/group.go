package diff

import (
	"cmp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/danger"
)

// fill puts the changes into the report: counted, with their dangers, and identical ones grouped.
func fill(r *change.Report, changes []change.Scoped, found []cause) {
	for i := range changes {
		changes[i].Change.Dangers = danger.Of(&changes[i])
	}
	r.Summary = count(changes)
	r.Sections = group(changes)
	r.Dangers = danger.Gather(r.Summary, r.Sections)
	r.Causes = assign(found, r.Summary)
}

// count adds up what changes in each scope.
func count(changes []change.Scoped) []change.Count {
	counts := map[change.Scope]*change.Count{}
	for _, c := range changes {
		n := counts[c.Scope]
		if n == nil {
			n = &change.Count{Scope: c.Scope, Outcomes: map[change.Outcome]int{}}
			counts[c.Scope] = n
		}
		n.Protected, n.Unprotected = n.Protected || c.Protected, n.Unprotected || c.Unprotected
		n.Outcomes[c.Change.Outcome]++
		n.Dangers += len(c.Change.Dangers)
		switch {
		case c.Change.Before == nil:
			n.Added++
		case c.Change.After == nil:
			n.Removed++
		default:
			n.Changed++
		}
	}
	list := make([]change.Count, 0, len(counts))
	for _, n := range counts {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b change.Count) int { return a.Compare(b.Scope) })
	return list
}

// group merges changes that are the same in several clusters. Changes that hold for the same clusters make a
// section, in the order in which they were found.
func group(changes []change.Scoped) []change.Section {
	sections := map[string]*change.Section{}
	var list []*change.Section
	for _, e := range mergeAlike(sharedChanges(changes)) {
		slices.SortFunc(e.scopes, change.Scope.Compare)
		key := scopeKey(e.scopes)
		s := sections[key]
		if s == nil {
			s = &change.Section{Scopes: e.scopes}
			sections[key] = s
			list = append(list, s)
		}
		s.Changes = append(s.Changes, e.change)
	}
	slices.SortStableFunc(list, func(a, b *change.Section) int {
		return cmp.Or(cmp.Compare(len(b.Scopes), len(a.Scopes)), a.Scopes[0].Compare(b.Scopes[0]))
	})
	sorted := make([]change.Section, 0, len(list))
	for _, s := range list {
		sorted = append(sorted, *s)
	}
	return sorted
}

func scopeKey(scopes []change.Scope) string {
	var b strings.Builder
	for _, s := range scopes {
		b.WriteString(s.String() + "\n")
	}
	return b.String()
}
