package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"github.com/google/go-cmp/cmp"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// TestReadme: the README lists what a cluster can have, and which version of a chart it gets that names none. A newer gen may bring
// a newer one, and then its row changes in the same commit. UPDATE_GOLDEN=1 writes both tables.
func TestReadme(t *testing.T) {
	file := filepath.Join(golden.Root(t), "README.md")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := string(content)
	for head, rows := range map[string][]string{
		"| component | what a cluster gains |\n|---|---|\n":                  gains(config.AllComponents()),
		"| component | chart | version without `version` |\n|---|---|---|\n": versions(t),
	} {
		if want, err = withTable(want, head, rows); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getenv(golden.Update) != "" && os.Getenv("CI") == "" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("the tables of the README are not those of pkg/config/component_table.go and templates; run `task update` (-want +got):\n%s", diff)
	}
}

// withTable puts rows in place of those below the head of a table.
func withTable(text, head string, rows []string) (string, error) {
	before, rest, ok := strings.Cut(text, head)
	if !ok {
		return "", fmt.Errorf("the README has no table %q", head)
	}
	for strings.HasPrefix(rest, "|") {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return before + head + strings.Join(rows, "") + rest, nil
}

// gains are the rows that say what a cluster gains by each component.
func gains(all []config.Component) []string {
	var rows []string
	for _, p := range all {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", p.Name, p.Doc))
	}
	return rows
}

// versions are the rows that say which chart and which version a component has.
func versions(t *testing.T) []string {
	t.Helper()
	var rows []string
	for _, p := range config.ChartComponents() {
		chart, err := flux.Template(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s |\n", p.Name, address(chart), chart.Version()))
	}
	return rows
}

// address is where a chart comes from: the OCI artifact, or the repository and the name in it.
func address(chart flux.Chart) string {
	switch source := chart.Source.(type) {
	case *sourcev1.OCIRepository:
		return source.Spec.URL
	case *sourcev1.HelmRepository:
		return source.Spec.URL + ", " + chart.Release.Spec.Chart.Spec.Chart
	}
	return ""
}

// A row too many, one that is missing and a table that is gone are found; otherwise the test above proves nothing.
func TestWithTable(t *testing.T) {
	t.Parallel()
	const head = "| a |\n|---|\n"
	for text, want := range map[string]string{
		"x\n" + head + "| old |\n| older |\n\ny\n": "x\n" + head + "| new |\n\ny\n",
		"x\n" + head + "y\n":                       "x\n" + head + "| new |\ny\n",
		"x\n":                                      "",
	} {
		got, err := withTable(text, head, []string{"| new |\n"})
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q became %q, %v", text, got, err)
		}
	}
}
