package edit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Set changes the value at path to value, which is YAML in one line, such as retiring, "1.36" or [a, b]. Keys that are
// missing on the way are added, in the style of what is around them. The error is ErrByHand where that cannot be done
// without touching other lines, and says what is wrong with a value that is no YAML or a path through a scalar.
func Set(src []byte, path Path, value string) ([]byte, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	var parsed any
	if err := yaml.Unmarshal([]byte(value), &parsed); err != nil {
		return nil, fmt.Errorf("%q is no YAML: %w", value, err)
	}
	if strings.Contains(value, "\n") {
		return nil, fmt.Errorf("%q has more than one line", value)
	}
	at, rest, err := f.follow(path)
	if err != nil {
		return nil, err
	}
	var result []byte
	if len(rest) == 0 {
		result, err = f.replace(at, value)
	} else {
		result, err = f.insert(at[len(at)-1], rest, value)
	}
	if err != nil {
		return nil, err
	}
	return f.confirmed(result, func(before any) any { return put(before, path, parsed) })
}

// follow returns the nodes on the way, key before value in a mapping, and the steps for which there is none.
func (f *file) follow(path Path) (nodes []*yaml.Node, rest Path, err error) {
	n := f.root
	nodes = []*yaml.Node{n}
	for i, step := range path {
		switch step := step.(type) {
		case int:
			if n.Kind != yaml.SequenceNode || step < 0 || step >= len(n.Content) {
				return nil, nil, fmt.Errorf("%s: there is no item %d", path[:i], step)
			}
			n = n.Content[step]
			nodes = append(nodes, n)
		case string:
			if n.Kind != yaml.MappingNode {
				return nil, nil, fmt.Errorf("%s is not a mapping, so it has no %s", path[:i], step)
			}
			key := keyIndex(n, step)
			if key < 0 {
				return nodes, path[i:], nil
			}
			nodes = append(nodes, n.Content[key], n.Content[key+1])
			n = n.Content[key+1]
		}
	}
	return nodes, nil, nil
}

// keyIndex is where a key stands in the content of a mapping, or -1.
func keyIndex(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// replace puts a value in the place of the last node.
func (f *file) replace(nodes []*yaml.Node, value string) ([]byte, error) {
	n := nodes[len(nodes)-1]
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 { // a key without a value
		key := nodes[len(nodes)-2]
		_, end, ok := f.extent(key)
		if !ok || end >= len(f.src) || f.src[end] != ':' {
			return nil, ErrByHand
		}
		return f.replaced(end+1, end+1, " "+value), nil
	}
	begin, end, ok := f.extent(n)
	if !ok {
		return nil, ErrByHand
	}
	return f.replaced(begin, end, value), nil
}

// insert adds a key, and the keys below it, to a mapping.
func (f *file) insert(mapping *yaml.Node, rest Path, value string) ([]byte, error) {
	text := value
	for i, step := range slices.Backward(rest) {
		key, ok := step.(string)
		if !ok {
			return nil, fmt.Errorf("%s: the list is not there", rest[:i])
		}
		if text = key + ": " + text; i > 0 {
			text = "{" + text + "}"
		}
	}
	if begin, end, ok := f.extent(mapping); ok {
		separator := ", "
		if len(mapping.Content) == 0 {
			separator = ""
		}
		inner := strings.TrimRight(string(f.src[begin:end-1]), " \n")
		inner = strings.TrimSuffix(inner, ",")
		return f.replaced(begin+len(inner), begin+len(inner), separator+text), nil
	}
	if len(mapping.Content) == 0 || mapping.Style&yaml.FlowStyle != 0 {
		return nil, ErrByHand
	}
	key, last := mapping.Content[len(mapping.Content)-2], mapping.Content[len(mapping.Content)-1]
	line := f.lastLine(key.Line, key.Column-1, last.Kind == yaml.SequenceNode, last)
	return f.afterLine(line, strings.Repeat(" ", key.Column-1)+text), nil
}

// afterLine puts text in a line of its own behind another.
func (f *file) afterLine(line int, text string) []byte {
	if line < len(f.lines) {
		return f.replaced(f.lines[line], f.lines[line], text+"\n")
	}
	return f.replaced(len(f.src), len(f.src), "\n"+text)
}

// put is what a change means.
func put(tree any, path Path, value any) any {
	if len(path) == 0 {
		return value
	}
	switch step := path[0].(type) {
	case int:
		if list, ok := tree.([]any); ok && step < len(list) {
			list[step] = put(list[step], path[1:], value)
		}
		return tree
	case string:
		mapping, ok := tree.(map[string]any)
		if !ok {
			mapping = map[string]any{}
		}
		mapping[step] = put(mapping[step], path[1:], value)
		return mapping
	}
	return tree
}
