package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify"
)

// TestReport: files have the folder before them, findings of several trees are sorted as one list, and what is
// allowed counts for nothing but the summary.
func TestReport(t *testing.T) {
	tree, err := manifest.Load(goldenTree(t, "shortest"), embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	objects := 0
	for _, b := range tree.Builds {
		objects += len(b.Objects)
	}
	var report verify.Report
	report.Add("b/c", tree, findings())
	one := report.Summary()
	report.Add(".", tree, []verify.Finding{{Check: "flux", Problem: diag.Problem{File: "b/b.yaml", Message: "m"}}})
	var files []string
	for _, f := range report.Findings {
		files = append(files, f.File)
	}
	if want := []string{"b/b.yaml", "b/c/a.yaml", "b/c/b.yaml", "b/c/b.yaml", "b/c/b.yaml", "b/c/c.yaml"}; !slices.Equal(files, want) {
		t.Errorf("the files are %v", files)
	}
	if want := fmt.Sprintf("%d objects in %d folders: 1 error, 1 warning, 1 note, 1 allowed", objects, len(tree.Builds)); one != want {
		t.Errorf("of one tree: %s, want %s", one, want)
	}
	if want := fmt.Sprintf("%d objects in %d folders: 2 errors, 1 warning, 1 note, 1 allowed", 2*objects, 2*len(tree.Builds)); report.Summary() != want {
		t.Errorf("of two: %s, want %s", report.Summary(), want)
	}
	report.Strict()
	if !strings.HasSuffix(report.Summary(), ": 3 errors, 0 warnings, 1 note, 1 allowed") {
		t.Errorf("strictly: %s", report.Summary())
	}
}

func TestHasErrors(t *testing.T) {
	allowed := verify.Finding{Allowed: "for a while"}
	note := verify.Finding{Problem: diag.Problem{Severity: diag.Note}}
	if verify.HasErrors([]verify.Finding{allowed, note}) || !verify.HasErrors([]verify.Finding{allowed, {}}) {
		t.Error("what is allowed and what is a note is no error, and everything else is")
	}
}
