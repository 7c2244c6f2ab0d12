package config

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// inherit returns over laid upon base: mappings merge, lists and scalars replace. Neither is
// changed. null in over removes what base says. In free mappings (values of a chart) a null
// that removes nothing is kept, because Helm drops a default of the chart for it.
func (t *tree) inherit(base, over *yaml.Node, free bool) *yaml.Node {
	merged := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: over.Line, Column: over.Column}
	t.places[merged] = t.places[over]
	for i := 0; i+1 < len(base.Content); i += 2 {
		key, value := base.Content[i], base.Content[i+1]
		_, replacement := find(over, key.Value)
		switch {
		case t.broken[over][key.Value]:
		case replacement == nil:
			merged.Content = append(merged.Content, key, value)
		case isNull(replacement):
		case value.Kind == yaml.MappingNode && replacement.Kind == yaml.MappingNode:
			overKey, _ := find(over, key.Value)
			merged.Content = append(merged.Content, overKey, t.inherit(value, replacement, free || key.Value == "values"))
		default:
			overKey, _ := find(over, key.Value)
			merged.Content = append(merged.Content, overKey, replacement)
		}
	}
	t.inheritNew(merged, base, over, free)
	t.inheritBroken(merged, base, over)
	return merged
}

// inheritNew appends the fields that only over has.
func (t *tree) inheritNew(merged, base, over *yaml.Node, free bool) {
	for i := 0; i+1 < len(over.Content); i += 2 {
		key, value := over.Content[i], over.Content[i+1]
		if _, inherited := find(base, key.Value); inherited != nil {
			continue
		}
		switch {
		case free:
			merged.Content = append(merged.Content, key, value)
		case isNull(value):
		case value.Kind == yaml.MappingNode:
			// An empty base drops the nulls below, which remove nothing.
			clean := t.inherit(&yaml.Node{Kind: yaml.MappingNode}, value, key.Value == "values")
			merged.Content = append(merged.Content, key, clean)
		default:
			merged.Content = append(merged.Content, key, value)
		}
	}
}

// inheritBroken carries over which fields are broken: those of over, and those of base that
// over does not replace.
func (t *tree) inheritBroken(merged, base, over *yaml.Node) {
	for _, field := range slices.Sorted(maps.Keys(t.broken[base])) {
		if _, replacement := find(over, field); replacement == nil {
			t.mark(merged, field)
		}
	}
	for field := range t.broken[over] {
		t.mark(merged, field)
	}
}

// pick returns a mapping with only the named fields of n; n may be nil.
func (t *tree) pick(n *yaml.Node, names []string) *yaml.Node {
	picked := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if n == nil {
		return picked
	}
	t.places[picked] = t.places[n]
	for i := 0; i+1 < len(n.Content); i += 2 {
		if slices.Contains(names, n.Content[i].Value) {
			picked.Content = append(picked.Content, n.Content[i], n.Content[i+1])
		}
	}
	for field := range t.broken[n] {
		if slices.Contains(names, field) {
			t.mark(picked, field)
		}
	}
	return picked
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null"
}
