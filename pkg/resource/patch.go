package resource

import (
	"maps"
	"reflect"
)

// MergePatch returns what turns base into full as a JSON merge patch (RFC 7386), which is how kustomize
// patches custom resources: maps are merged, everything else is replaced, null removes. It is nil if
// nothing differs.
func MergePatch(base, full map[string]any) map[string]any {
	patch := map[string]any{}
	for key := range base {
		if _, kept := full[key]; !kept {
			patch[key] = nil
		}
	}
	for key, want := range full {
		have, exists := base[key]
		haveMap, isMap := have.(map[string]any)
		wantMap, wantsMap := want.(map[string]any)
		switch {
		case !exists:
			patch[key] = want
		case isMap && wantsMap:
			if inner := MergePatch(haveMap, wantMap); inner != nil {
				patch[key] = inner
			}
		case !reflect.DeepEqual(have, want):
			patch[key] = want
		}
	}
	if len(patch) == 0 {
		return nil
	}
	return patch
}

// Merge lays over over base as Helm does with values: maps are merged, everything else is replaced, and
// null stays, which drops what the chart has. Neither is changed.
func Merge(base, over map[string]any) map[string]any {
	merged := maps.Clone(base)
	if merged == nil {
		merged = map[string]any{}
	}
	for key, value := range over {
		inner, isMap := value.(map[string]any)
		existing, both := merged[key].(map[string]any)
		switch {
		case isMap && both:
			merged[key] = Merge(existing, inner)
		default:
			merged[key] = value
		}
	}
	return merged
}

// EncodePatch returns the canonical YAML of a merge patch for the object that has the same kind and name.
// Namespaces are left to the kustomization that applies the patch.
func EncodePatch(base, full Object) ([]byte, error) {
	from, err := Tree(base)
	if err != nil {
		return nil, err
	}
	to, err := Tree(full)
	if err != nil {
		return nil, err
	}
	patch := MergePatch(from, to)
	delete(patch, "metadata")
	if len(patch) == 0 {
		return nil, nil
	}
	patch["apiVersion"], patch["kind"] = to["apiVersion"], to["kind"]
	patch["metadata"] = map[string]any{"name": full.GetName()}
	return EncodeTree(patch)
}
