package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sourcev1 "github.com/fluxcd/source-controller/api/v1"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/flux"
)

// TestVersions: the README says which version of a chart a cluster gets that names none. A newer gen may bring a newer one,
// and then its row changes in the same commit.
func TestVersions(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(golden.Root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range catalog.All() {
		if !part.HasChart {
			continue
		}
		chart, err := flux.Template(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		row := fmt.Sprintf("| `%s` | %s | %s |", part.Name, address(chart), chart.Version())
		if !strings.Contains(string(readme), row+"\n") {
			t.Errorf("the README lacks the row %s", row)
		}
	}
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
