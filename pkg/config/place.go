package config

import (
	"fmt"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/instance"
)

// A place is where a node was written.
type place struct {
	line, column int
	path         string
}

// A tree is clusters.yaml as nodes, with the place of each and the problems found so far.
// Merging makes new mappings but keeps the nodes of their values, so that a problem in an
// inherited value still finds the place where it was written.
type tree struct {
	file   string
	places map[*yaml.Node]place
	// broken holds, by mapping, the fields that were reported and taken out;
	// the field "" of a list says that items were taken out.
	broken   map[*yaml.Node]map[string]bool
	problems diag.List
	patterns map[string]*regexp.Regexp
	// instanceTypes is nil until a pool asks.
	instanceTypes *instance.Table
	// charts are the facts of charts that were asked for, by chart and version; nil for a version without.
	charts map[string]*charts.Facts
	// components is the table, made once for a file: each of a thousand clusters asks for it.
	components []Component
}

func newTree(file string, root *yaml.Node) *tree {
	t := &tree{file: file, places: map[*yaml.Node]place{}, broken: map[*yaml.Node]map[string]bool{}, patterns: map[string]*regexp.Regexp{}, charts: map[string]*charts.Facts{}, components: AllComponents()}
	t.record(root, place{line: root.Line, column: root.Column})
	return t
}

// record notes the place of n and of everything below it. A mapping or list that is the value
// of a field stands where its key stands: that is the word the user looks for.
func (t *tree) record(n *yaml.Node, at place) {
	t.places[n] = at
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			below := place{line: key.Line, column: key.Column, path: joinKey(at.path, key.Value)}
			t.places[key] = below
			if value.Kind == yaml.ScalarNode && value.Value != "" {
				below.line, below.column = value.Line, value.Column
			}
			t.record(value, below)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			t.record(item, place{line: item.Line, column: item.Column, path: joinIndex(at.path, i)})
		}
	}
}

func joinIndex(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// joinKey appends a field to a path; a key that is not a plain word stands in brackets.
func joinKey(path, key string) string {
	for _, r := range key {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return fmt.Sprintf("%s[%q]", path, key)
		}
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// mark notes that a field was reported and must not be reported again.
func (t *tree) mark(n *yaml.Node, field string) {
	if t.broken[n] == nil {
		t.broken[n] = map[string]bool{}
	}
	t.broken[n][field] = true
}

// report adds a problem at a place.
func (t *tree) report(severity diag.Severity, at place, message, hint string) {
	t.problems = append(t.problems, diag.Problem{
		File: t.file, Line: at.line, Column: at.column, Path: at.path,
		Message: message, Hint: hint, Severity: severity,
	})
}

func (t *tree) fault(at place, message, hint string) { t.report(diag.Error, at, message, hint) }

// find returns the key and the value of a field of a mapping, or nils.
func find(n *yaml.Node, field string) (key, value *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == field {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// kindName names the kind of a node in the words of the messages.
func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	return fmt.Sprintf("%q", n.Value)
}
