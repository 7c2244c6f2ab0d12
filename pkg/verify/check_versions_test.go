package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify"
)

// TestAnyDay: the date alone never makes an error of what gen generates, and says nothing but that support ends.
func TestAnyDay(t *testing.T) {
	crds := embedded(t)
	told := 0
	for _, c := range golden.WithShipped(t) {
		files := filesOf(t, c)
		for _, day := range []time.Time{{}, today(), today().AddDate(0, 6, 0), today().AddDate(1, 0, 0), today().AddDate(10, 0, 0)} {
			for _, f := range found(t, files, crds, day) {
				told++
				if f.Check != "versions" || f.Severity.String() != "warning" || f.Cluster == "" {
					t.Errorf("%s on %s: %s: %s", c.Name, day.Format(time.DateOnly), f.Check, f)
				}
			}
		}
	}
	if told == 0 {
		t.Error("in ten years there is nothing to say about a version")
	}
}

// TestDays: what is said of 1.34, whose standard support ends on 2026-12-02 and extended support a year later, on
// the days around each change.
func TestDays(t *testing.T) {
	const file = "clusters/dev/dev-1/cluster/cluster.yaml"
	crds, files := embedded(t), goldenTree(t, "shortest")
	old := strings.Replace(string(files[file].Data), "version: '1.36'", "version: '1.34'", 1)
	tree, err := manifest.Load(edited(t, files, []txtar.File{{Name: "file " + file, Data: []byte(old)}}), crds)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{
		"2026-10-02T23:59": "",
		"2026-10-03T00:00": "ends on 2026-12-02, in 60 days;",
		"2026-12-01T00:00": "ends on 2026-12-02, in 1 day;",
		"2026-12-01T23:59": "ends on 2026-12-02, in 1 day;",
		"2026-12-02T00:00": "standard support for Kubernetes 1.34 ended on 2026-12-02",
		"2027-12-01T23:59": "standard support for Kubernetes 1.34 ended on 2026-12-02",
		"2027-12-02T00:00": "extended support for Kubernetes 1.34 ended on 2027-12-02",
	} {
		if tree.Today, err = time.Parse("2006-01-02T15:04", day); err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, f := range verify.Run(tree, verify.Checks()) {
			if f.Cluster == "dev-1" && f.Check == "versions" {
				told = append(told, f.Message)
			}
		}
		if got := strings.Join(told, "\n"); want == "" && got != "" || len(told) > 1 || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}
