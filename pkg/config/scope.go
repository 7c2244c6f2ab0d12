package config

import (
	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// A scope is a mapping of the file while its rules are checked: it finds the places of its
// fields, after inheritance.
type scope struct {
	*tree
	root *yaml.Node
	// written drops what is reported about fields that are not there.
	written bool
}

// A clusterScope is a cluster while its rules are checked.
type clusterScope struct {
	scope
	*Cluster
	// top is the whole file.
	top *yaml.Node
}

// A spot is a field of a scope: where it stands, or where it is missing.
type spot struct {
	place
	node *yaml.Node
	// silent is true if the field, or something around it, was already reported.
	silent bool
}

// at finds a field by its keys (strings) and indexes (ints). For a field that is not there
// the place is the nearest mapping or list around it.
func (s scope) at(path ...any) spot {
	found := spot{place: s.places[s.root], node: s.root}
	for _, step := range path {
		around := found.node
		found.node = nil
		switch step := step.(type) {
		case string:
			found.silent = found.silent || s.broken[around][step]
			if _, value := find(around, step); value != nil {
				found.node, found.place = value, s.places[value]
				continue
			}
			found.path = joinKey(found.path, step)
		case int:
			if around != nil && step < len(around.Content) {
				found.node = around.Content[step]
				found.place = s.places[found.node]
				continue
			}
			found.path = joinIndex(found.path, step)
		}
	}
	return found
}

// keyAt finds the key of a field instead of its value.
func (s scope) keyAt(path ...any) spot {
	found := s.at(path...)
	around := s.at(path[:len(path)-1]...)
	if name, ok := path[len(path)-1].(string); ok {
		if key, _ := find(around.node, name); key != nil {
			found.place = s.places[key]
		}
	}
	return found
}

// has reports whether a field is written, here or where it is inherited from.
func (s scope) has(path ...any) bool { return s.at(path...).node != nil }

// sound reports whether a field and everything below it kept its structure; rules about absence
// or number would otherwise report a consequence of what was reported already.
func (s scope) sound(path ...any) bool {
	found := s.at(path...)
	return !found.silent && s.whole(found.node)
}

func (t *tree) whole(n *yaml.Node) bool {
	if n == nil {
		return true
	}
	if len(t.broken[n]) > 0 {
		return false
	}
	for _, child := range n.Content {
		if !t.whole(child) {
			return false
		}
	}
	return true
}

// sub narrows the scope to a field, which must be there.
func (s scope) sub(path ...any) scope {
	return scope{tree: s.tree, root: s.at(path...).node, written: s.written}
}

// fail reports an error at a field unless its structure was reported.
func (s scope) fail(at spot, message, hint string) {
	if !at.silent && (at.node != nil || !s.written) {
		s.report(diag.Error, at.place, message, hint)
	}
}

// warn reports a warning at a field unless its structure was reported.
func (s scope) warn(at spot, message, hint string) {
	if !at.silent && (at.node != nil || !s.written) {
		s.report(diag.Warning, at.place, message, hint)
	}
}
