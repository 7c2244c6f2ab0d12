package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/report"
)

// TestBudget: however much changes, the comment fits, every fold and fence in it is closed, and it says how much is
// left out.
func TestBudget(t *testing.T) {
	type size struct{ sections, changes, scopes, text int }
	sizes := map[string]size{
		"few":             {2, 3, 1, 20},
		"many changes":    {1, 2000, 1, 100},
		"many clusters":   {1, 3, 5000, 20},
		"many sections":   {900, 3, 1, 60},
		"long values":     {3, 100, 1, 5000},
		"long and shared": {40, 40, 1000, 300},
	}
	for text := range 150 { // wherever the end of an object falls
		sizes[fmt.Sprintf("values of %d", text)] = size{1, 1000, 1 + 200*(text%2), text}
	}
	for name, c := range sizes {
		t.Run(name, func(t *testing.T) {
			r, objects := large(c.sections, c.changes, c.scopes, c.text), c.sections*c.changes
			var b bytes.Buffer
			if err := report.Markdown(&b, r, ""); err != nil {
				t.Fatal(err)
			}
			text := b.String()
			if b.Len() > report.Budget {
				t.Errorf("%d bytes", b.Len())
			}
			if !strings.HasPrefix(text, report.Marker+"\n") {
				t.Error("it does not begin with its marker")
			}
			if strings.Contains(text, "&#") {
				t.Error("names that need no escape have one")
			}
			if strings.Count(text, "<details>") != strings.Count(text, "</details>") || strings.Count(text, "`````")%2 != 0 {
				t.Error("a fold or a fence stays open")
			}
			shown := strings.Count(text, "# UPDATE ConfigMap")
			left := fmt.Sprintf("_%d of %d changes left out", objects-shown, objects)
			if (shown < objects) != strings.Contains(text, left) {
				t.Errorf("%d of %d are shown, and it does not say %q", shown, objects, left)
			}
		})
	}
}

// large is a report with many of everything.
func large(sections, changes, scopes, text int) *change.Report {
	r := &change.Report{From: "before", To: "after"}
	value := strings.Repeat("x", text)
	for i := range sections {
		var s change.Section
		for j := range scopes {
			s.Scopes = append(s.Scopes, change.Scope{Environment: "dev", Cluster: fmt.Sprintf("cluster-%d-%d", i, j)})
		}
		for j := range changes {
			s.Changes = append(s.Changes, change.Change{
				Kind: "ConfigMap", Namespace: "here", Name: fmt.Sprintf("map-%d", j), Place: "hub", Outcome: change.Update,
				Fields: []change.Field{{Path: "data.key", Name: "data.key", Before: value, After: value + "y", Outcome: change.Update}},
			})
		}
		r.Sections = append(r.Sections, s)
		r.Summary = append(r.Summary, change.Count{Scope: s.Scopes[0], Changed: changes, Outcomes: map[change.Outcome]int{change.Update: changes}})
		r.Causes = append(r.Causes, change.Cause{File: "clusters/clusters.yaml", Path: value, Scopes: s.Scopes})
		r.Dangers = append(r.Dangers, change.Danger{Rule: "access", Message: value, Objects: []string{value}, Scopes: s.Scopes})
	}
	return r
}

// TestMarkdownLink: the comment leads to the page, if there is one and something to see in it.
func TestMarkdownLink(t *testing.T) {
	for name, c := range map[string]struct {
		r    *change.Report
		page string
		want string
	}{
		"a page":        {large(1, 1, 1, 1), "https://example.org/a?b=c", "\n[All of it, as a page](<https://example.org/a?b=c>)\n"},
		"a strange one": {large(1, 1, 1, 1), "https://example.org/>)\n# x", "\n[All of it, as a page](<https://example.org/%3E)%0A# x>)\n"},
		"none":          {large(1, 1, 1, 1), "", ""},
		"no changes":    {&change.Report{}, "https://example.org", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := report.Markdown(&b, c.r, c.page); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), c.want) || c.want == "" && strings.Contains(b.String(), "as a page") {
				t.Errorf("got\n%s", &b)
			}
		})
	}
}

// TestMarkdownIsSafe: nothing that is compared can end a fence, a table or a fold.
func TestMarkdownIsSafe(t *testing.T) {
	evil, name := "a|b\n`````\n</details>\n<script>", "</summary>\n`````\n**all good**"
	r := &change.Report{
		From: "before", To: "after", Summary: []change.Count{{Scope: change.Scope{Cluster: name}, Changed: 1, Outcomes: map[change.Outcome]int{change.Update: 1}}},
		Causes:  []change.Cause{{File: "clusters/clusters.yaml", Path: "defaults", After: evil}},
		Dangers: []change.Danger{{Rule: "access", Message: evil, Objects: []string{evil}}},
		Sections: []change.Section{{Scopes: []change.Scope{{Cluster: name}}, Changes: []change.Change{{
			Kind: "ConfigMap", Name: "x", Place: "hub", Outcome: change.Update, Why: evil,
			Fields: []change.Field{{Path: "data.a", Before: "`````\nb\n", After: "`````\n" + evil, Outcome: change.Update}, {Path: evil, After: evil, Outcome: change.Update}},
		}}}},
	}
	var b bytes.Buffer
	if err := report.Markdown(&b, r, ""); err != nil {
		t.Fatal(err)
	}
	fences := 0
	for line := range strings.Lines(b.String()) {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "`````") && !strings.HasPrefix(line, "    "):
			fences++
		case fences%2 == 0 && strings.HasPrefix(line, "|") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != 5 && strings.Contains(line, "access"):
			t.Errorf("a cell breaks its table: %s", line)
		case fences%2 == 0 && strings.HasPrefix(line, "<script>"):
			t.Errorf("HTML gets out: %s", line)
		}
	}
	if fences != 2 || strings.Count(b.String(), "\n</details>\n") != 1 || strings.Count(b.String(), "</summary>") != 1 || strings.Contains(b.String(), "**all good**") {
		t.Errorf("a fence or a fold ends where it should not:\n%s", &b)
	}
}
