package config

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// checkValueTypes looks for values of a component that are of another type than those of gen, which they are laid over: Helm would
// stop, or leave gen's out. null is allowed everywhere: it drops what the chart has (Helm: Values Files, Deleting a default key).
func checkValueTypes(c clusterScope) {
	for p := range c.charted {
		if c.at("components", p.Name, "values").node == nil || p.byAddon(c.Cluster) {
			continue // the values of an add-on are not the chart's
		}
		for _, own := range ownValues(p) {
			c.valueType(own, "components", p.Name, "values")
		}
	}
}

// ownValues are the values that gen gives a component's chart: those of its template, and those that follow from clusters.yaml, as
// far as their types count (pkg/component; a test compares).
func ownValues(p Component) []*yaml.Node {
	release := templateOf(p.Name)
	var made yaml.Node
	if yaml.Unmarshal([]byte(p.Chart.Values), &made) != nil || len(made.Content) == 0 {
		return []*yaml.Node{&release.Spec.Values}
	}
	return []*yaml.Node{&release.Spec.Values, made.Content[0]}
}

// valueType compares the type of a user's value with gen's own, and of those below it.
func (c clusterScope) valueType(own *yaml.Node, path ...any) {
	at := c.at(path...)
	user := at.node
	if user != nil && user.Kind == yaml.AliasNode {
		user = user.Alias
	}
	if user == nil || user.Tag == "!!null" || path[len(path)-1] == "extraArgs" && user.Kind == yaml.MappingNode {
		return // ExternalDNS takes its arguments as a list and as a mapping
	}
	if user.Kind != own.Kind {
		c.fail(at, fmt.Sprintf("is %s, and the chart takes %s here", typeWord(user), typeWord(own)), hintOfType(own, path))
		return
	}
	for i := 0; own.Kind == yaml.MappingNode && i+1 < len(own.Content); i += 2 {
		c.valueType(own.Content[i+1], append(slices.Clone(path), own.Content[i].Value)...)
	}
}

func typeWord(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return "a single value"
	}
}

func hintOfType(own *yaml.Node, path []any) string {
	name := fmt.Sprint(path[len(path)-1])
	if own.Kind == yaml.MappingNode && len(own.Content) > 1 {
		return fmt.Sprintf("write it as the chart does, such as %s: {%s: …}, or null to drop the chart's default", name, own.Content[0].Value)
	}
	return "write " + typeWord(own) + ", or null to drop the chart's default"
}
