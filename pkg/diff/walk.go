package diff

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// walker compares two objects of a kind, field by field.
//
// It is own code because no library that was tried does it: dyff tells an order that does not matter as a change and
// pairs documents by itself; jsondiff and go-cmp pair elements of lists by position; structured-merge-diff pairs them
// by the schema's keys, but knows no schema for Kubernetes' own kinds outside of client-go's internal packages, and
// has neither ACK's lists of tags, for which the CRDs name no keys, nor IAM policies, which are text to it.
type walker struct {
	lists lists
	found []change.Field
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
	w.found = append(w.found, change.Field{Path: here.path, Name: here.name, Before: before, After: after})
}

// asMap treats what does not exist as an empty mapping, so that the fields below it are listed one by one.
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

// list compares two lists, element by element with its partner.
func (w *walker) list(here at, before, after []any) {
	keys := w.lists.keys(here.name, before, after)
	partner, alone := partners(before, after, keys)
	label := func(item any, i int) at {
		switch {
		case keys != nil:
			return here.element(identity(item, keys))
		case isStructured(item):
			return here.element(strconv.Itoa(i))
		default:
			return here.element(change.Value(item))
		}
	}
	for i, item := range before {
		if j := partner[i]; j >= 0 {
			w.compare(label(after[j], j), item, after[j])
		} else {
			w.found = append(w.found, change.Field{Path: label(item, i).path, Name: here.name, Before: item})
		}
	}
	for _, j := range alone {
		w.found = append(w.found, change.Field{Path: label(after[j], j).path, Name: here.name, After: after[j]})
	}
	if w.lists.ordered(here.name) && !slices.IsSorted(slices.DeleteFunc(partner, func(j int) bool { return j < 0 })) {
		w.found = append(w.found, change.Field{Path: here.path, Name: here.name, Before: before, After: after, Order: true})
	}
}

// partners are, for each element before, the position of the one after that it is compared with, or -1, and the
// positions after that nothing is compared with. Partners have the same keys; without keys they are equal, or, if they
// have fields, are left over in this order.
func partners(before, after []any, keys []string) (partner, alone []int) {
	partner = make([]int, len(before))
	taken := make([]bool, len(after))
	pair := func(are func(i, j int) bool) {
		for i := range before {
			for j := range after {
				if partner[i] < 0 && !taken[j] && are(i, j) {
					partner[i], taken[j] = j, true
				}
			}
		}
	}
	for i := range partner {
		partner[i] = -1
	}
	if keys != nil {
		b, a := identities(before, keys), identities(after, keys)
		pair(func(i, j int) bool { return b[i] == a[j] })
	} else {
		pair(func(i, j int) bool { return reflect.DeepEqual(before[i], after[j]) })
		pair(func(i, j int) bool { return isStructured(before[i]) && isStructured(after[j]) })
	}
	for j := range after {
		if !taken[j] {
			alone = append(alone, j)
		}
	}
	return partner, alone
}

// isStructured reports whether a value has fields that can be compared one by one.
func isStructured(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}
