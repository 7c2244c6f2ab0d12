package externaldns

import (
	"maps"
	"slices"
	"strings"
)

// withArguments are gen's own arguments and the user's, who may write them as a list or as a mapping (ExternalDNS chart,
// values.yaml: extraArgs). An argument of the user replaces one of gen with the same flag.
func withArguments(own []any, users any) any {
	switch users := users.(type) {
	case []any:
		kept := slices.DeleteFunc(slices.Clone(own), func(argument any) bool {
			return slices.ContainsFunc(users, func(other any) bool { return flag(other) == flag(argument) })
		})
		return append(kept, users...)
	case map[string]any:
		merged := map[string]any{}
		for _, argument := range own {
			text, _ := argument.(string)
			_, value, _ := strings.Cut(text, "=")
			merged[flag(argument)] = value
		}
		maps.Copy(merged, users)
		return merged
	default:
		return users
	}
}

// flag is the name of an argument such as --zone-id-filter=Z0123.
func flag(argument any) string {
	text, _ := argument.(string)
	name, _, _ := strings.Cut(strings.TrimLeft(text, "-"), "=")
	return name
}
