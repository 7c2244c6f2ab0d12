package diff

import (
	"reflect"
	"slices"
)

// aligned is a value before a change, with every list of which the order means nothing in the order that it has after
// it: then a comparison line by line finds what [walker] finds. before is not changed; what needs no other order is
// shared with it.
func (l lists) aligned(here at, before, after any) any {
	if reflect.DeepEqual(before, after) {
		return before
	}
	if b, a, ok := l.documents(here.name, before, after); ok {
		inner := walker{lists: l.inDocument(here.name)}
		if inner.compare(here, b, a); len(inner.found) == 0 {
			return after
		}
		return before
	}
	switch b := before.(type) {
	case map[string]any:
		if a, ok := after.(map[string]any); ok {
			return l.alignedMap(here, b, a)
		}
	case []any:
		if a, ok := after.([]any); ok {
			return l.alignedList(here, b, a)
		}
	}
	return before
}

func (l lists) alignedMap(here at, before, after map[string]any) map[string]any {
	fields := make(map[string]any, len(before))
	for key, value := range before {
		fields[key] = l.aligned(here.field(key), value, after[key])
	}
	return fields
}

// alignedList pairs elements as [walker.list] does. Where the order means nothing, those with a partner take the order
// of their partners, and leave the places of the others as they are.
func (l lists) alignedList(here at, before, after []any) []any {
	partner, _ := partners(before, after, l.keys(here.name, before, after))
	made := make([]any, len(before))
	for i, item := range before {
		made[i] = item
		if j := partner[i]; j >= 0 {
			made[i] = l.aligned(here, item, after[j])
		}
	}
	if l.ordered(here.name) {
		return made
	}
	var places []int
	for i := range before {
		if partner[i] >= 0 {
			places = append(places, i)
		}
	}
	sorted := slices.Clone(places)
	slices.SortFunc(sorted, func(a, b int) int { return partner[a] - partner[b] })
	list := slices.Clone(made)
	for i, place := range places {
		list[place] = made[sorted[i]]
	}
	return list
}
