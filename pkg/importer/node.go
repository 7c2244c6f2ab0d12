package importer

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// object is a mapping with its fields in order; what is empty is left out.
func object(fields ...any) *yaml.Node { return add(&yaml.Node{Kind: yaml.MappingNode}, fields...) }

// add appends fields to a mapping.
func add(to *yaml.Node, fields ...any) *yaml.Node {
	for i := 0; i+1 < len(fields); i += 2 {
		var node *yaml.Node
		switch value := fields[i+1].(type) {
		case *yaml.Node:
			node = value
			if node.Kind != yaml.ScalarNode && len(node.Content) == 0 && node.Style != yaml.LiteralStyle {
				continue
			}
			if node.Style == yaml.LiteralStyle {
				node.Style = yaml.FlowStyle
			}
		case bool:
			node = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: map[bool]string{true: "true", false: "false"}[value]}
		case string:
			if value == "" {
				continue
			}
			node = scalar(value)
		}
		to.Content = append(to.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: fields[i].(string)}, node)
	}
	return to
}

func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

func texts(values []string) *yaml.Node {
	node := list()
	for _, value := range values {
		node.Content = append(node.Content, scalar(value))
	}
	return node
}

// scalar is text, in quotes where it would read as another type.
func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

func number(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: text}
}

// flow writes a node on one line.
func flow(node *yaml.Node) *yaml.Node {
	node.Style = yaml.FlowStyle
	return node
}

// orEmpty lets an empty list be written: it says none, which is not the default.
func orEmpty(node *yaml.Node) *yaml.Node {
	if len(node.Content) == 0 {
		node.Style = yaml.LiteralStyle
	}
	return node
}

func tagsOf(tags map[string]string) *yaml.Node {
	node := object()
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		node.Content = append(node.Content, scalar(key), scalar(tags[key]))
	}
	return node
}
