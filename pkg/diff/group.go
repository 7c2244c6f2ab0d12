package diff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// fill puts the changes into the report: counted, dangers found, and those that are the same told once.
func (r *Report) fill(changes []scoped) {
	for i := range changes {
		changes[i].change.Dangers = dangersOf(&changes[i])
	}
	r.Summary = count(changes)
	r.Sections = group(changes)
	r.Dangers = gather(r.Summary, r.Sections)
	r.Causes = assign(r.Causes, r.Summary)
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

// unnamed writes the placeholder for every whole word that is the cluster's name.
func unnamed(text, cluster string) string {
	if cluster == "" {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, cluster)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := i + len(cluster)
		if i > 0 && isWordByte(text[i-1]) || end < len(text) && isWordByte(text[end]) {
			b.WriteString(text[:end])
		} else {
			b.WriteString(text[:i] + Placeholder)
		}
		text = text[end:]
	}
}

func isWordByte(c byte) bool { return unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) }

// neutral is a change with the placeholder for the cluster's name.
func neutral(c Change, cluster string) Change {
	put := func(text string) string { return unnamed(text, cluster) }
	c.Namespace, c.Name, c.Folder, c.Why = put(c.Namespace), put(c.Name), put(c.Folder), put(c.Why)
	c.Before, _ = neutralValue(c.Before, put).(map[string]any)
	c.After, _ = neutralValue(c.After, put).(map[string]any)
	c.Fields = slices.Clone(c.Fields)
	for i, f := range c.Fields {
		f.Path, f.Name, f.Why = put(f.Path), put(f.Name), put(f.Why)
		f.Before, f.After = neutralValue(f.Before, put), neutralValue(f.After, put)
		c.Fields[i] = f
	}
	c.Dangers = slices.Clone(c.Dangers)
	for i, d := range c.Dangers {
		c.Dangers[i] = d.neutral(cluster)
	}
	return c
}

// neutralValue copies a value with every text changed by put.
func neutralValue(value any, put func(string) string) any {
	switch v := value.(type) {
	case string:
		return put(v)
	case map[string]any:
		if v == nil {
			return nil
		}
		fields := make(map[string]any, len(v))
		for key, inner := range v {
			fields[put(key)] = neutralValue(inner, put)
		}
		return fields
	case []any:
		list := make([]any, 0, len(v))
		for _, inner := range v {
			list = append(list, neutralValue(inner, put))
		}
		return list
	default:
		return value
	}
}
