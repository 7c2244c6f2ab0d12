package diff

import (
	"maps"
	"reflect"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// concealed are two versions of an object, of which one may be nil, without what is secret in them: the values of a
// Secret, and what SOPS has encrypted. A report is posted where more people read than may read the repository, and
// stays there. Values that differ still do.
func concealed(before, after map[string]any) (b, a map[string]any) {
	h := hider{value: "(a secret)", other: "(another secret)"}
	if before["sops"] != nil || after["sops"] != nil {
		h = hider{value: "(encrypted)", other: "(re-encrypted)", only: isEncrypted}
		before, after = h.objects(before, after)
	}
	if !isSecret(before) && !isSecret(after) {
		return before, after
	}
	h.only = nil
	for _, path := range [][]string{{"data"}, {"stringData"}, {"metadata", "annotations", lastApplied}} {
		b, a := h.pair(manifest.ValueAt(before, path...), manifest.ValueAt(after, path...))
		before, after = withAt(before, path, b), withAt(after, path, a)
	}
	return before, after
}

// lastApplied is where kubectl keeps all that it was given.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

func isSecret(object map[string]any) bool {
	kind := schema.KindOf(object)
	return kind.Group == "" && kind.Kind == "Secret"
}

// isEncrypted reports whether SOPS has encrypted the value.
func isEncrypted(value any) bool { return strings.Contains(change.Value(value), "ENC[") }

// hider puts words in the place of values.
type hider struct {
	// value stands for a value, other for one that is not what it was.
	value, other string
	// only selects the values to hide; nil hides all.
	only func(value any) bool
}

// objects hides values of two versions of an object that SOPS has encrypted. Flux decrypts it, and drops what SOPS
// writes down of it.
func (h hider) objects(before, after map[string]any) (b, a map[string]any) {
	x, y := h.pair(before, after)
	b, _ = x.(map[string]any)
	a, _ = y.(map[string]any)
	delete(b, "sops")
	delete(a, "sops")
	return b, a
}

// pair hides two values, those of mappings one by one. What is not there stays so.
func (h hider) pair(before, after any) (b, a any) {
	fields, isMap := before.(map[string]any)
	others, alsoMap := after.(map[string]any)
	if (isMap || before == nil) && (alsoMap || after == nil) && len(fields)+len(others) > 0 {
		return h.maps(fields, others)
	}
	if h.only != nil && !h.only(before) && !h.only(after) {
		return before, after
	}
	b, a = h.value, h.value
	if before != nil && !reflect.DeepEqual(before, after) {
		a = h.other
	}
	if before == nil {
		b = nil
	}
	if after == nil {
		a = nil
	}
	return b, a
}

// maps hides the values of two mappings; one that is empty may be none.
func (h hider) maps(before, after map[string]any) (b, a any) {
	hidden := [2]map[string]any{maps.Clone(before), maps.Clone(after)}
	for _, key := range union(before, after) {
		x, y := h.pair(before[key], after[key])
		for side, value := range []any{x, y} {
			if _, ok := hidden[side][key]; ok {
				hidden[side][key] = value
			}
		}
	}
	return orNone(hidden[0]), orNone(hidden[1])
}

// orNone is no value where there is no mapping.
func orNone(fields map[string]any) any {
	if fields == nil {
		return nil
	}
	return fields
}

// withAt is an object with another value at a path; where there is none, none is made.
func withAt(object map[string]any, path []string, value any) map[string]any {
	if manifest.ValueAt(object, path...) == nil {
		return object
	}
	changed := maps.Clone(object)
	if changed[path[0]] = value; len(path) > 1 {
		inner, _ := object[path[0]].(map[string]any)
		changed[path[0]] = withAt(inner, path[1:], value)
	}
	return changed
}
