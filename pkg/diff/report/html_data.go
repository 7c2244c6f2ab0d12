package report

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/danger"
)

// pageBudget is how many bytes of objects a page has at most: a fleet can have hundreds of megabytes of them, which no
// browser opens.
const pageBudget = 8 << 20

// The report as the scripts of the page read it: that of --format json, and what only a page has room for.
type (
	pageReport struct {
		jsonReport
		Headline string           `json:"headline"`
		Hint     string           `json:"hint,omitempty"`
		Price    string           `json:"price,omitempty"`
		Outcomes []change.Outcome `json:"outcomes"`
		Rules    []pageRule       `json:"rules"`
		Chains   []pageChain      `json:"chains"`
		Sections []pageSection    `json:"sections"`
	}
	pageRule struct {
		Name string `json:"name"`
		Doc  string `json:"doc"`
		Why  string `json:"why"`
	}
	pageChain struct {
		Scopes []change.Scope `json:"scopes"`
		Source string         `json:"source,omitempty"`
		Steps  []change.Step  `json:"steps"`
	}
	pageSection struct {
		Scopes  []change.Scope `json:"scopes"`
		Changes []pageChange   `json:"changes"`
	}
	pageChange struct {
		jsonChange
		Step     string   `json:"step"`
		Messages []string `json:"messages,omitempty"`
		// Lines are the whole object, see [objectLines]; the fields alone where there are some and the rest varies.
		Lines  string `json:"lines,omitempty"`
		Varies bool   `json:"varies,omitempty"`
		// Omitted is set where there was no room for the lines.
		Omitted bool `json:"omitted,omitempty"`
	}
)

// pageOf is what the page shows of a report.
func pageOf(r *change.Report) pageReport {
	out := pageReport{
		jsonReport: reportJSON(r), Headline: headline(r), Hint: forgotten(r), Outcomes: change.Outcomes(),
		Rules: rulesOf(r), Chains: []pageChain{}, Sections: []pageSection{},
	}
	if r.Cost != nil {
		out.Price = costText(r.Cost)
	}
	for _, c := range r.Chains {
		out.Chains = append(out.Chains, pageChain(c))
	}
	for _, s := range r.Sections {
		section := pageSection{Scopes: s.Scopes}
		for i := range s.Changes {
			section.Changes = append(section.Changes, pageChangeOf(&s.Changes[i]))
		}
		out.Sections = append(out.Sections, section)
	}
	left := pageBudget
	for _, whole := range []bool{false, true} { // what changes comes before what is made or removed as a whole
		for i, s := range r.Sections {
			for j := range s.Changes {
				if c := &s.Changes[j]; (len(c.Fields) == 0) == whole {
					left -= out.Sections[i].Changes[j].addLines(c, left)
				}
			}
		}
	}
	return out
}

// rulesOf are the rules that found something.
func rulesOf(r *change.Report) []pageRule {
	found := map[string]bool{}
	for _, d := range r.Dangers {
		found[d.Rule] = true
	}
	rules := []pageRule{}
	for _, rule := range danger.Rules() {
		if found[rule.Name] {
			rules = append(rules, pageRule{rule.Name, rule.Doc, rule.Why})
		}
	}
	return rules
}

func pageChangeOf(c *change.Change) pageChange {
	out := pageChange{jsonChange: changeJSON(c), Step: c.Step, Varies: c.Varies}
	for _, d := range c.Dangers {
		out.Messages = append(out.Messages, d.Message)
	}
	return out
}

// addLines adds the whole object, or its fields if the rest is not the same everywhere. It returns how much room that takes.
func (p *pageChange) addLines(c *change.Change, room int) int {
	if room <= 0 {
		p.Omitted = true
		return 0
	}
	lines := objectLines(c.Before, c.After)
	if c.Varies && len(c.Fields) > 0 {
		lines = fieldsLines(c.Fields)
	}
	p.Lines = strings.Join(lines, "\n")
	return len(p.Lines)
}
