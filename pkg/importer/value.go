package importer

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// document is one file of the input. JSON is YAML, so both keep their lines.
type document struct {
	file string
	root *yaml.Node
	// seen are the nodes that have a meaning here; whatever is left in the end does not map.
	seen map[*yaml.Node]bool
}

// value is a place in a document; one without a node is not there.
type value struct {
	doc  *document
	node *yaml.Node
	// key is the node of the key, which is where messages point.
	key  *yaml.Node
	path string
}

func (v value) exists() bool { return v.node != nil && v.node.Tag != "!!null" }

// get goes down by keys.
func (v value) get(keys ...string) value {
	for _, key := range keys {
		if v.node == nil || v.node.Kind != yaml.MappingNode {
			return value{doc: v.doc, path: join(v.path, key)}
		}
		next := value{doc: v.doc, path: join(v.path, key)}
		for i := 0; i+1 < len(v.node.Content); i += 2 {
			if v.node.Content[i].Value == key {
				next.key, next.node = v.node.Content[i], v.node.Content[i+1]
			}
		}
		v = next
	}
	return v
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// list are the items of a list, or the fields of a mapping.
func (v value) list() []value {
	if v.node == nil {
		return nil
	}
	var items []value
	switch v.node.Kind {
	case yaml.SequenceNode:
		for i, item := range v.node.Content {
			items = append(items, value{doc: v.doc, node: item, key: item, path: v.path + "[" + strconv.Itoa(i) + "]"})
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(v.node.Content); i += 2 {
			items = append(items, value{doc: v.doc, node: v.node.Content[i+1], key: v.node.Content[i], path: join(v.path, v.node.Content[i].Value)})
		}
	}
	return items
}

// first is the only item of a list, which is how Terraform writes blocks.
func (v value) first() value {
	if items := v.list(); len(items) > 0 && v.node.Kind == yaml.SequenceNode {
		return items[0]
	}
	return value{doc: v.doc, path: v.path + "[0]"}
}

// text is a scalar, which has been read then.
func (v value) text() string {
	if !v.exists() || v.node.Kind != yaml.ScalarNode {
		return ""
	}
	v.doc.seen[v.node] = true
	return v.node.Value
}

func (v value) texts() []string {
	var texts []string
	for _, item := range v.list() {
		texts = append(texts, item.text())
	}
	return texts
}

// is reports whether the value is true.
func (v value) is() bool { return v.text() == "true" }

// done marks fields, or the value itself, as read: they say how something is, and are no setting.
func (v value) done(keys ...string) {
	if len(keys) == 0 && v.node != nil {
		v.doc.seen[v.node] = true
	}
	for _, key := range keys {
		v.get(key).done()
	}
}

func (v value) problem(message, hint string) diag.Problem {
	p := diag.Problem{File: v.doc.file, Line: 1, Column: 1, Path: v.path, Message: message, Hint: hint}
	if v.key != nil {
		p.Line, p.Column = v.key.Line, v.key.Column
	}
	return p
}

// rest calls report for everything that nobody has read, the whole of it at once where nothing below was. What is empty says nothing.
func (v value) rest(report func(value)) {
	switch {
	case !v.exists() || v.doc.seen[v.node]:
	case v.node.Kind == yaml.ScalarNode:
		if v.node.Value != "" && v.node.Value != "false" {
			report(v)
		}
	case !v.touched() && v.path != "" && !v.empty():
		report(v)
	default:
		for _, item := range v.list() {
			item.rest(report)
		}
	}
}

func (v value) touched() bool {
	if v.node != nil && v.doc.seen[v.node] {
		return true
	}
	for _, item := range v.list() {
		if item.touched() {
			return true
		}
	}
	return false
}

func (v value) empty() bool {
	if !v.exists() || v.node.Kind == yaml.ScalarNode {
		return !v.exists() || v.node.Value == "" || v.node.Value == "false"
	}
	for _, item := range v.list() {
		if !item.empty() {
			return false
		}
	}
	return true
}

// after is what stands behind the last separator.
func after(text, separator string) string { return text[strings.LastIndex(text, separator)+1:] }
