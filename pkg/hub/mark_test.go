package hub_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/hub"
)

// TestChanged goes through what may have become of a file, and says what gen does with it.
func TestChanged(t *testing.T) {
	const file = "hub/ack/eks.yaml"
	c := cases(t)[0]
	before := c.files(t)
	grown := []string{"eu-west-2", "eu-west-1"} // another region is in all of the charts' values
	edit := func(content []byte) []byte { return append(content, "# mine\n"...) }
	for name, tc := range map[string]struct {
		content          func([]byte) []byte
		replace          []string
		renewed          bool
		changed, foreign bool
		kept             bool
	}{
		"untouched":                      {content: func(b []byte) []byte { return b }, renewed: true},
		"untouched, the fleet has grown": {content: func(b []byte) []byte { return b }, replace: grown, renewed: true},
		"checked out with CRLF":          {content: func(b []byte) []byte { return []byte(strings.ReplaceAll(string(b), "\n", "\r\n")) }, replace: grown, renewed: true},
		"changed":                        {content: edit, kept: true},
		"changed, the fleet has grown":   {content: edit, replace: grown, changed: true},
		"without the first line":         {content: func(b []byte) []byte { return b[strings.Index(string(b), "\n")+1:] }, foreign: true},
		"empty":                          {content: func([]byte) []byte { return nil }, foreign: true},
	} {
		t.Run(name, func(t *testing.T) {
			disk := repository(before)
			disk[file] = &fstest.MapFile{Data: tc.content(slices.Clone(before[file]))}
			result := made(t, disk, c.fleet(t, tc.replace...), "")
			if _, renewed := result.Tree.Get(file); renewed != tc.renewed {
				t.Errorf("renewed: %v", renewed)
			}
			if got := slices.Contains(result.Changed, file); got != tc.changed {
				t.Errorf("changed: %v", result.Changed)
			}
			if got := slices.Contains(result.Kept, file); got != tc.kept {
				t.Errorf("kept: %v", result.Kept)
			}
			if got := slices.Contains(result.Foreign, file); got != tc.foreign {
				t.Errorf("foreign: %v", result.Foreign)
			}
		})
	}
}

// TestNotes has the exact text of every message about files.
func TestNotes(t *testing.T) {
	c := cases(t)[0]
	disk := repository(c.files(t))
	disk["hub/Taskfile.yml"].Data = append(slices.Clone(disk["hub/Taskfile.yml"].Data), "# mine\n"...)
	disk["hub/README.md"].Data = []byte("# Ours\n")
	disk["hub/notes.txt"] = &fstest.MapFile{Data: []byte("# Ours\n")}
	var text strings.Builder
	result := made(t, disk, c.fleet(t, "eks-auto-example", "other"), hub.Managed)
	if err := result.Notes().Sort().Print(&text); err != nil {
		t.Fatal(err)
	}
	want := `hub/README.md: note: this file is yours: its first line is not gen's, so nothing is compared
  hint: delete it to get gen's
hub/Taskfile.yml: warning: you have changed this file, and gen would write another one today
  hint: gen init hub --check shows what differs; take over what you need and make its first line # Written by gen init hub from clusters/clusters.yaml, sha256 SUM. A file that you change is yours.
hub/ack/acm.yaml: warning: gen would not write this file any more
  hint: delete it: git rm hub/ack/acm.yaml
`
	content, _ := result.All.Get("hub/Taskfile.yml")
	_, after, _ := strings.Cut(string(content), "sha256 ")
	want = strings.Replace(want, "SUM", after[:16], 1)
	if got := text.String(); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(result.Stale) != 9 {
		t.Errorf("%d files of ACK are left: %v", len(result.Stale), result.Stale)
	}
}

// TestKept says of a changed file that it is no more gen's, as long as gen would write the version that it began with.
func TestKept(t *testing.T) {
	c := cases(t)[0]
	disk := repository(c.files(t))
	disk["hub/account.cfn.yaml"].Data = append(slices.Clone(disk["hub/account.cfn.yaml"].Data), "# mine\n"...)
	want := "hub/account.cfn.yaml: note: you have changed this file, so it is yours and stays as it is\n  hint: delete it to get gen's\n"
	if got := printed(t, made(t, disk, c.fleet(t), "").Notes()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestManagedIsRemembered although the files of the charts have not been deleted yet.
func TestManagedIsRemembered(t *testing.T) {
	c := cases(t)[0]
	disk := repository(c.files(t))
	for file, content := range contents(made(t, disk, c.fleet(t), hub.Managed).Tree) {
		disk[file] = &fstest.MapFile{Data: content}
	}
	if stale := made(t, disk, c.fleet(t), "").Stale; len(stale) != 9 {
		t.Errorf("ACK comes by charts again: stale are %v", stale)
	}
}

// newFleet has no cluster and no account yet.
const newFleet = `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
environments: []
clusters: []
`

// TestProblems has the exact text of what clusters.yaml may say that no hub can be made for.
func TestProblems(t *testing.T) {
	all := map[string]fleetCase{}
	for _, c := range cases(t) {
		all[c.name] = c
	}
	for name, tc := range map[string]struct {
		of, ack string
		replace []string
		want    string
	}{
		"managed with a map": {"account-map", hub.Managed, nil, "clusters/clusters.yaml: hub.ack is accountMap, which managed ACK does not know\n" +
			"  hint: write hub: {ack: selectors}, or run gen init hub --ack charts\n"},
		"nothing yet": {"", hub.Charts, nil, "clusters/clusters.yaml: hub.accountID is missing\n" +
			"  hint: add hub: {accountID: \"…\"}, the AWS account that the hub is to be in\n" +
			"clusters/clusters.yaml: no environment has an accountID, so the hub has nothing to reach\n" +
			"  hint: add an environment with branch, accountID and region\n"},
		"two roles in a map": {
			"single-account", hub.Charts,
			[]string{"hub:\n", "hub:\n  ack: accountMap\n"},
			"clusters/clusters.yaml: account 111122223333 has 2 ACK roles, and an account map has one for each account\n" +
				"  hint: write hub: {ack: selectors}, or the same ackRoleARN for the environments of the account\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			of := all[tc.of]
			if tc.of == "" {
				of = fleetCase{name: "new", dir: t.TempDir(), file: "clusters.yaml"}
				if err := os.WriteFile(filepath.Join(of.dir, of.file), []byte(newFleet), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, problems, err := hub.Files(fstest.MapFS{}, of.fleet(t, tc.replace...), hub.Options{ACK: tc.ack})
			if err != nil {
				t.Fatal(err)
			}
			if got := printed(t, problems); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func printed(t *testing.T, problems diag.List) string {
	t.Helper()
	var text strings.Builder
	if err := problems.Sort().Print(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestTodo has the exact text of what is left to do, by what was written.
func TestTodo(t *testing.T) {
	all := map[string]fleetCase{}
	for _, c := range cases(t) {
		all[c.name] = c
	}
	for name, tc := range map[string]struct {
		of      string
		changed []string
		want    []string
	}{
		"before there is a hub": {"single-account", []string{hubTemplate}, []string{
			"follow hub/README.md: create the hub, and write its OIDC issuer to hub.oidcIssuer",
			"protect the branch main: whoever may push to it controls the hub and all environments",
		}},
		"everything": {"shipped", []string{hubTemplate, accountTemplate, "hub/README.md", "hub/ack/eks.yaml", "hub/ack/iam.yaml"}, []string{
			"deploy hub/hub.cfn.yaml in account 777788889999: task --dir hub hub:deploy",
			"deploy hub/account.cfn.yaml in each account of the fleet: task --dir hub account:deploy",
			"push to the branch main: the hub delivers hub/flux and hub/ack itself",
		}},
		"words": {"shipped", []string{"hub/README.md", "hub/Taskfile.yml"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			changed := map[string]bool{"hub/flux/operator.yaml": false}
			for _, file := range tc.changed {
				changed[file] = true
			}
			if got := hub.Todo(all[tc.of].fleet(t), changed); !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
