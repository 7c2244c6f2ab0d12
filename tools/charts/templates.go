package main

import (
	"fmt"
	"strings"
	"text/template/parse"

	"helm.sh/helm/v3/pkg/chart"
)

// A reader notes which values the templates of a chart read, and which they pass on as a whole.
type reader struct {
	// read are all values that are named, open those of which any key may count.
	read, open map[string]bool
	// conditional is set while only the truth of a value counts.
	conditional bool
}

// A ref is the value that an expression stands for, as a path from the root; nil if that is not known.
type ref []string

// readTemplates reads all templates of a chart.
func readTemplates(c *chart.Chart) (*reader, error) {
	r := &reader{read: map[string]bool{}, open: map[string]bool{}}
	for _, file := range c.Templates {
		tree := parse.New(file.Name)
		tree.Mode = parse.SkipFuncCheck
		set := map[string]*parse.Tree{}
		if _, err := tree.Parse(string(file.Data), "", "", set); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		for _, t := range set {
			if t.Root != nil {
				r.list(t.Root, ref{}, map[string]ref{"$": {}})
			}
		}
	}
	return r, nil
}

func (r *reader) list(list *parse.ListNode, dot ref, vars map[string]ref) {
	if list == nil {
		return
	}
	inner := map[string]ref{}
	for name, value := range vars {
		inner[name] = value
	}
	for _, node := range list.Nodes {
		r.node(node, dot, inner)
	}
}

func (r *reader) node(node parse.Node, dot ref, vars map[string]ref) {
	switch n := node.(type) {
	case *parse.ActionNode:
		value := r.pipe(n.Pipe, dot, vars)
		r.use(value)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			r.use(r.pipe(n.Pipe, dot, vars))
		}
	case *parse.IfNode:
		r.truth(n.Pipe, dot, vars)
		r.list(n.List, dot, vars)
		r.list(n.ElseList, dot, vars)
	case *parse.WithNode:
		value := r.truth(n.Pipe, dot, vars)
		r.list(n.List, value, vars)
		r.list(n.ElseList, dot, vars)
	case *parse.RangeNode:
		r.use(r.pipe(n.Pipe, dot, vars))
		r.list(n.List, nil, vars)
		r.list(n.ElseList, dot, vars)
	}
}

// truth reads a condition: of "and" and "or" in it only the truth counts.
func (r *reader) truth(p *parse.PipeNode, dot ref, vars map[string]ref) ref {
	r.conditional = true
	defer func() { r.conditional = false }()
	return r.pipe(p, dot, vars)
}

// use notes that a value is passed on as a whole.
func (r *reader) use(value ref) {
	if path, ok := value.values(); ok {
		r.open[path] = true
	}
}

// values is the path of a ref below .Values.
func (v ref) values() (string, bool) {
	if len(v) < 2 || v[0] != "Values" {
		return "", false
	}
	return strings.Join(v[1:], "."), true
}

// pipe returns what a pipeline stands for, if it is one value as it is.
func (r *reader) pipe(p *parse.PipeNode, dot ref, vars map[string]ref) ref {
	var value ref
	for i, command := range p.Cmds {
		next := r.command(command, dot, vars)
		if i > 0 {
			r.use(value) // it is an argument of what follows
		}
		value = next
	}
	for _, variable := range p.Decl {
		vars[variable.Ident[0]] = value
	}
	if len(p.Decl) > 0 {
		return nil
	}
	return value
}

func (r *reader) command(c *parse.CommandNode, dot ref, vars map[string]ref) ref {
	name, isCall := c.Args[0].(*parse.IdentifierNode)
	if !isCall {
		return r.value(c.Args[0], dot, vars)
	}
	var values []ref
	for _, arg := range c.Args[1:] {
		values = append(values, r.value(arg, dot, vars))
	}
	switch name.Ident {
	case "index", "get", "hasKey":
		return r.index(name.Ident, c.Args[1:], values)
	case "eq", "ne", "gt", "lt", "ge", "le", "not", "empty", "kindIs", "typeIs", "int", "quote", "deepCopy":
		if name.Ident == "deepCopy" && len(values) == 1 {
			return values[0]
		}
		return nil
	case "and", "or":
		if r.conditional {
			return nil
		}
	}
	for _, value := range values {
		r.use(value)
	}
	return nil
}

// index is a value below another, where the keys are written out.
func (r *reader) index(name string, args []parse.Node, values []ref) ref {
	if len(values) == 0 || values[0] == nil {
		return nil
	}
	value := append(ref{}, values[0]...)
	for _, arg := range args[1:] {
		key, ok := arg.(*parse.StringNode)
		if !ok {
			r.use(value)
			return nil
		}
		value = append(value, key.Text)
	}
	r.note(value)
	if name == "hasKey" {
		return nil
	}
	return value
}

func (r *reader) value(node parse.Node, dot ref, vars map[string]ref) ref {
	switch n := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return r.below(dot, n.Ident)
	case *parse.VariableNode:
		return r.below(vars[n.Ident[0]], n.Ident[1:])
	case *parse.ChainNode:
		return r.below(r.value(n.Node, dot, vars), n.Field)
	case *parse.PipeNode:
		return r.pipe(n, dot, vars)
	}
	return nil
}

// below is a value at keys below another. A variable or a dot of unknown origin that has .Values is the root.
func (r *reader) below(value ref, keys []string) ref {
	for i, key := range keys {
		if key == "Values" && len(value) == 0 {
			value, keys = ref{}, keys[i:]
			break
		}
	}
	if value == nil {
		return nil
	}
	value = append(append(ref{}, value...), keys...)
	r.note(value)
	return value
}

func (r *reader) note(value ref) {
	if path, ok := value.values(); ok {
		r.read[path] = true
	}
}
