package report

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/layout"
)

// number is a number and its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// headline is the whole report in a line.
func headline(r *change.Report) string {
	total := total(r.Summary)
	clusters := 0
	for _, n := range r.Summary {
		if n.Cluster != "" {
			clusters++
		}
	}
	if r.Empty() {
		return fmt.Sprintf("no changes between %s and %s", r.From, r.To)
	}
	if len(r.Summary) == 0 {
		return fmt.Sprintf("no changes in what can be compared between %s and %s", r.From, r.To)
	}
	var parts []string
	if clusters > 0 {
		parts = append(parts, number(clusters, "cluster"))
	}
	for _, p := range []struct {
		n    int
		word string
	}{{total.Added, "added"}, {total.Changed, "changed"}, {total.Removed, "removed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", number(p.n, "object"), p.word))
		}
	}
	if n := len(r.Dangers); n > 0 {
		parts = append(parts, number(n, "danger"))
	}
	return fmt.Sprintf("%s between %s and %s", strings.Join(parts, ", "), r.From, r.To)
}

// total adds up counts.
func total(counts []change.Count) change.Count {
	sum := change.Count{Outcomes: map[change.Outcome]int{}}
	for _, n := range counts {
		sum.Added += n.Added
		sum.Changed += n.Changed
		sum.Removed += n.Removed
		sum.Dangers += n.Dangers
		sum.Protected = sum.Protected || n.Protected
		for outcome, times := range n.Outcomes {
			sum.Outcomes[outcome] += times
		}
	}
	return sum
}

// condensedCount is a line of the summary.
type condensedCount struct {
	change.Count
	label string
}

// condensed are the lines of the summary. Where many clusters of an environment change, they are one line.
func condensed(counts []change.Count) []condensedCount {
	var lines []condensedCount
	for rest := counts; len(rest) > 0; {
		end := slices.IndexFunc(rest, func(n change.Count) bool { return n.Environment != rest[0].Environment })
		if end < 0 {
			end = len(rest)
		}
		part := rest[:end]
		rest = rest[end:]
		for len(part) > 0 && (len(part) <= change.Few || part[0].Cluster == "") {
			lines = append(lines, condensedCount{part[0], protectedLabel(part[0].String(), part[0].Protected)})
			part = part[1:]
		}
		if len(part) > 0 {
			sum := total(part)
			sum.Scope = change.Scope{Environment: part[0].Environment}
			lines = append(lines, condensedCount{sum, protectedLabel(fmt.Sprintf("%s, %d clusters", part[0].Environment, len(part)), sum.Protected)})
		}
	}
	return lines
}

func protectedLabel(label string, protected bool) string {
	if protected {
		return label + " (protected)"
	}
	return label
}

// scopesText names scopes: one or a few by name, many by number and the first of them.
func scopesText(scopes []change.Scope) string {
	names := make([]string, 0, len(scopes))
	for _, s := range scopes {
		names = append(names, s.String())
	}
	if len(names) <= change.Few {
		return strings.Join(names, ", ")
	}
	what := "clusters"
	if slices.ContainsFunc(scopes, func(s change.Scope) bool { return s.Cluster == "" }) {
		what = "places"
	}
	return fmt.Sprintf("%d %s: %s … %s", len(names), what, strings.Join(names[:3], ", "), names[len(names)-1])
}

// effect names what a cause is for.
func effect(scopes []change.Scope) string {
	if len(scopes) == 0 {
		return "no object changes"
	}
	return scopesText(scopes)
}

// forgotten is what to say where clusters.yaml differs, and nothing of what is generated from it; or empty.
func forgotten(r *change.Report) string {
	isFleet := func(c change.Cause) bool { return c.File == layout.ClustersFile }
	if !r.Empty() || !slices.ContainsFunc(r.Causes, isFleet) {
		return ""
	}
	return layout.ClustersFile + " differs, and nothing that is generated from it: was gen clusters run?"
}

// causeText is a line that a person wrote, before and after.
func causeText(c change.Cause) string {
	line := c.AfterLine
	if line == 0 {
		line = c.BeforeLine
	}
	place := c.File
	if line > 0 {
		place = fmt.Sprintf("%s:%d", c.File, line)
	}
	switch {
	case c.Path == "":
		return place
	case c.Before == "":
		return fmt.Sprintf("%s: %s: + %s", place, c.Path, change.Cut(c.After))
	case c.After == "":
		return fmt.Sprintf("%s: %s: - %s", place, c.Path, change.Cut(c.Before))
	default:
		before, after := change.CutPair(c.Before, c.After)
		return fmt.Sprintf("%s: %s: %s -> %s", place, c.Path, before, after)
	}
}

// dangerPlace is the objects and the field of a danger.
func dangerPlace(d change.Danger) string {
	names := d.Objects
	more := ""
	if len(names) > change.Few {
		names, more = names[:change.Few], fmt.Sprintf(" and %d more", len(names)-change.Few)
	}
	place := strings.Join(names, ", ") + more
	if d.Field != "" {
		place += ": " + d.Field
	}
	return place
}

// placeText says where an object is applied, if that is not the hub.
func placeText(c *change.Change) string {
	if c.Place == "hub" {
		return ""
	}
	return " in the cluster"
}

// because is a reason and where it is written.
func because(why, source string) string {
	if source == "" {
		return why
	}
	return why + " (" + source + ")"
}

// reason is why the i-th field does what it does. Of what is only changed nobody asks for the source, and what is true of
// several fields is said of the first.
func reason(fields []change.Field, i int) string {
	f := fields[i]
	switch {
	case f.Outcome.NeedsReason():
		return because(f.Why, f.Source)
	case slices.ContainsFunc(fields[:i], func(other change.Field) bool { return other.Why == f.Why }):
		return ""
	default:
		return f.Why
	}
}
