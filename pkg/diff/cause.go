package diff

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/layout"
)

// A cause is a difference in a file that people write, and which scopes it can change; nil for any.
type cause struct {
	change.Cause
	matches func(change.Scope) bool
}

// causes are the differences of the files that people write: the fields of clusters.yaml, and the names of patches.
func causes(from, to Source) ([]cause, error) {
	names := changed(from, to)
	var found []cause
	if names[layout.ClustersFile] {
		fields, err := fleetCauses(from, to)
		if err != nil {
			return nil, err
		}
		found = fields
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if strings.HasPrefix(name, "patches/") {
			found = append(found, cause{change.Cause{File: name}, patched(name, from, to)})
		}
	}
	return found, nil
}

// patched is the scope that a file below patches can change; nil if it is not in the folder of a cluster.
func patched(name string, from, to Source) func(change.Scope) bool {
	environment, cluster, ok := layout.ClusterOf(name)
	delivery := layout.DeliveryDir(environment, cluster) + "/kustomization.yaml"
	if !ok || from.Sums[delivery] == "" && to.Sums[delivery] == "" {
		return nil
	}
	return func(s change.Scope) bool { return s == change.Scope{Environment: environment, Cluster: cluster} }
}

// fleetCauses compares two versions of clusters.yaml. One that is no YAML has no fields: gen clusters says why.
func fleetCauses(from, to Source) ([]cause, error) {
	var roots [2]*yaml.Node
	for i, source := range []Source{from, to} {
		files, err := source.Read([]string{layout.ClustersFile})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", source.Name, err)
		}
		roots[i] = document(files[layout.ClustersFile])
	}
	if !isMapping(roots[0]) || !isMapping(roots[1]) {
		if flat(roots[0]) == flat(roots[1]) {
			return nil, nil
		}
		return []cause{{Cause: change.Cause{File: layout.ClustersFile}}}, nil // the first commit of a fleet, for one
	}
	f := fleetDiff{roots: roots}
	f.compare("", nil, roots[0], roots[1])
	return f.found, nil
}

// document is the first document of a file, or nil.
func document(content []byte) *yaml.Node {
	loader, err := yaml.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	node := &yaml.Node{}
	if err := loader.Load(node); err != nil || node.Kind != yaml.DocumentNode || len(node.Content) != 1 {
		return nil
	}
	return node.Content[0]
}

// fleetDiff collects the fields of clusters.yaml that differ.
type fleetDiff struct {
	roots [2]*yaml.Node
	found []cause
}

// entry is a field of a mapping or an element of a list, on one side or on both.
type entry struct {
	label, key    string
	before, after *yaml.Node
}

// compare adds what differs below a path. keys are those that lead there, for [covers].
func (f *fleetDiff) compare(path string, keys []string, before, after *yaml.Node) {
	before, after = resolved(before), resolved(after)
	switch {
	case before != nil && after != nil && before.Kind == after.Kind && before.Kind != yaml.ScalarNode:
		for _, e := range entries(before, after) {
			f.compare(path+e.label, append(slices.Clone(keys), e.key), e.before, e.after)
		}
	case flat(before) != flat(after):
		f.found = append(f.found, cause{change.Cause{
			File: layout.ClustersFile, Path: strings.TrimPrefix(path, "."), Before: flat(before), After: flat(after),
			BeforeLine: lineOf(before), AfterLine: lineOf(after),
		}, f.matcher(keys, leafKeys(before, after))})
	}
}

func isMapping(node *yaml.Node) bool { return node != nil && node.Kind == yaml.MappingNode }

// resolved is what an alias stands for.
func resolved(node *yaml.Node) *yaml.Node {
	if node != nil && node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

func lineOf(node *yaml.Node) int {
	if node == nil {
		return 0
	}
	return node.Line
}

// flat is a value in one line.
func flat(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return node.Value
	}
	if node.Kind == yaml.ScalarNode && node.Tag == "!!str" && node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		return strconv.Quote(node.Value)
	}
	return change.Value(value)
}

// entries pairs the fields of two mappings, or the elements of two lists: those with the same name, the same text,
// or at the same place.
func entries(before, after *yaml.Node) []entry {
	var list []entry
	byKey := map[string]int{}
	for side, node := range []*yaml.Node{before, after} {
		for i, item := range items(node) {
			key, label := keyOf(node, i)
			at, ok := byKey[key]
			if !ok {
				at = len(list)
				byKey[key] = at
				list = append(list, entry{key: key, label: label})
			}
			if side == 0 {
				list[at].before = item
			} else {
				list[at].after = item
			}
		}
	}
	return list
}

// items are the values of a mapping or the elements of a list.
func items(node *yaml.Node) []*yaml.Node {
	if node.Kind == yaml.SequenceNode {
		return node.Content
	}
	var values []*yaml.Node
	for i := 1; i < len(node.Content); i += 2 {
		values = append(values, node.Content[i])
	}
	return values
}

// keyOf is what the i-th item of a mapping or list is known by, and how it is written in a path.
func keyOf(node *yaml.Node, i int) (key, label string) {
	if node.Kind == yaml.MappingNode {
		key = node.Content[2*i].Value
		return key, "." + key
	}
	item := resolved(node.Content[i])
	for _, name := range []string{"name", "principalARN", "key"} {
		if value := child(item, name); value != nil && value.Kind == yaml.ScalarNode {
			return value.Value, "[" + value.Value + "]"
		}
	}
	if item.Kind == yaml.ScalarNode {
		return item.Value, "[" + item.Value + "]"
	}
	return strconv.Itoa(i), "[" + strconv.Itoa(i) + "]"
}

// child is the value of a key of a mapping, or nil.
func child(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return resolved(node.Content[i+1])
		}
	}
	return nil
}

// named is the element of a list with a name, or nil.
func named(list *yaml.Node, name string) *yaml.Node {
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	for _, item := range list.Content {
		if value := child(resolved(item), "name"); value != nil && value.Value == name {
			return resolved(item)
		}
	}
	return nil
}
