package generate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/ack/compare"
)

// leavesOf visits the name of every value below root, without brackets.
func leavesOf(name string, value any, visit func(name string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			leavesOf(name+"."+key, inner, visit)
		}
	case []any:
		for _, inner := range v {
			leavesOf(name, inner, visit)
		}
	default:
		visit(name)
	}
}

// TestEveryFieldIsCompared: for each field of an ACK object in any golden tree the table says how ACK compares it, and nothing
// that it compares as a whole holds a reference, which AWS does not return.
func TestEveryFieldIsCompared(t *testing.T) {
	missing, used := map[string]string{}, map[string]bool{}
	for _, made := range trees(t) {
		for _, o := range made.applied() {
			kind := o.GroupVersionKind().GroupKind()
			if kind.Group != "services.k8s.aws" && !strings.HasSuffix(kind.Group, ".services.k8s.aws") {
				continue
			}
			leavesOf("spec", o.Object["spec"], func(name string) {
				row, ok := compare.Find(kind, name)
				if !ok {
					missing[kind.String()+" "+name] = made.Name
					return
				}
				used[rowName(row)] = true
				if ref := strings.Contains(name, "Ref.from.") || strings.Contains(name, "Refs.from."); ref && row.How == compare.Whole {
					t.Errorf("%s: %s: %s is a reference in what ACK compares as a whole: it differs for ever", made.Name, o.id(), name)
				}
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("%s (case %s) has no row: say in pkg/ack/compare how its controller compares it", name, missing[name])
	}
	for _, row := range compare.Rows() {
		if name := rowName(row); used[name] == row.Left && row.Field != "spec.hostedZoneID" && row.Field != "spec.resourcesVPCConfig.securityGroupIDs" {
			t.Errorf("%s is left to ACK: %t, but is it in a golden tree: %t", name, row.Left, used[name])
		}
	}
}

// TestComparisonsAreWhole: every row says how and where that is written, and no two speak of one field.
func TestComparisonsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range compare.Rows() {
		if seen[rowName(row)] {
			t.Errorf("%s has two rows", rowName(row))
		}
		seen[rowName(row)] = true
		if row.Source == "" || row.How == "" || row.Group == "" {
			t.Errorf("%s is not whole: how %q, source %q", rowName(row), row.How, row.Source)
		}
		if (row.Left || row.How == compare.Whole) && row.Returns == "" {
			t.Errorf("%s does not say what AWS returns", rowName(row))
		}
	}
}

func rowName(row compare.Row) string { return row.Group + "/" + row.Kind + " " + row.Field }
