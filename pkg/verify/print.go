package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// Text writes findings for people: file:line:column: object: field: what [check], and a hint.
func Text(w io.Writer, findings []Finding) error {
	for _, f := range findings {
		p := f.Problem
		p.Message += " [" + f.Check + "]"
		if _, err := fmt.Fprintln(w, p); err != nil {
			return fmt.Errorf("print findings: %w", err)
		}
	}
	return nil
}

// entry is a finding in JSON. Fields may be added, never renamed.
type entry struct {
	Check    string `json:"check"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Object   string `json:"object,omitempty"`
	Field    string `json:"field,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// JSON writes findings for programs: one object with the list findings, which is empty when nothing is wrong.
func JSON(w io.Writer, findings []Finding) error {
	list := struct {
		Findings []entry `json:"findings"`
	}{Findings: []entry{}}
	for _, f := range findings {
		object, field, _ := strings.Cut(f.Path, ": ")
		list.Findings = append(list.Findings, entry{
			f.Check, severity(f.Severity), f.File, f.Line, f.Column, object, field, f.Message, f.Hint,
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

func severity(s diag.Severity) string {
	if s == diag.Warning {
		return "warning"
	}
	return "error"
}

// Summary is one line on what was looked at and found.
func Summary(tree *Tree, findings []Finding) string {
	faults := 0
	for _, f := range findings {
		if f.Severity == diag.Error {
			faults++
		}
	}
	return fmt.Sprintf("%s in %s: %s, %s", count(len(tree.objects()), "object"), count(len(tree.Builds), "folder"),
		count(faults, "error"), count(len(findings)-faults, "warning"))
}

// count is a number and its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
