package edit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Append adds an item to the list at path. block is the item in lines, without dash and indentation, flow the same in
// brackets; the style of the list decides which is taken.
func Append(src []byte, path Path, block []string, flow string) ([]byte, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	nodes, rest, err := f.follow(path)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%s: the list is not there", path)
	}
	list, key := nodes[len(nodes)-1], nodes[len(nodes)-2]
	var item any
	if err := yaml.Unmarshal([]byte(flow), &item); err != nil {
		return nil, fmt.Errorf("%q is no item: %w", flow, err)
	}
	result, err := f.appended(list, key, block, flow)
	if err != nil {
		return nil, err
	}
	return f.confirmed(result, func(before any) any {
		return put(before, path, append(slices.Clone(items(before, path)), item))
	})
}

func (f *file) appended(list, key *yaml.Node, block []string, flow string) ([]byte, error) {
	begin, end, inBrackets := f.extent(list)
	switch {
	case inBrackets && len(list.Content) == 0, list.Kind == yaml.ScalarNode && list.Value == "": // clusters: [], or nothing
		if !inBrackets {
			_, colon, ok := f.extent(key)
			if !ok || colon >= len(f.src) {
				return nil, ErrByHand
			}
			begin, end = colon+1, colon+1
		}
		lines := indented(block, strings.Repeat(" ", key.Column+1))
		for f.src[begin-1] == ' ' {
			begin--
		}
		return f.replaced(begin, end, "\n"+strings.Join(lines, "\n")), nil
	case inBrackets:
		inner := strings.TrimSuffix(strings.TrimRight(string(f.src[begin:end-1]), " \n"), ",")
		return f.replaced(begin+len(inner), begin+len(inner), ", "+flow), nil
	case len(list.Content) == 0:
		return nil, ErrByHand
	}
	last := list.Content[len(list.Content)-1]
	column, ok := f.dash(last)
	if !ok {
		return nil, ErrByHand
	}
	lines := indented(block, strings.Repeat(" ", column))
	if last.Style&yaml.FlowStyle != 0 {
		lines = []string{strings.Repeat(" ", column) + "- " + flow}
	}
	return f.afterLine(f.lastLine(last.Line, column, false, last), strings.Join(lines, "\n")), nil
}

func indented(block []string, indent string) []string {
	lines := make([]string, len(block))
	for i, line := range block {
		lines[i] = indent + map[bool]string{true: "- ", false: "  "}[i == 0] + line
	}
	return lines
}

// dash is the column, from 0, of the dash before an item.
func (f *file) dash(item *yaml.Node) (column int, ok bool) {
	text := f.line(item.Line)
	if item.Column-1 > len(text) {
		return 0, false
	}
	before := strings.TrimRight(text[:item.Column-1], " ")
	column = len(before) - 1
	return column, strings.HasSuffix(before, "-") && strings.TrimSpace(before) == "-"
}

// Remove takes an item out of the list at path, with the comment that stands right above it.
func Remove(src []byte, path Path, index int) ([]byte, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	nodes, rest, err := f.follow(append(slices.Clone(path), index))
	if err != nil || len(rest) > 0 {
		return nil, fmt.Errorf("%s: there is no item %d", path, index)
	}
	result, err := f.removed(nodes[len(nodes)-2], nodes[len(nodes)-3], index)
	if err != nil {
		return nil, err
	}
	return f.confirmed(result, func(before any) any {
		list := slices.Clone(items(before, path))
		return put(before, path, slices.Delete(list, index, index+1))
	})
}

func (f *file) removed(list, key *yaml.Node, index int) ([]byte, error) {
	item := list.Content[index]
	if list.Style&yaml.FlowStyle != 0 {
		begin, end, ok := f.extent(item)
		if !ok {
			return nil, ErrByHand
		}
		if index+1 < len(list.Content) {
			end = f.offset(list.Content[index+1])
		} else if index > 0 {
			if _, begin, ok = f.extent(list.Content[index-1]); !ok {
				return nil, ErrByHand
			}
		}
		return f.replaced(begin, end, ""), nil
	}
	column, ok := f.dash(item)
	if !ok {
		return nil, ErrByHand
	}
	first, last := item.Line, f.lastLine(item.Line, column, false, item)
	for first > 1 && strings.HasPrefix(strings.TrimLeft(f.line(first-1), " "), "#") && first-1 > key.Line {
		first--
	}
	end := len(f.src)
	if last < len(f.lines) {
		end = f.lines[last]
	}
	if len(list.Content) == 1 { // an empty list says so
		_, colon, ok := f.extent(key)
		if !ok {
			return nil, ErrByHand
		}
		return []byte(string(f.src[:colon+1]) + " []" + string(f.src[colon+1:f.lines[first-1]]) + string(f.src[end:])), nil
	}
	return f.replaced(f.lines[first-1], end, ""), nil
}

func items(tree any, path Path) []any {
	for _, step := range path {
		switch step := step.(type) {
		case int:
			list, _ := tree.([]any)
			tree = list[step]
		case string:
			mapping, _ := tree.(map[string]any)
			tree = mapping[step]
		}
	}
	list, _ := tree.([]any)
	return list
}
