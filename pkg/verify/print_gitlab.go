package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"eks-auto-gitops/pkg/diag"
)

// The fields of a finding that GitLab reads (GitLab Docs, Code Quality, Code Quality report format).
type (
	gitlabFinding struct {
		Description string         `json:"description"`
		Check       string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	}
)

// GitLab writes findings as a report for GitLab's Code Quality, which shows in a merge request what it adds and what it
// mends. What clusters.yaml silences is left out.
func GitLab(w io.Writer, findings []Finding) error {
	list := []gitlabFinding{}
	seen := map[string]int{}
	for _, f := range counting(findings) {
		list = append(list, f.gitlab(seen))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(list); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	return nil
}

// gitlab is a finding in the report. GitLab knows a finding again by its fingerprint and drops all but the first of the
// same: so the line, which moves, is not in it, and those that are equal without it are numbered. seen counts them.
func (f Finding) gitlab(seen map[string]int) gitlabFinding {
	severity := map[diag.Severity]string{diag.Error: "critical", diag.Warning: "minor", diag.Note: "info"}[f.Severity]
	g := gitlabFinding{Description: f.sentence(), Check: f.Check, Severity: severity}
	what := fmt.Sprintf("%q", []string{f.Check, f.File, g.Description})
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", what, seen[what]))
	seen[what]++
	g.Fingerprint = hex.EncodeToString(sum[:])
	g.Location.Path = f.File
	g.Location.Lines.Begin = max(1, f.Line)
	return g
}
