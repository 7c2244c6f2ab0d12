package diff

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diff/change"
)

// matcher finds the scopes that a field can change: its cluster, the clusters of its environment, or all; less those
// that have a value of their own for it (DESIGN, Inheritance).
func (f *fleetDiff) matcher(keys []string, leaves [][]string) func(change.Scope) bool {
	section, name, below := keys[0], "", keys[1:]
	if len(keys) > 1 {
		name = keys[1]
	}
	switch {
	case name == "" && section != "defaults":
		return func(change.Scope) bool { return true }
	case section == "clusters":
		return func(s change.Scope) bool { return s.Cluster == name || s.Cluster == "" && f.in(name, s.Environment) }
	case section == "environments":
		return func(s change.Scope) bool {
			return s.Environment == name && (len(keys) < 3 || f.inherits(s, keys[2:], leaves, "clusters"))
		}
	case section == "defaults":
		return func(s change.Scope) bool { return f.inherits(s, below, leaves, "clusters", "environments") }
	default:
		return func(change.Scope) bool { return true }
	}
}

// in reports whether a cluster is in an environment, in one version or the other: what its clusters share, such as the
// sources of charts, is there because of them.
func (f *fleetDiff) in(cluster, environment string) bool {
	for _, root := range f.roots {
		value := child(named(child(root, "clusters"), cluster), "environment")
		if environment != "" && value != nil && value.Value == environment {
			return true
		}
	}
	return false
}

// inherits reports whether a scope takes over something of a value: one of the fields below it, since maps merge, of
// which neither the cluster nor the environment says anything of its own.
func (f *fleetDiff) inherits(s change.Scope, keys []string, leaves [][]string, sections ...string) bool {
	for _, leaf := range leaves {
		own := false
		for _, section := range sections {
			name := s.Cluster
			if section == "environments" {
				name = s.Environment
			}
			own = own || f.own(section, name, slices.Concat(keys, leaf))
		}
		if !own {
			return true
		}
	}
	return false
}

// leafKeys lead to the values below two versions of one, of which either may be nil: one of them is what a cluster can
// have of its own. Lists are values, because they replace each other.
func leafKeys(before, after *yaml.Node) [][]string {
	var found [][]string
	for _, node := range []*yaml.Node{resolved(before), resolved(after)} {
		if !isMapping(node) {
			continue
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			for _, below := range leafKeys(node.Content[i+1], nil) {
				found = append(found, append([]string{node.Content[i].Value}, below...))
			}
		}
	}
	if len(found) == 0 {
		return [][]string{nil}
	}
	return found
}

// own reports whether a cluster or an environment says something of its own about a field, in both versions. Maps
// merge, so that the field itself has to be there, or something that is no map on the way to it.
func (f *fleetDiff) own(section, name string, keys []string) bool {
	for _, root := range f.roots {
		node := named(child(root, section), name)
		if len(keys) == 0 {
			return false
		}
		for _, key := range keys {
			if node == nil || node.Kind != yaml.MappingNode {
				break
			}
			node = child(node, key)
		}
		if node == nil {
			return false
		}
	}
	return true
}

// assign says of each cause which of the scopes with changes it is for. Causes without any come last.
func assign(found []cause, counts []change.Count) []change.Cause {
	var list []change.Cause
	for _, one := range found {
		for _, c := range counts {
			if one.matches == nil || one.matches(c.Scope) {
				one.Scopes = append(one.Scopes, c.Scope)
			}
		}
		list = append(list, one.Cause)
	}
	slices.SortStableFunc(list, func(a, b change.Cause) int { return cmp.Compare(min(1, len(b.Scopes)), min(1, len(a.Scopes))) })
	return list
}
