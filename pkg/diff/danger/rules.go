package danger

import (
	"cmp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// Rules lists the rules, in the order in which a reviewer should read them.
func Rules() []Rule {
	return []Rule{
		dataRule(), orderRule(), protectionRule(), autoModeRule(), versionRule(), refusedRule(), replacedRule(), orphanedRule(), openedRule(),
		iamRule(), rbacRule(), accessRule(), authenticationRule(), accountRule(), branchRule(), deliveryRule(), releaseNameRule(), removedRule(), addonRule(), capabilityRule(), restartRule(), recordsRule(),
		egressRule(), publicRule(), denyRule(), placementRule(), nodesRule(), lifetimeRule(),
		chartRule(), replicasRule(), limitsRule(), staticRule(), disruptionRule(), ignoredRule(), costRule(), protectedRule(),
	}
}

// Of are the dangers of one change.
func Of(c *change.Scoped) []change.Danger {
	var found []change.Danger
	for _, rule := range Rules() {
		if rule.find == nil || c.GoesWithCluster {
			continue
		}
		for _, d := range folded(rule.find(c)) {
			d.Rule, d.Objects, d.Scopes = rule.Name, []string{c.Change.String()}, []change.Scope{c.Scope}
			found = append(found, d)
		}
	}
	return found
}

// folded makes one danger of those that say the same of fields beside each other: it is about what they are in.
func folded(dangers []change.Danger) []change.Danger {
	type key struct{ message, parent string }
	seen := map[key]int{}
	var list []change.Danger
	for _, d := range dangers {
		k := key{d.Message, parent(d.Field)}
		if i, ok := seen[k]; ok && k.parent != "" && k.parent != "spec" {
			list[i].Field = k.parent
			continue
		}
		seen[k] = len(list)
		list = append(list, d)
	}
	return list
}

// parent is the path that a path goes on from.
func parent(path string) string {
	if strings.HasSuffix(path, "]") {
		return path[:strings.LastIndexByte(path, '[')]
	}
	return path[:max(0, strings.LastIndexByte(path, '.'))]
}

// Gather lists the dangers of all sections, each with where it happens, and those of whole scopes, which it adds to the
// counts. Those that say the same of several objects are one.
func Gather(counts []change.Count, sections []change.Section) []change.Danger {
	var all []change.Danger
	for _, s := range sections {
		first := len(all)
		for i := range s.Changes {
			for j := range s.Changes[i].Dangers {
				s.Changes[i].Dangers[j].Scopes = s.Scopes
				all = append(all[:first], mergeObjects(all[first:], s.Changes[i].Dangers[j])...)
			}
		}
	}
	all = mergeSections(all)
	order := map[string]int{}
	for i, rule := range Rules() {
		order[rule.Name] = i
		if rule.count == nil {
			continue
		}
		for i, n := range counts {
			for _, d := range rule.count(n) {
				d.Rule = rule.Name
				all = mergeScope(all, d, n.Scope)
				counts[i].Dangers++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b change.Danger) int { return cmp.Compare(order[a.Rule], order[b.Rule]) })
	return all
}

// mergeObjects adds a danger to those of the same scopes, or its object to one that says the same.
func mergeObjects(all []change.Danger, d change.Danger) []change.Danger {
	for i, other := range all {
		if other.Rule == d.Rule && other.Message == d.Message && other.Field == d.Field {
			all[i].Objects = slices.Concat(other.Objects, d.Objects)
			return all
		}
	}
	return append(all, d)
}

// mergeSections merges dangers of several sections that are the same but for the names of the clusters.
func mergeSections(all []change.Danger) []change.Danger {
	places := map[string]int{}
	var merged []change.Danger
	for _, d := range all {
		plain := d
		if len(d.Scopes) == 1 {
			plain = d.Neutral(d.Scopes[0].Cluster)
		}
		key := strings.Join(append([]string{plain.Rule, plain.Message, plain.Field}, plain.Objects...), "\n")
		i, ok := places[key]
		if !ok {
			places[key] = len(merged)
			merged = append(merged, d)
			continue
		}
		plain.Scopes = slices.SortedFunc(slices.Values(slices.Concat(merged[i].Scopes, d.Scopes)), change.Scope.Compare)
		merged[i] = plain
	}
	return merged
}

// mergeScope adds a danger without an object, or a scope to one that says the same.
func mergeScope(all []change.Danger, d change.Danger, scope change.Scope) []change.Danger {
	i := slices.IndexFunc(all, func(other change.Danger) bool {
		return other.Rule == d.Rule && other.Message == d.Message && len(other.Objects) == 0
	})
	if i < 0 {
		all, i = append(all, d), len(all)
	}
	all[i].Scopes = append(all[i].Scopes, scope)
	return all
}
