package diff_test

import (
	"slices"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
)

// TestFirstAndLast: a repository without a fleet is an empty tree and no problem. So the first pull request of a fleet
// makes everything, and one that removes all of it makes nothing.
func TestFirstAndLast(t *testing.T) {
	crds := embedded(t)
	cases := golden.WithShipped(t)
	at := slices.IndexFunc(cases, func(c golden.Case) bool { return c.Name == "shortest" })
	fleet, empty := diff.FromFiles("fleet", filesOf(t, cases[at])), diff.FromFiles("empty", nil)
	for _, test := range []struct {
		from, to diff.Source
		made     bool
	}{{empty, fleet, true}, {fleet, empty, false}} {
		report, err := diff.Compare(test.from, test.to, crds)
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Problems) > 0 || len(report.Sections) == 0 {
			t.Errorf("%s to %s: %d sections, problems %v", test.from.Name, test.to.Name, len(report.Sections), report.Problems)
		}
		if len(report.Causes) != 1 || report.Causes[0].File != "clusters/clusters.yaml" {
			t.Errorf("%s to %s: causes %v", test.from.Name, test.to.Name, report.Causes)
		}
		for _, section := range report.Sections {
			for _, c := range section.Changes {
				if made := c.Outcome == change.Create; made != test.made {
					t.Errorf("%s to %s: %s %s %s", test.from.Name, test.to.Name, c.Outcome, c.Kind, c.Name)
				}
			}
		}
	}
}
