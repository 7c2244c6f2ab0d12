package diff

import (
	"cmp"
	"slices"
	"strings"
)

// fill puts the changes into the report: counted, dangers found, and those that are the same told once.
func (r *Report) fill(changes []scoped, found []cause) {
	for i := range changes {
		changes[i].change.Dangers = dangersOf(&changes[i])
	}
	r.Summary = count(changes)
	r.Sections = group(changes)
	r.Dangers = gather(r.Summary, r.Sections)
	r.Causes = assign(found, r.Summary)
}

// count adds up what changes in each scope.
func count(changes []scoped) []Count {
	counts := map[Scope]*Count{}
	for _, c := range changes {
		n := counts[c.Scope]
		if n == nil {
			n = &Count{Scope: c.Scope, Outcomes: map[Outcome]int{}}
			counts[c.Scope] = n
		}
		n.Protected = n.Protected || c.protected
		n.Outcomes[c.change.Outcome]++
		n.Dangers += len(c.change.Dangers)
		switch {
		case c.change.Before == nil:
			n.Added++
		case c.change.After == nil:
			n.Removed++
		default:
			n.Changed++
		}
	}
	list := make([]Count, 0, len(counts))
	for _, n := range counts {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Count) int { return a.compare(b.Scope) })
	return list
}

// group tells changes that are the same in several clusters once. Changes that hold for the same clusters make a
// section, in the order in which they were found.
func group(changes []scoped) []Section {
	sections := map[string]*Section{}
	var list []*Section
	for _, e := range mergeAlike(sharedChanges(changes)) {
		slices.SortFunc(e.scopes, Scope.compare)
		key := scopeKey(e.scopes)
		s := sections[key]
		if s == nil {
			s = &Section{Scopes: e.scopes}
			sections[key] = s
			list = append(list, s)
		}
		s.Changes = append(s.Changes, e.change)
	}
	slices.SortStableFunc(list, func(a, b *Section) int {
		return cmp.Or(cmp.Compare(len(b.Scopes), len(a.Scopes)), a.Scopes[0].compare(b.Scopes[0]))
	})
	sorted := make([]Section, 0, len(list))
	for _, s := range list {
		sorted = append(sorted, *s)
	}
	return sorted
}

func scopeKey(scopes []Scope) string {
	var b strings.Builder
	for _, s := range scopes {
		b.WriteString(s.String() + "\n")
	}
	return b.String()
}
