package verify_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/verify"
)

func findings() []verify.Finding {
	return []verify.Finding{
		{Check: "schema", Problem: diag.Problem{
			File: "a.yaml", Line: 3, Column: 5, Path: "Role dev-1/a: spec.name", Message: "is <missing>", Hint: "add it",
			Cluster: "dev-1", Source: "    spec: {}",
		}},
		{Check: "flux", Problem: diag.Problem{File: "b.yaml", Message: "odd", Severity: diag.Warning}},
		{Check: "flux", Problem: diag.Problem{File: "b.yaml", Message: "shared", Severity: diag.Note, Cluster: "dev-1"}},
		{Check: "flux", Problem: diag.Problem{File: "b.yaml", Message: "shared", Severity: diag.Note, Cluster: "dev-2"}},
		{Check: "iam", Allowed: "for a while", Problem: diag.Problem{File: "c.yaml", Line: 1, Message: "wide", Cluster: "dev-1"}},
	}
}

func TestText(t *testing.T) {
	var text strings.Builder
	if err := verify.Text(&text, findings()); err != nil {
		t.Fatal(err)
	}
	want := "a.yaml:3:5: Role dev-1/a: spec.name: is <missing> [schema]\n  |     spec: {}\n  |     ^\n  hint: add it\n" +
		"b.yaml: warning: odd [flux]\nb.yaml: note: shared [flux]\n"
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &text, want)
	}
}

// TestJSON pins the names: programs go by them.
func TestJSON(t *testing.T) {
	var text strings.Builder
	if err := verify.JSON(&text, findings()); err != nil {
		t.Fatal(err)
	}
	want := `{"findings":[{"check":"schema","severity":"error","cluster":"dev-1","file":"a.yaml","line":3,"column":5,` +
		`"object":"Role dev-1/a","field":"spec.name","message":"is <missing>","hint":"add it"},` +
		`{"check":"flux","severity":"warning","file":"b.yaml","message":"odd"},` +
		`{"check":"flux","severity":"note","cluster":"dev-1","file":"b.yaml","message":"shared"},` +
		`{"check":"flux","severity":"note","cluster":"dev-2","file":"b.yaml","message":"shared"},` +
		`{"check":"iam","severity":"error","cluster":"dev-1","file":"c.yaml","line":1,"message":"wide","allowed":"for a while"}]}`
	var got bytes.Buffer
	if err := json.Compact(&got, []byte(text.String())); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
	text.Reset()
	if err := verify.JSON(&text, nil); err != nil || strings.Join(strings.Fields(text.String()), "") != `{"findings":[]}` {
		t.Errorf("nothing wrong is %s %v", &text, err)
	}
}

// TestChecks: each check has a name of its own and says what it is for in whole sentences.
func TestChecks(t *testing.T) {
	var names []string
	for _, c := range verify.Checks() {
		if c.Name == "" || slices.Contains(names, c.Name) || c.Run == nil {
			t.Errorf("%q is not a name of its own, or the check does nothing", c.Name)
		}
		names = append(names, c.Name)
		for _, text := range []string{c.Doc, c.Why} {
			if !strings.HasSuffix(text, ".") || strings.Contains(text, "://") {
				t.Errorf("%s: %q is no sentence, or leads elsewhere", c.Name, text)
			}
		}
	}
}

func TestGitHub(t *testing.T) {
	var text strings.Builder
	if err := verify.GitHub(&text, findings()); err != nil {
		t.Fatal(err)
	}
	want := "::error file=a.yaml,line=3,col=5,title=schema::Role dev-1/a: spec.name: is <missing>%0A  hint: add it\n" +
		"::warning file=b.yaml,title=flux::odd\n::notice file=b.yaml,title=flux::shared\n"
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &text, want)
	}
}

// TestGitLab: one finding for what reads the same, none for what is allowed, and fingerprints that survive a move.
func TestGitLab(t *testing.T) {
	type finding struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	report := func(list []verify.Finding) (got []finding) {
		var text strings.Builder
		if err := verify.GitLab(&text, list); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(text.String()), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := report(nil); got == nil || len(got) > 0 {
		t.Error("nothing wrong is not an empty list")
	}
	got := report(findings())
	if len(got) != 3 || got[0].Check != "schema" || got[0].Description != "Role dev-1/a: spec.name: is <missing>\n  hint: add it" ||
		got[0].Location.Path != "a.yaml" || got[0].Location.Lines.Begin != 3 || got[1].Location.Lines.Begin != 1 {
		t.Fatalf("got %+v", got)
	}
	if got[0].Severity != "critical" || got[1].Severity != "minor" || got[2].Severity != "info" {
		t.Errorf("severities are %s, %s and %s", got[0].Severity, got[1].Severity, got[2].Severity)
	}
	moved := findings()[0]
	moved.Line = 30
	twice := report([]verify.Finding{findings()[0], moved})
	if twice[0].Fingerprint != got[0].Fingerprint || twice[1].Fingerprint == got[0].Fingerprint || report([]verify.Finding{moved})[0].Fingerprint != got[0].Fingerprint {
		t.Error("a fingerprint goes by the line, or two findings have the same")
	}
}

// TestSARIF: the fields that GitHub's code scanning needs are there, and each result has a rule.
func TestSARIF(t *testing.T) {
	var text strings.Builder
	if err := verify.SARIF(&text, findings()); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID, Level string
				Message       struct{ Text string }
				Suppressions  []struct{ Kind, Justification string }
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text.String()), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 4 || len(log.Runs[0].Tool.Driver.Rules) != len(verify.Checks()) {
		t.Fatal(&text)
	}
	first, second := log.Runs[0].Results[0], log.Runs[0].Results[1]
	place := first.Locations[0].PhysicalLocation
	if first.RuleID != "schema" || first.Level != "error" || place.ArtifactLocation.URI != "a.yaml" || place.Region.StartLine != 3 || place.Region.StartColumn != 5 {
		t.Errorf("the first result is wrong:\n%s", &text)
	}
	if first.Message.Text != "Role dev-1/a: spec.name: is <missing>\n  hint: add it" || second.Level != "warning" || second.Locations[0].PhysicalLocation.Region != nil {
		t.Errorf("a message or the second result is wrong:\n%s", &text)
	}
	note, allowed := log.Runs[0].Results[2], log.Runs[0].Results[3]
	if note.Level != "note" || len(allowed.Suppressions) != 1 || allowed.Suppressions[0].Kind != "inSource" || allowed.Suppressions[0].Justification != "for a while" {
		t.Errorf("the note or what is allowed is wrong:\n%s", &text)
	}
	for _, r := range log.Runs[0].Results[:3] {
		if r.Suppressions == nil || len(r.Suppressions) > 0 {
			t.Errorf("what counts has an empty list of suppressions:\n%s", &text)
		}
	}
}

// TestDocs: docs/verify.md lists the fields of a finding in JSON, all of them and in their order.
func TestDocs(t *testing.T) {
	docs, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "verify.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(docs), "`--format json`")
	table, _, _ = strings.Cut(table, "`--format github`")
	var listed []string
	for row := range strings.Lines(table) {
		if names, ok := strings.CutPrefix(row, "| `"); ok {
			names, _, _ = strings.Cut(names, "` |")
			listed = append(listed, strings.Split(names, "`, `")...)
		}
	}
	full := verify.Finding{Check: "c", Allowed: "a", Problem: diag.Problem{
		File: "f", Line: 1, Column: 1, Path: "o: f", Message: "m", Hint: "h", Cluster: "c",
	}}
	var text strings.Builder
	if err := verify.JSON(&text, []verify.Finding{full}); err != nil {
		t.Fatal(err)
	}
	var printed []string
	for line := range strings.Lines(text.String()) {
		if name, ok := strings.CutPrefix(line, `      "`); ok {
			name, _, _ = strings.Cut(name, `"`)
			printed = append(printed, name)
		}
	}
	if !slices.Equal(listed, printed) {
		t.Errorf("docs/verify.md lists %q, JSON has %q", listed, printed)
	}
}

// TestManual: docs/verify.md lists every check with what it says of itself.
func TestManual(t *testing.T) {
	docs, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "verify.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range verify.Checks() {
		if row := "| `" + check.Name + "` | " + check.Doc + " |\n"; !strings.Contains(string(docs), row) {
			t.Errorf("the table of docs/verify.md has no row %q: write it at the place that the check has in Checks", row)
		}
	}
}
