package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Text writes findings for people: file:line:column: object: field: what [check], the line of the file, and a hint.
// What clusters.yaml silences is left out.
func Text(w io.Writer, findings []Finding) error {
	for _, f := range counting(findings) {
		p := f.Problem
		p.Message += " [" + f.Check + "]"
		if _, err := fmt.Fprintln(w, p); err != nil {
			return fmt.Errorf("print findings: %w", err)
		}
	}
	return nil
}

// A jsonFinding is a finding in JSON, as docs/verify.md tells. Fields may be added, never renamed.
type jsonFinding struct {
	Check    string `json:"check"`
	Severity string `json:"severity"`
	Cluster  string `json:"cluster,omitempty"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Object   string `json:"object,omitempty"`
	Field    string `json:"field,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Allowed  string `json:"allowed,omitempty"`
}

// JSON writes findings for programs: one object with the list findings, which is empty when nothing is wrong. What
// clusters.yaml silences is there with the reason.
func JSON(w io.Writer, findings []Finding) error {
	list := struct {
		Findings []jsonFinding `json:"findings"`
	}{Findings: []jsonFinding{}}
	for _, f := range findings {
		object, field, _ := strings.Cut(f.Path, ": ")
		list.Findings = append(list.Findings, jsonFinding{
			f.Check, f.Severity.String(), f.Cluster, f.File, f.Line, f.Column, object, field, f.Message, f.Hint, f.Allowed,
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(list); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	return nil
}
