package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// GitHub writes findings as workflow commands, which GitHub shows at the line (GitHub Actions, Workflow commands:
// Setting a notice message, a warning message, an error message). What clusters.yaml silences is left out.
func GitHub(w io.Writer, findings []Finding) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range counting(findings) {
		command := f.Severity.String()
		if f.Severity == diag.Note {
			command = "notice"
		}
		place := "file=" + property.Replace(f.File)
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d,col=%d", f.Line, f.Column)
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", command, place, property.Replace(f.Check), data.Replace(f.sentence())); err != nil {
			return fmt.Errorf("print findings: %w", err)
		}
	}
	return nil
}

// sentence is a finding without its place and the line there, which the reader sees anyway.
func (f Finding) sentence() string {
	p := f.Problem
	p.File, p.Severity, p.Source = "", diag.Error, ""
	return p.String()
}

// The parts of SARIF that are needed to annotate a change (OASIS, Static Analysis Results Interchange Format 2.1.0).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Results    []sarifResult `json:"results"`
		ColumnKind string        `json:"columnKind"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Full  sarifText `json:"fullDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		// Suppressions has to be there for all results or for none.
		Suppressions []sarifSuppression `json:"suppressions"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// SARIF writes findings as other tools for the analysis of code do, with every check as a rule. What clusters.yaml
// silences is there as suppressed.
func SARIF(w io.Writer, findings []Finding) error {
	run := sarifRun{Results: []sarifResult{}, ColumnKind: "unicodeCodePoints"}
	run.Tool.Driver = sarifDriver{Name: "gen verify"}
	for _, c := range Checks() {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: c.Name, Short: sarifText{c.Doc}, Full: sarifText{c.Why}})
	}
	for _, f := range slices.CompactFunc(slices.Clone(findings), sameButCluster) {
		run.Results = append(run.Results, f.sarif())
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	log := sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
	if err := encoder.Encode(log); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	return nil
}

// sarif is a finding as a result.
func (f Finding) sarif() sarifResult {
	location := sarifLocation{}
	location.Physical.Artifact.URI = f.File
	if f.Line > 0 {
		location.Physical.Region = &sarifRegion{f.Line, max(1, f.Column)}
	}
	suppressions := []sarifSuppression{}
	if f.Allowed != "" {
		suppressions = append(suppressions, sarifSuppression{"inSource", f.Allowed})
	}
	return sarifResult{f.Check, f.Severity.String(), sarifText{f.sentence()}, []sarifLocation{location}, suppressions}
}
