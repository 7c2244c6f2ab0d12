package aws

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// neverSettles are references in the fields that ACK compares as a whole with what AWS returns, which has none.
func neverSettles(o *manifest.Object, whole []string) diag.List {
	if len(whole) == 0 {
		return nil
	}
	var problems diag.List
	eachMap(o.Value("spec"), []any{"spec"}, func(keys []any, fields map[string]any) {
		name := dotted(keys)
		if !slices.ContainsFunc(whole, func(field string) bool { return name == field || strings.HasPrefix(name, field+".") }) {
			return
		}
		for key, ref := range fields {
			if literal, ok := strings.CutSuffix(key, "Ref"); ok && ref != nil {
				problems = append(problems, o.Problem(
					manifest.FieldOf(keys)+"."+key,
					"differs for ever from what AWS returns, so that ACK makes no later change of the object",
					"write "+literal+"ARN; for a key that gen makes, take the patch away: gen puts its ARN there",
				))
			}
		}
	})
	return problems
}

// dotted is the name of a field without the places in its lists.
func dotted(keys []any) string {
	var names []string
	for _, key := range keys {
		if name, ok := key.(string); ok {
			names = append(names, name)
		}
	}
	return strings.Join(names, ".")
}
