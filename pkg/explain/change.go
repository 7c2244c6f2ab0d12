package explain

import (
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
)

// rowOf is what a field becomes, by the row that says most. ok is false if there is none.
func rowOf(field string) (row becomes, ok bool) {
	field = regexp.MustCompile(`\[[0-9]*\]`).ReplaceAllString(field, "")
	if top, below, nested := strings.Cut(field, "."); nested && slices.Contains([]string{"clusters", "environments", "defaults"}, top) && field != "environments.name" {
		field = below
	}
	all := slices.Concat(clusterRows(), nodeRows(), appRows(), fleetRows())
	for at := field; at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
		if i := slices.IndexFunc(all, func(b becomes) bool { return b.field == at }); i >= 0 {
			return all[i], true
		}
	}
	return becomes{}, false
}

// sentences say what a change does: the words of the row, and what gen diff knows of each field of an object.
func (b becomes) sentences() []string {
	var list []string
	if b.words != "" {
		list = append(list, b.words)
	}
	table := effect.NewTable(nil)
	for _, object := range b.objects {
		text := effectOf(table, object)
		if len(b.objects) > 1 {
			text = object + ": " + text
		}
		list = append(list, text)
	}
	return list
}

// effectOf is what gen diff knows of the field of an object.
func effectOf(table effect.Table, object string) string {
	kind, name, _ := strings.Cut(object, " ")
	var row effect.Row
	for _, r := range effect.Rows() {
		if r.Kind == kind {
			row, _ = table.Row(schema.GroupKind{Group: r.Group, Kind: kind}, name)
			break
		}
	}
	return strings.Trim(outcomes(row.Outcome)+"; "+row.Why, "; ")
}

// outcomes are those of gen diff in words; there is none where it hangs on the values.
func outcomes(outcome change.Outcome) string {
	switch outcome {
	case change.Update:
		return "updated in place"
	case change.Replace:
		return "replaced"
	case change.Refused:
		return "not possible"
	case change.Ignored:
		return "ignored"
	case change.Orphan:
		return "made again, and the old one stays"
	case change.Create, change.Delete:
		return strings.ToLower(string(outcome))
	}
	return ""
}
