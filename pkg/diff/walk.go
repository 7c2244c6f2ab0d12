package diff

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// walker compares two objects of a kind, field by field.
//
// It is own code because no library that was tried does it: dyff tells an order that does not matter as a change and
// pairs documents by itself; jsondiff and go-cmp pair elements of lists by position; structured-merge-diff pairs them
// by the schema's keys, but knows no schema for Kubernetes' own kinds outside of client-go's internal packages, and
// has neither ACK's lists of tags, for which the CRDs name no keys, nor IAM policies, which are text to it.
type walker struct {
	lists lists
	found []Field
}

// at is a place in an object: its path with brackets and its name without.
type at struct{ path, name string }

func (a at) field(key string) at {
	below := at{path: key, name: key}
	if strings.ContainsAny(key, "./[]") {
		below.path = "[" + key + "]"
	}
	if a.path != "" {
		if below.path == key {
			below.path = "." + key
		}
		below = at{path: a.path + below.path, name: a.name + "." + key}
	}
	return below
}

func (a at) element(label string) at { return at{path: a.path + "[" + label + "]", name: a.name} }

// compare adds the fields that differ between two values.
func (w *walker) compare(here at, before, after any) {
	if reflect.DeepEqual(before, after) {
		return
	}
	if b, a, ok := w.lists.documents(here.name, before, after); ok {
		inner := walker{lists: w.lists.inDocument(here.name)}
		inner.compare(here, b, a)
		w.found = append(w.found, inner.found...)
		return
	}
	b, isMap := asMap(before)
	a, alsoMap := asMap(after)
	if isMap && alsoMap && len(b)+len(a) > 0 {
		w.maps(here, b, a)
		return
	}
	bs, isList := asList(before)
	as, alsoList := asList(after)
	if isList && alsoList && len(bs)+len(as) > 0 {
		w.list(here, bs, as)
		return
	}
	w.found = append(w.found, Field{Path: here.path, Name: here.name, Before: before, After: after})
}

// asMap takes what is not there for an empty mapping, so that the fields below it are told one by one.
func asMap(value any) (map[string]any, bool) {
	fields, ok := value.(map[string]any)
	return fields, ok || value == nil
}

func asList(value any) ([]any, bool) {
	list, ok := value.([]any)
	return list, ok || value == nil
}

func (w *walker) maps(here at, before, after map[string]any) {
	keys := slices.Collect(maps.Keys(before))
	for key := range after {
		if _, ok := before[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		w.compare(here.field(key), before[key], after[key])
	}
}

// list compares two lists: elements with the same keys are one; without keys, those that are equal are one, and what
// is left over is paired in its order.
func (w *walker) list(here at, before, after []any) {
	keys := w.lists.keys(here.name, before, after)
	if keys != nil {
		w.keyed(here, keys, before, after)
		return
	}
	b, a := without(before, after), without(after, before)
	if len(b)+len(a) == 0 {
		if w.lists.ordered(here.name) {
			w.found = append(w.found, Field{Path: here.path, Name: here.name, Before: before, After: after, Order: true})
		}
		return
	}
	for len(b) > 0 && len(a) > 0 && isStructured(b[0]) && isStructured(a[0]) {
		position := slices.IndexFunc(after, func(item any) bool { return reflect.DeepEqual(item, a[0]) })
		w.compare(here.element(strconv.Itoa(position)), b[0], a[0])
		b, a = b[1:], a[1:]
	}
	for _, item := range b {
		w.found = append(w.found, Field{Path: here.element(labelOf(item, before)).path, Name: here.name, Before: item})
	}
	for _, item := range a {
		w.found = append(w.found, Field{Path: here.element(labelOf(item, after)).path, Name: here.name, After: item})
	}
}

// keyed compares lists whose elements have an identity.
func (w *walker) keyed(here at, keys []string, before, after []any) {
	seen := map[string]any{}
	for _, item := range after {
		seen[identity(item, keys)] = item
	}
	var same []string
	for _, item := range before {
		id := identity(item, keys)
		if other, ok := seen[id]; ok {
			same = append(same, id)
			w.compare(here.element(id), item, other)
			continue
		}
		w.found = append(w.found, Field{Path: here.element(id).path, Name: here.name, Before: item})
	}
	var now []string
	for _, item := range after {
		if id := identity(item, keys); slices.Contains(same, id) {
			now = append(now, id)
		} else {
			w.found = append(w.found, Field{Path: here.element(id).path, Name: here.name, After: item})
		}
	}
	if !slices.Equal(same, now) && w.lists.ordered(here.name) {
		w.found = append(w.found, Field{Path: here.path, Name: here.name, Before: before, After: after, Order: true})
	}
}

// without are the elements of a list less those of another, each as often as it is there.
func without(list, other []any) []any {
	other = slices.Clone(other)
	var left []any
	for _, item := range list {
		i := slices.IndexFunc(other, func(o any) bool { return reflect.DeepEqual(item, o) })
		if i < 0 {
			left = append(left, item)
		} else {
			other = slices.Delete(other, i, i+1)
		}
	}
	return left
}

// isStructured tells whether a value has fields that can be compared one by one.
func isStructured(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// labelOf is an element in the brackets of a path: a text itself, else its position.
func labelOf(item any, list []any) string {
	if isStructured(item) {
		return strconv.Itoa(slices.IndexFunc(list, func(other any) bool { return reflect.DeepEqual(item, other) }))
	}
	return Value(item)
}

// Value writes a value in one line: texts as they are, everything else as JSON.
func Value(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// parseDocument reads a text that holds JSON or YAML with fields.
func parseDocument(text string) (map[string]any, bool) {
	raw, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, false
	}
	fields := map[string]any{}
	if err := utiljson.Unmarshal(raw, &fields); err != nil {
		return nil, false
	}
	return fields, true
}
