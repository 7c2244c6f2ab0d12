package verify_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/verify"
)

func findings() []verify.Finding {
	return []verify.Finding{
		{Check: "schema", Problem: diag.Problem{
			File: "a.yaml", Line: 3, Column: 5, Path: "Role dev-1/a: spec.name", Message: "is <missing>", Hint: "add it",
		}},
		{Check: "flux", Problem: diag.Problem{File: "b.yaml", Message: "odd", Severity: diag.Warning}},
	}
}

func TestText(t *testing.T) {
	var text strings.Builder
	if err := verify.Text(&text, findings()); err != nil {
		t.Fatal(err)
	}
	want := "a.yaml:3:5: Role dev-1/a: spec.name: is <missing> [schema]\n  hint: add it\nb.yaml: warning: odd [flux]\n"
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
	want := `{"findings":[{"check":"schema","severity":"error","file":"a.yaml","line":3,"column":5,"object":"Role dev-1/a",` +
		`"field":"spec.name","message":"is <missing>","hint":"add it"},{"check":"flux","severity":"warning","file":"b.yaml","message":"odd"}]}`
	var got, wanted any
	if err := json.Unmarshal([]byte(text.String()), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(wanted)
	if errA != nil || errB != nil || string(a) != string(b) || !strings.Contains(text.String(), "<missing>") {
		t.Errorf("got\n%s\nwant\n%s", &text, want)
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
		"::warning file=b.yaml,title=flux::odd\n"
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &text, want)
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
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 2 || len(log.Runs[0].Tool.Driver.Rules) != len(verify.Checks()) {
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
}
