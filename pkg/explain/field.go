// Package explain says what the fields of clusters.yaml mean, and where the values of a cluster come from.
//
// In: the path of a field, or a cluster. Out: text for people, in the style of kubectl explain. What it knows is the JSON
// Schema of clusters.yaml, and the defaults of package config; what a change does it has from pkg/diff/effect.
package explain

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// ErrUnknown is a path without a field.
var ErrUnknown = errors.New("unknown field")

// property is what is used of a JSON Schema.
type property struct {
	Ref         string `json:"$ref"`
	Type        any    `json:"type"`
	Description string `json:"description"`
	Enum        []any  `json:"enum"`
	// Properties are in the order of their names.
	Properties map[string]*property `json:"properties"`
	Items      *property            `json:"items"`
	Additional any                  `json:"additionalProperties"`
	Required   []string             `json:"required"`
	OneOf      []*property          `json:"oneOf"`
	AnyOf      []*property          `json:"anyOf"`
	Defs       map[string]*property `json:"$defs"`
}

// forms are the forms that a field may have, if there is more than one. null, which takes back what is inherited, is none.
func (p *property) forms() []*property {
	return slices.DeleteFunc(append(slices.Clone(p.OneOf), p.AnyOf...), func(form *property) bool { return form.Type == "null" })
}

// Fields are those of clusters.yaml, with what gen fills in.
type Fields struct {
	property
	defaults []config.Value
}

// Load reads the JSON Schema that is built in.
func Load() (*Fields, error) {
	content, err := config.Schema()
	if err != nil {
		return nil, fmt.Errorf("read the fields: %w", err)
	}
	f := &Fields{}
	if err := json.Unmarshal(content, f); err != nil {
		return nil, fmt.Errorf("read the fields: %w", err)
	}
	f.defaults, _, _ = config.Effective(layout.ClustersFile, []byte(sample), "dev-1")
	return f, nil
}

// resolve follows a reference, and keeps what stands beside it.
func (f *Fields) resolve(p *property) *property {
	name, ok := strings.CutPrefix(p.Ref, "#/$defs/")
	if !ok {
		return p
	}
	target := *f.resolve(f.Defs[name])
	if p.Description != "" {
		target.Description = p.Description
	}
	return &target
}

// inner is what a list has as items; any other is itself.
func (f *Fields) inner(p *property) *property {
	p = f.resolve(p)
	for _, form := range p.forms() {
		if r := f.inner(form); len(r.Properties) > 0 {
			return r
		}
	}
	if p.Items != nil {
		return f.inner(p.Items)
	}
	return p
}

// starts are where a path may begin: at a cluster, which is what most fields belong to, at an environment, at the top.
func (f *Fields) starts() []*property {
	return []*property{f.Defs["Cluster"], f.Defs["Environment"], f.Defs["Fleet"]}
}

// find follows a path such as nodes.pools.limits from the first start that knows it.
func (f *Fields) find(path string) (at, parent *property, err error) {
	words := strings.Split(regexp.MustCompile(`\[[0-9]*\]`).ReplaceAllString(path, ""), ".")
	var best error
	depth := -1
	for _, start := range f.starts() {
		p, above, walked, err := f.walk(start, words)
		if err == nil {
			return p, above, nil
		}
		if walked > depth {
			depth, best = walked, err
		}
	}
	if deeper := f.deeper(path); depth == 0 && deeper != "" {
		return nil, nil, fmt.Errorf("%w %q; did you mean %s?", ErrUnknown, path, deeper)
	}
	return nil, nil, best
}

// deeper is the shortest path that ends in a word which is no field by itself; empty if none does.
func (f *Fields) deeper(word string) string {
	shortest := ""
	for _, path := range f.Paths() {
		if strings.HasSuffix(path, "."+word) && (shortest == "" || len(path) < len(shortest)) {
			shortest = path
		}
	}
	return shortest
}

func (f *Fields) walk(p *property, words []string) (at, parent *property, walked int, err error) {
	for i, word := range words {
		in := f.inner(p)
		next := in.Properties[word]
		if next == nil {
			return nil, nil, i, f.unknown(words[:i], word, in)
		}
		p, parent = next, in
	}
	return p, parent, len(words), nil
}

func (f *Fields) unknown(before []string, word string, in *property) error {
	var names []string
	for name := range in.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	where := strings.Join(before, ".")
	switch near := diag.Nearest(word, names); {
	case len(names) == 0:
		return fmt.Errorf("%w %q: %s has no fields that gen knows", ErrUnknown, word, where)
	case near != "":
		return fmt.Errorf("%w %q; did you mean %s?", ErrUnknown, word, strings.TrimPrefix(where+"."+near, "."))
	default:
		return fmt.Errorf("%w %q; there are %s", ErrUnknown, word, strings.Join(names, ", "))
	}
}

// kindOf is the type in the words of kubectl explain.
func (f *Fields) kindOf(p *property) string {
	p = f.resolve(p)
	switch {
	case p.Items != nil:
		return "[]" + f.kindOf(p.Items)
	case len(p.forms()) > 0:
		var kinds []string
		for _, form := range p.forms() {
			kinds = append(kinds, f.kindOf(form))
		}
		return strings.Join(slices.Compact(kinds), " or ")
	case len(p.Properties) > 0:
		return "object"
	}
	if more, ok := p.Additional.(map[string]any); ok && p.Type == "object" {
		return fmt.Sprintf("map[string]%v", more["type"])
	}
	switch t := p.Type.(type) {
	case string:
		return t
	case []any:
		var kinds []string
		for _, kind := range t {
			kinds = append(kinds, fmt.Sprint(kind))
		}
		return strings.Join(kinds, " or ")
	}
	return "any"
}
