package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"eks-auto-gitops/pkg/cost"
	"eks-auto-gitops/pkg/diff/change"
)

// The JSON of a report, as docs/diff.md tells. Fields may be added, never renamed.
type (
	jsonReport struct {
		From    string      `json:"from"`
		To      string      `json:"to"`
		Summary []jsonCount `json:"summary"`
		Hub     *jsonHub    `json:"hub,omitempty"`
		// Reconciled are clusters in which nothing changes.
		Reconciled []change.Scope `json:"reconciled,omitempty"`

		Cost     *jsonCost     `json:"cost,omitempty"`
		Causes   []jsonCause   `json:"causes"`
		Dangers  []jsonDanger  `json:"dangers"`
		Sections []jsonSection `json:"sections"`
		Problems []jsonProblem `json:"problems"`
	}
	jsonCount struct {
		change.Scope
		Protected bool                   `json:"protected"`
		Added     int                    `json:"added"`
		Changed   int                    `json:"changed"`
		Removed   int                    `json:"removed"`
		Dangers   int                    `json:"dangers"`
		Outcomes  map[change.Outcome]int `json:"outcomes"`
	}
	jsonHub struct {
		Environments []string `json:"environments"`
		Branch       string   `json:"branch,omitempty"`
		Message      string   `json:"message"`
		Files        []string `json:"files,omitempty"`
	}
	jsonCost struct {
		Before   cost.Cents `json:"before"`
		After    cost.Cents `json:"after"`
		Complete bool       `json:"complete"`
	}
	jsonCause struct {
		File       string         `json:"file"`
		Path       string         `json:"path,omitempty"`
		BeforeLine int            `json:"beforeLine,omitempty"`
		AfterLine  int            `json:"afterLine,omitempty"`
		Before     string         `json:"before,omitempty"`
		After      string         `json:"after,omitempty"`
		Scopes     []change.Scope `json:"scopes"`
	}
	jsonDanger struct {
		Rule    string         `json:"rule"`
		Message string         `json:"message"`
		Objects []string       `json:"objects,omitempty"`
		Field   string         `json:"field,omitempty"`
		Scopes  []change.Scope `json:"scopes"`
	}
	jsonSection struct {
		Scopes  []change.Scope `json:"scopes"`
		Changes []jsonChange   `json:"changes"`
	}
	jsonChange struct {
		Outcome   change.Outcome `json:"outcome"`
		Group     string         `json:"group"`
		Kind      string         `json:"kind"`
		Namespace string         `json:"namespace,omitempty"`
		Name      string         `json:"name"`
		Place     string         `json:"place"`
		Folder    string         `json:"folder"`
		Change    string         `json:"change"`
		Why       string         `json:"why,omitempty"`
		Source    string         `json:"source,omitempty"`
		Fields    []jsonField    `json:"fields,omitempty"`
		Dangers   []string       `json:"dangers,omitempty"`
	}
	jsonField struct {
		Path    string         `json:"path"`
		Outcome change.Outcome `json:"outcome"`
		Before  any            `json:"before,omitempty"`
		After   any            `json:"after,omitempty"`
		Order   bool           `json:"order,omitempty"`
		Why     string         `json:"why,omitempty"`
		Source  string         `json:"source,omitempty"`
	}
	jsonProblem struct {
		Side    string `json:"side"`
		Message string `json:"message"`
	}
)

// JSON writes a report for programs. Lists are there when they are empty.
func JSON(w io.Writer, r *change.Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(reportJSON(r)); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	return nil
}

func reportJSON(r *change.Report) jsonReport {
	out := jsonReport{
		From: r.From, To: r.To,
		Summary: []jsonCount{}, Causes: []jsonCause{}, Dangers: []jsonDanger{}, Sections: []jsonSection{}, Problems: []jsonProblem{},
	}
	for _, n := range r.Summary {
		out.Summary = append(out.Summary, jsonCount{n.Scope, n.Protected, n.Added, n.Changed, n.Removed, n.Dangers, n.Outcomes})
	}
	if r.Hub != nil {
		out.Hub = &jsonHub{slices.Concat([]string{}, r.Hub.Environments), r.Hub.Branch, r.Hub.String(), r.Hub.Files}
	}
	out.Reconciled = r.Reconciled
	if r.Cost != nil {
		out.Cost = &jsonCost{r.Cost.Before, r.Cost.After, r.Cost.Complete}
	}
	for _, c := range r.Causes {
		out.Causes = append(out.Causes, jsonCause{c.File, c.Path, c.BeforeLine, c.AfterLine, c.Before, c.After, orEmpty(c.Scopes)})
	}
	for _, d := range r.Dangers {
		out.Dangers = append(out.Dangers, jsonDanger{d.Rule, d.Message, d.Objects, d.Field, orEmpty(d.Scopes)})
	}
	for _, s := range r.Sections {
		section := jsonSection{Scopes: orEmpty(s.Scopes)}
		for i := range s.Changes {
			section.Changes = append(section.Changes, changeJSON(&s.Changes[i]))
		}
		out.Sections = append(out.Sections, section)
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, jsonProblem(p))
	}
	return out
}

func orEmpty(scopes []change.Scope) []change.Scope {
	if scopes == nil {
		return []change.Scope{}
	}
	return scopes
}

// changeJSON is one object.
func changeJSON(c *change.Change) jsonChange {
	out := jsonChange{
		Outcome: c.Outcome, Group: c.Group, Kind: c.Kind, Namespace: c.Namespace, Name: c.Name, Place: c.Place, Folder: c.Folder,
		Change: "changed", Why: c.Why, Source: c.Source,
	}
	switch {
	case c.Before == nil:
		out.Change = "added"
	case c.After == nil:
		out.Change = "removed"
	}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, jsonField{f.Path, f.Outcome, f.Before, f.After, f.Order, f.Why, f.Source})
	}
	for _, d := range c.Dangers {
		out.Dangers = append(out.Dangers, d.Rule)
	}
	return out
}
