package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/cli"
)

const fleet = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
clusters:
  - {name: dev-1, environment: dev, version: "1.36", network: {cidr: 10.10.0.0/16}, admins: ["arn:aws:iam::111122223333:role/ops"]}
`

// TestExitCodes pins the numbers: scripts and CI systems of users go by them.
func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		source string // of clusters.yaml; empty for none
		args   string
		want   int
	}{
		"fine":           {fleet, "clusters", 0},
		"nothing asked":  {fleet, "", 0},
		"help":           {"", "clusters --help", 0},
		"dry run":        {fleet, "clusters --dry-run", 0},
		"mistake":        {fleet + "more: 1\n", "clusters", 1},
		"differences":    {fleet, "clusters --check", 1},
		"no file":        {"", "clusters", 1},
		"no command":     {fleet, "make", 2},
		"no flag":        {fleet, "clusters --chekc", 2},
		"no value":       {fleet, "clusters --cluster", 2},
		"an argument":    {fleet, "clusters dev-1", 2},
		"no cluster":     {fleet, "clusters --cluster dev-2", 2},
		"no environment": {fleet, "clusters --environment prod", 2},
		"not a file":     {"folder", "clusters", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, c.source)
			var out, talk bytes.Buffer
			args := append([]string{"gen"}, strings.Fields(c.args)...)
			got := cli.Main(t.Context(), args, cli.Streams{Out: &out, Err: &talk, Getenv: func(string) string { return "" }})
			if got != c.want {
				t.Errorf("gen %s ends with %d, want %d\n%s%s", c.args, got, c.want, &out, &talk)
			}
			if got > 1 && (out.Len() > 0 || talk.Len() == 0) {
				t.Errorf("what went wrong is talk: stdout %q, stderr %q", &out, &talk)
			}
		})
	}
}

func write(t *testing.T, source string) {
	t.Helper()
	file := filepath.Join("clusters", "clusters.yaml")
	var err error
	switch source {
	case "":
		return
	case "folder":
		err = os.MkdirAll(file, 0o755)
	default:
		if err = os.Mkdir("clusters", 0o755); err == nil {
			err = os.WriteFile(file, []byte(source), 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
