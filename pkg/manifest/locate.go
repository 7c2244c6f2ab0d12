package manifest

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// Problem is a problem of an object, at its position in the files: in the user's patch if that has the
// last word on the field.
func (o *Object) Problem(field, message, hint string) diag.Problem {
	p := diag.Problem{Path: o.String(), Message: message, Hint: hint, Cluster: o.cluster}
	if field != "" {
		p.Path += ": " + field
	}
	at := o.Build.locate(o, KeysOf(field))
	p.File, p.Line, p.Column = at.File, at.Line, at.Column
	return p
}

// A Hit is how well a position in a file fits a field.
type Hit struct {
	File         string
	Line, Column int
	// depth is how much of the way to the field is there.
	depth int
	// value is what the place has, in the document of; nil where that is a folder or an operation.
	value *yaml.Node
	of    Document
}

// locate finds the place that says most about a field. Of places that say the same the first counts, which is the
// object itself, but the last of those that have the whole field, which is what decided it.
func (b *Build) locate(o *Object, keys []string) Hit {
	best := Hit{File: b.Dir + "/kustomization.yaml", depth: -1}
	for _, d := range b.Documents() {
		if !d.of(o) {
			continue
		}
		if h := d.find(keys); h.depth > best.depth || h.depth == len(keys) && h.depth == best.depth && len(keys) > 0 {
			best = h
		}
	}
	return best
}

// find follows the keys as far as the document has them.
func (d Document) find(keys []string) Hit {
	if operations := d.Operations(); operations != nil {
		return d.findOperation(operations, keys)
	}
	at, value, depth := descend(d.Node, keys)
	if d.Patch && depth == 0 && len(keys) > 0 {
		depth = -1 // a patch that does not touch the field says nothing about it
	}
	h := d.Hit(at, depth)
	h.value = value
	return h
}

// Hit is the position of a node of the document in its file.
func (d Document) Hit(at *yaml.Node, depth int) Hit {
	return Hit{File: d.File, Line: at.Line + d.line, Column: at.Column + d.column, depth: depth, of: d}
}

// findOperation is the operation that comes nearest to the field: it sets what the field is in, or removes it.
func (d Document) findOperation(operations []*yaml.Node, keys []string) Hit {
	best := Hit{depth: -1}
	for _, operation := range operations {
		at := pointer(Scalar(operation, "path"))
		same := 0
		for same < min(len(at), len(keys)) && (at[same] == keys[same] || at[same] == "-" && IsNumber(keys[same])) {
			same++
		}
		switch value := Child(operation, "value"); {
		case same == len(keys) && same > 0:
			best = d.Hit(operation, same) // it changes something inside of the field
		case same < len(at):
		case value == nil:
			best = d.Hit(operation, same)
		default:
			inner, found, deeper := descend(value, keys[same:])
			if deeper == 0 {
				inner = operation
			}
			best = d.Hit(inner, same+deeper)
			best.value = found
		}
	}
	return best
}

// descend follows keys from a node to a value; at is the key that leads there.
func descend(node *yaml.Node, keys []string) (at, value *yaml.Node, depth int) {
	at, value = node, node
	for depth < len(keys) {
		key, inner := Step(value, keys[depth])
		if inner == nil {
			return at, value, depth
		}
		at, value, depth = key, inner, depth+1
	}
	return at, value, depth
}

// Step is one key of a mapping or one element of a list.
func Step(node *yaml.Node, key string) (at, value *yaml.Node) {
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == key {
				return node.Content[i], node.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], node.Content[i]
		}
	default:
	}
	return nil, nil
}

// IsNumber reports whether a key is the position of an element of a list.
func IsNumber(key string) bool {
	_, err := strconv.Atoi(key)
	return err == nil
}

// KeysOf splits a field such as spec.requirements[1].key or metadata.labels[a.b].
func KeysOf(field string) []string {
	var keys []string
	for field != "" {
		end := strings.IndexAny(field, ".[")
		switch {
		case strings.HasPrefix(field, "["):
			inner, rest, _ := strings.Cut(field[1:], "]")
			keys, field = append(keys, inner), strings.TrimPrefix(rest, ".")
		case end < 0:
			return append(keys, field)
		case field[end] == '.':
			keys, field = append(keys, field[:end]), field[end+1:]
		default:
			keys, field = append(keys, field[:end]), field[end:]
		}
	}
	return keys
}

// FieldOf is the opposite of keysOf.
func FieldOf(keys []any) string {
	var b strings.Builder
	for _, key := range keys {
		switch k := key.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(k) + "]")
		case string:
			switch {
			case strings.ContainsAny(k, "./[]"):
				b.WriteString("[" + k + "]")
			case b.Len() == 0:
				b.WriteString(k)
			default:
				b.WriteString("." + k)
			}
		}
	}
	return b.String()
}

// At is the value of a field of an object, or nil.
func At(content map[string]any, path string) any {
	var value any = content
	for _, key := range KeysOf(path) {
		if items, ok := value.([]any); ok && IsNumber(key) {
			value = slices.Concat(items, []any{nil})[0] // only the first element is ever asked for
			continue
		}
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// LastName is the last key that is not the number of an element.
func LastName(keys []any) string {
	for _, key := range slices.Backward(keys) {
		if name, ok := key.(string); ok {
			return name
		}
	}
	return ""
}
