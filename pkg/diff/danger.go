package diff

import (
	"cmp"
	"slices"
)

// A Rule finds one kind of danger. Each is one file, rule_<name>.go.
type Rule struct {
	// Name is what the user calls it by, Doc one sentence on what it finds, and Why says what can happen.
	Name, Doc, Why string
	// find looks at one change.
	find func(*scoped) []Danger
	// count looks at all that changes in a scope.
	count func(Count) []Danger
}

// Rules lists the rules, the one that a reviewer should look at first first.
func Rules() []Rule {
	return []Rule{
		dataRule(), protectionRule(), autoModeRule(), versionRule(), refusedRule(), replacedRule(), orphanedRule(), openedRule(),
		iamRule(), accessRule(), authenticationRule(), accountRule(), deliveryRule(), releaseNameRule(), recordsRule(),
		chartRule(), replicasRule(), limitsRule(), disruptionRule(), ignoredRule(), protectedRule(),
	}
}

// dangersOf are the dangers of one change.
func dangersOf(c *scoped) []Danger {
	var found []Danger
	for _, rule := range Rules() {
		if rule.find == nil {
			continue
		}
		for _, d := range rule.find(c) {
			d.Rule, d.Object, d.Scopes = rule.Name, c.change.String(), []Scope{c.Scope}
			found = append(found, d)
		}
	}
	return found
}

// gather lists the dangers of all sections, each with where it happens, and those of whole scopes.
func gather(counts []Count, sections []Section) []Danger {
	var all []Danger
	for _, s := range sections {
		for i := range s.Changes {
			for j := range s.Changes[i].Dangers {
				s.Changes[i].Dangers[j].Scopes = s.Scopes
			}
			all = append(all, s.Changes[i].Dangers...)
		}
	}
	order := map[string]int{}
	for i, rule := range Rules() {
		order[rule.Name] = i
		if rule.count == nil {
			continue
		}
		for _, n := range counts {
			for _, d := range rule.count(n) {
				d.Rule = rule.Name
				all = merge(all, d, n.Scope)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Danger) int { return cmp.Compare(order[a.Rule], order[b.Rule]) })
	return all
}

// merge adds a danger, or a scope to one that says the same.
func merge(all []Danger, d Danger, scope Scope) []Danger {
	i := slices.IndexFunc(all, func(other Danger) bool {
		return other.Rule == d.Rule && other.Message == d.Message && other.Object == "" && d.Object == ""
	})
	if i < 0 {
		all, i = append(all, d), len(all)
	}
	all[i].Scopes = append(all[i].Scopes, scope)
	return all
}

// fieldDangers makes a danger of every field for which is says why.
func fieldDangers(c *scoped, is func(f Field) string) []Danger {
	var found []Danger
	for _, f := range c.change.Fields {
		if message := is(f); message != "" {
			found = append(found, Danger{Message: message, Field: f.Path})
		}
	}
	return found
}
