package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
)

// A schema is the part of a JSON schema that counts here.
type schema struct {
	Type       any                `json:"type"`
	Enum       []any              `json:"enum"`
	Properties map[string]*schema `json:"properties"`
	Additional any                `json:"additionalProperties"`
}

// A key is what is known of one value.
type key struct {
	types []string
	words []string
	open  bool
}

func (k key) String() string {
	text := strings.Join(k.types, "|")
	if k.open {
		text += " *"
	}
	if len(k.words) > 0 {
		text += " = " + strings.Join(k.words, " ")
	}
	return text
}

// keysOf is what is known of the values of a chart: from its own values, from its templates and from its schema. A mapping is open
// where any key may count: it is empty, the templates pass it on as a whole, or the schema says so.
func keysOf(c *chart.Chart) (map[string]key, error) {
	read, err := readTemplates(c)
	if err != nil {
		return nil, err
	}
	keys := map[string]key{}
	sample(keys, "", c.Values)
	for path := range read.read {
		if _, known := keys[path]; !known {
			keys[path] = key{types: []string{"any"}, open: true}
		}
	}
	for path := range read.open {
		k := keys[path]
		k.open = true
		keys[path] = k
	}
	if len(c.Schema) > 0 {
		var s schema
		if err := json.Unmarshal(c.Schema, &s); err != nil {
			return nil, fmt.Errorf("values.schema.json: %w", err)
		}
		s.add(keys, "")
	}
	open(keys)
	return keys, nil
}

// sample takes the keys of the chart's own values, and the types that they show.
func sample(keys map[string]key, path string, value any) {
	k := key{types: []string{"any"}, open: true}
	switch v := value.(type) {
	case map[string]any:
		k = key{types: []string{"map"}, open: len(v) == 0}
		for name, inner := range v {
			if strings.Contains(name, ".") {
				k.open = true // the names of files and the like
				continue
			}
			sample(keys, join(path, name), inner)
		}
	case []any:
		k.types = []string{"list"}
	case bool:
		k.types = []string{"bool"}
	case nil:
	default:
		k = key{types: []string{"scalar"}}
	}
	if path != "" {
		keys[path] = k
	}
}

// add takes what a schema says over what the sample shows.
func (s *schema) add(keys map[string]key, path string) {
	for name, inner := range s.Properties {
		at := join(path, name)
		k, known := keys[at]
		k.types = nil
		for _, t := range anyOrMany(inner.Type) {
			k.types = append(k.types, typeOf(fmt.Sprint(t)))
		}
		if len(k.types) == 0 {
			k.types = []string{"any"}
		}
		for _, word := range inner.Enum {
			if word != nil {
				k.words = append(k.words, fmt.Sprint(word))
			}
		}
		if !known {
			k.open = len(inner.Properties) == 0
		}
		if open, said := inner.Additional.(bool); said {
			k.open = open
		}
		keys[at] = k
		inner.add(keys, at)
	}
}

func typeOf(word string) string {
	switch word {
	case "object":
		return "map"
	case "array":
		return "list"
	case "boolean":
		return "bool"
	default: // string, number, integer, null
		return word
	}
}

// open hands openness down: whoever passes on a mapping passes on what is below it.
func open(keys map[string]key) {
	for _, path := range slices.Sorted(maps.Keys(keys)) {
		k := keys[path]
		k.open = k.open || keys[parent(path)].open && parent(path) != ""
		keys[path] = k
	}
}

// spell leaves out what says nothing: single values below a mapping that is open, and everything below what may be anything.
func spell(keys map[string]key) map[string]string {
	spelled := map[string]string{}
	for path, k := range keys {
		above := keys[parent(path)]
		if parent(path) != "" && above.open && len(k.words) == 0 && (slices.Contains(k.types, "any") || slices.Equal(k.types, []string{"scalar"})) {
			continue
		}
		if !slices.Contains(k.types, "map") && !slices.Contains(k.types, "any") {
			k.open = false
		}
		slices.Sort(k.types)
		spelled[path] = k.String()
	}
	return spelled
}

func parent(path string) string {
	i := strings.LastIndex(path, ".")
	return path[:max(i, 0)]
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func anyOrMany(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	if value == nil {
		return nil
	}
	return []any{value}
}
