package diff_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diff"
)

// TestReadsWhatAChangeReaches: of clusters that a change does not reach, and of stages beside the one that it does,
// nothing is built.
func TestReadsWhatAChangeReaches(t *testing.T) {
	cases := golden.Cases(t)
	c := cases[slices.IndexFunc(cases, func(c golden.Case) bool { return c.Name == "releases" })]
	from, to := filesOf(t, c), filesOf(t, c)
	changed := "clusters/dev/dev-1/cluster/cluster.yaml"
	to[changed] = []byte(strings.Replace(string(to[changed]), "zonalShiftConfig:\n    enabled: false", "zonalShiftConfig:\n    enabled: true", 1))
	var read []string
	watched := diff.FromFiles("before", from)
	plain := watched.Read
	watched.Read = func(names []string) (map[string][]byte, error) {
		read = append(read, names...)
		return plain(names)
	}
	report, err := diff.Compare(watched, diff.FromFiles("after", to), embedded(t))
	if err != nil || len(report.Sections) != 1 || len(report.Sections[0].Changes) != 1 {
		t.Fatalf("%v, %d sections", err, len(report.Sections))
	}
	for _, name := range read {
		parts := strings.Split(name, "/")
		stage := parts[0] == "clusters" || len(parts) > 4 && parts[1] == "dev" && parts[3] != "delivery"
		if stage && path.Dir(name) != path.Dir(changed) {
			t.Errorf("%s is read", name)
		}
	}
	if !slices.Contains(read, changed) {
		t.Error("what is changed is not read")
	}
}
