package start_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/start"
)

func answers() map[string]start.Answers {
	whole := start.Answers{
		Name: "example", Repository: "https://github.com/example/fleet.git", Region: "eu-west-2", HubAccount: "777788889999",
		OIDCIssuer: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
		DevAccount: "111122223333", ProdAccount: "444455556666", AdminRole: "human-ops",
	}
	least := start.Answers{Name: "on", Repository: "ssh://git@example.org/fleet.git", Region: "us-gov-west-1", HubAccount: "777788889999", DevAccount: "111122223333"}
	return map[string]start.Answers{"whole": whole, "least": least}
}

// TestFiles: what is written loads without a word, and says what was answered. Golden files are in testdata.
func TestFiles(t *testing.T) {
	for name, a := range answers() {
		t.Run(name, func(t *testing.T) {
			tree, problems, err := start.Files(fstest.MapFS{}, a)
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			files := maps.Clone(golden.Files(tree))
			source := files[layout.ClustersFile]
			delete(files, layout.SchemaFile)
			golden.Compare(t, "testdata/"+name, files)
			fleet, problems := config.LoadForHub(layout.ClustersFile, source)
			if len(problems) > 0 || fleet.Metadata.Name != a.Name || fleet.Repository.URL != a.Repository || fleet.Hub.AccountID != a.HubAccount {
				t.Error(problems, fleet)
			}
			if _, problems := config.Load(layout.ClustersFile, source); problems.HasErrors() != (a.OIDCIssuer == "") {
				t.Error(problems)
			}
		})
	}
}

// TestThere: a file of people stays, and only clusters.yaml is in the way of all.
func TestThere(t *testing.T) {
	repository := fstest.MapFS{"Taskfile.yml": {}, layout.ClustersFile: {}}
	tree, problems, err := start.Files(repository, answers()["whole"])
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := problems.Sort().Print(&text); err != nil {
		t.Fatal(err)
	}
	want := "Taskfile.yml: note: is there already and stays as it is\n  hint: delete it and run this in an empty folder to see gen's\n" +
		"clusters/clusters.yaml: is there already, and gen init overwrites nothing\n  hint: change it by hand, or run this in an empty folder\n"
	if text.String() != want {
		t.Error(text.String())
	}
	if _, ok := tree.Get("Taskfile.yml"); ok {
		t.Error("the Taskfile is overwritten")
	}
}

// TestAnswers: each question takes its example, refuses what is none, and says what it wants.
func TestAnswers(t *testing.T) {
	for _, q := range start.Questions() {
		if fault := q.Fault(q.Example); fault != "" {
			t.Errorf("%s: %s", q.Flag, fault)
		}
		if want := fmt.Sprintf("%q does not look right: write it as %s", "not right", q.Example); q.Fault("not right") != want {
			t.Errorf("%s: %q", q.Flag, q.Fault("not right"))
		}
		want := "an answer is needed, such as " + q.Example
		if q.Optional {
			want = ""
		}
		if q.Fault("") != want {
			t.Errorf("%s: %q", q.Flag, q.Fault(""))
		}
	}
}

// TestTodo names the next steps with and without a hub.
func TestTodo(t *testing.T) {
	for name, want := range map[string]string{"whole": "gen clusters && gen verify", "least": "create the hub: gen init hub, then follow hub/README.md; it ends with hub.oidcIssuer"} {
		if got := start.Todo(answers()[name]); got[1] != want || !strings.Contains(got[len(got)-1], "push to dev") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestRenovate: the rules find every version in clusters.yaml that a newer one may replace, in both styles of YAML.
func TestRenovate(t *testing.T) {
	tree, _, err := start.Files(fstest.MapFS{}, answers()["whole"])
	if err != nil {
		t.Fatal(err)
	}
	content, _ := tree.Get("renovate.json")
	var rules struct {
		Managers []struct {
			Match []string `json:"matchStrings"`
		} `json:"customManagers"`
	}
	if err := json.Unmarshal(content, &rules); err != nil {
		t.Fatal(err)
	}
	const source = `
clusters:
  - name: dev-1
    version: "1.36"
    releases:
      - {name: a, chart: {url: oci://ghcr.io/example/charts/a, version: 1.2.3}}
      - name: b
        chart:
          url: https://example.org/charts
          name: b
          version: "v4.5.6"
`
	var found []string
	for _, m := range rules.Managers {
		for _, match := range m.Match {
			pattern := regexp.MustCompile(match)
			for _, groups := range pattern.FindAllStringSubmatch(source, -1) {
				found = append(found, strings.Join(groups[1:], " "))
			}
		}
	}
	if got, want := strings.Join(found, "; "), "1.36; ghcr.io/example/charts/a 1.2.3; https://example.org/charts b v4.5.6"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
