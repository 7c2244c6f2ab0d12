package config

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// Value is a scalar of a cluster, or an empty map or list, with where it comes from.
type Value struct {
	// Path leads to it from the cluster, such as nodes.pools[0].limits.cpu.
	Path string
	// Text is the value as YAML writes it.
	Text string
	// Line is where clusters.yaml says it; 0 where gen fills it in.
	Line int
	// From is cluster, environment, defaults or gen.
	From string
}

// Effective lists every value of a cluster, sorted by path: what it says itself, what it inherits, and what gen fills in.
// ok is false where the file has no such cluster. The list of problems is that of Load; with errors there are no values.
func Effective(file string, src []byte, cluster string) (values []Value, ok bool, problems diag.List) {
	fleet, problems := loadFleet(file, src, true)
	if fleet == nil {
		return nil, false, problems
	}
	root, _ := parse(file, src)
	t := newTree(file, root)
	t.structure(root, reflect.TypeFor[Fleet](), false)
	r, err := t.resolve(root)
	if err != nil {
		return nil, false, append(problems, diag.Problem{File: file, Message: err.Error(), Hint: "this is a bug in gen; please report it with the file"})
	}
	fillFleet(r.fleet)
	for _, c := range r.clusters {
		if c.Name != cluster {
			continue
		}
		values, err := t.effective(c)
		if err != nil {
			problems = append(problems, diag.Problem{File: file, Message: err.Error(), Hint: "this is a bug in gen; please report it with the file"})
		}
		return values, true, problems
	}
	return nil, false, problems
}

// effective are the values that are written for a cluster, and those that gen fills in beside them. Lists keep the order
// of the file.
func (t *tree) effective(c clusterScope) ([]Value, error) {
	fill(c.Cluster, c.has)
	filled, err := nodesOf(c.Cluster)
	if err != nil {
		return nil, err
	}
	values := map[string]Value{}
	t.leaves("", filled, func(path string, v Value) { values[path] = v })
	t.leaves("", c.root, func(path string, v Value) { values[path] = v })
	var list []Value
	for _, path := range sortedKeys(values) {
		list = append(list, values[path])
	}
	return list, nil
}

// nodesOf is a cluster as YAML nodes, with what gen fills in.
func nodesOf(c *Cluster) (*yaml.Node, error) {
	content, err := yaml.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode a cluster: %w", err)
	}
	document := &yaml.Node{}
	if err := yaml.NewDecoder(bytes.NewReader(content)).Decode(document); err != nil {
		return nil, fmt.Errorf("decode a cluster: %w", err)
	}
	return document.Content[0], nil
}

// leaves calls found for every scalar, and every empty map and list.
func (t *tree) leaves(path string, n *yaml.Node, found func(path string, v Value)) {
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) > 0:
		for i := 0; i+1 < len(n.Content); i += 2 {
			t.leaves(joinKey(path, n.Content[i].Value), n.Content[i+1], found)
		}
	case n.Kind == yaml.SequenceNode && len(n.Content) > 0:
		for i, item := range n.Content {
			t.leaves(joinIndex(path, i), item, found)
		}
	default:
		text, err := yaml.Marshal(n)
		if err != nil {
			text = []byte(n.Value)
		}
		at := t.places[n]
		found(path, Value{Path: path, Text: strings.TrimSpace(string(text)), Line: at.line, From: origin(at.path)})
	}
}

// origin says where a path of the file is.
func origin(path string) string {
	switch {
	case strings.HasPrefix(path, "clusters["):
		return "cluster"
	case strings.HasPrefix(path, "environments["):
		return "environment"
	case strings.HasPrefix(path, "defaults"):
		return "defaults"
	}
	return "gen"
}
