package verify

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
	"eks-auto-gitops/pkg/verify/check/tree"
)

// A Report is what was looked at and found, in one tree or in several.
type Report struct {
	// Findings are sorted by file.
	Findings []Finding
	// Objects and Folders count what was looked at.
	Objects, Folders int
}

// Add brings the findings of a tree into the report. dir leads to the tree, with slashes, and comes before each of
// its files; empty or "." for the current folder.
func (r *Report) Add(dir string, of *manifest.Tree, findings []Finding) {
	for _, f := range findings {
		f.File = path.Join(dir, f.File)
		r.Findings = append(r.Findings, f)
	}
	sorted(r.Findings)
	r.Objects += len(of.Objects())
	r.Folders += len(of.Builds)
}

// Strict makes an error of every warning.
func (r *Report) Strict() {
	for i, f := range r.Findings {
		if f.Severity == diag.Warning {
			r.Findings[i].Severity = diag.Error
		}
	}
}

// Summary is one line on what was looked at and found. What clusters share is counted once.
func (r *Report) Summary() string {
	counted := map[diag.Severity]int{}
	for _, f := range counting(r.Findings) {
		counted[f.Severity]++
	}
	parts := []string{check.Count(counted[diag.Error], "error"), check.Count(counted[diag.Warning], "warning")}
	if n := counted[diag.Note]; n > 0 {
		parts = append(parts, check.Count(n, "note"))
	}
	allowed := slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Allowed == "" })
	if n := len(allowed); n > 0 {
		parts = append(parts, fmt.Sprintf("%d allowed", n))
	}
	return fmt.Sprintf("%s in %s: %s", check.Count(r.Objects, "object"), check.Count(r.Folders, "folder"), strings.Join(parts, ", "))
}

// First is one line on what to do before anything else, where findings may come of files that are not as gen writes them; else empty.
func (r *Report) First() string {
	generated := func(f Finding) bool { // a fault of clusters.yaml itself is no file of gen's
		return f.Check == tree.GeneratedCheck().Name && f.Allowed == "" && (f.Severity != diag.Error || path.Base(f.File) != path.Base(layout.ClustersFile))
	}
	others := func(f Finding) bool { return !generated(f) && f.Allowed == "" && f.Severity == diag.Error }
	if !slices.ContainsFunc(r.Findings, generated) || !slices.ContainsFunc(r.Findings, others) {
		return ""
	}
	return "generated files are not as gen writes them: run gen clusters first, other findings may come of that"
}

// counting are the findings that nothing silences, each once: what stands in a file that clusters share is found in
// every one of them.
func counting(findings []Finding) []Finding {
	var list []Finding
	for _, f := range findings {
		if f.Allowed == "" {
			list = append(list, f)
		}
	}
	return slices.CompactFunc(list, sameButCluster)
}

// sameButCluster reports whether two findings read the same.
func sameButCluster(a, b Finding) bool {
	a.Cluster, b.Cluster = "", ""
	return a == b
}
