package resource

import (
	"slices"
	"strings"
)

// Mergeable reports whether a merge patch makes full of base in kustomize too. Its merge is not that of RFC 7386: it refuses a
// mapping over a list or a single value and the other way round, it takes a key that starts with $ for an instruction, and it
// drops null, which Helm needs to drop a chart's default (kustomize, kyaml/yaml/merge2; Helm, Values files).
func Mergeable(base, full map[string]any) bool {
	for key, want := range full {
		have, exists := base[key]
		haveMap, wasMap := have.(map[string]any)
		wantMap, isMap := want.(map[string]any)
		_, wasList := have.([]any)
		_, isList := want.([]any)
		switch {
		case strings.HasPrefix(key, "$") || hasNull(want):
			return false
		case exists && (isMap != wasMap || isList != wasList):
			return false
		case isMap && wasMap && !Mergeable(haveMap, wantMap):
			return false
		}
	}
	return true
}

// hasNull reports whether a value is null, or has null or an instruction to kustomize in it.
func hasNull(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case map[string]any:
		for key, inner := range v {
			if strings.HasPrefix(key, "$") || hasNull(inner) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, hasNull)
	}
	return false
}
