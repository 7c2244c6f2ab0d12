package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v3"
)

// exampleFleet has what the examples of --help name.
const exampleFleet = `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
hub: {accountID: "777788889999", oidcIssuer: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"}
defaults: {region: eu-west-2, version: "1.35", endpoint: {publicCIDRs: [203.0.113.0/24]}}
environments:
  - {name: dev,  branch: dev,  accountID: "111122223333"}
  - {name: prod, branch: main, accountID: "444455556666", protect: true, endpoint: {publicCIDRs: [203.0.113.0/24]}}
clusters:
  - name: dev-1
    environment: dev
    version: "1.35"
    network: {cidr: 10.10.0.0/16}
    nodes:
      classes: [{name: standard}]
      pools: [{name: compute, class: standard, limits: {cpu: 64}}]
  - {name: prod-1, environment: prod, network: {cidr: 10.20.0.0/16}}
`

// TestExamples runs every example of --help, those of one command after the other, and holds the help of each command to a
// screen of 40 lines. Those of gen status get as far as the kubeconfig, which there is none of.
func TestExamples(t *testing.T) {
	streams := func(out, talk *bytes.Buffer) Streams {
		return Streams{Out: out, Err: talk, Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC) }}
	}
	run := func(t *testing.T, line string) string {
		t.Helper()
		var out, talk bytes.Buffer
		args := strings.Fields(line)
		for i, arg := range args {
			args[i] = strings.Trim(arg, "'")
		}
		code := Main(t.Context(), args, streams(&out, &talk))
		if noHub := args[1] == "status" && strings.Contains(talk.String(), "gen: read the kubeconfig:"); code != OK && !noHub {
			t.Errorf("%s ends with %d: %s", line, code, &talk)
		}
		return out.String()
	}
	shop, err := os.ReadFile("../importer/testdata/bare/cluster.json")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	var try func(above string, commands []*cli.Command)
	try = func(above string, commands []*cli.Command) {
		for _, c := range commands {
			name := above + " " + c.Name
			t.Run(name, func(t *testing.T) {
				t.Chdir(t.TempDir())
				if err := os.MkdirAll("clusters", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile("clusters/clusters.yaml", []byte(exampleFleet), 0o644); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile("shop.json", shop, 0o644); err != nil {
					t.Fatal(err)
				}
				run(t, "gen clusters --quiet")
				for line := range strings.Lines(c.Description) {
					if example, _, _ := strings.Cut(strings.TrimSpace(line), "   "); strings.HasPrefix(example, "gen ") {
						run(t, example)
						ran++
					}
				}
				if help := run(t, name+" --help"); strings.Count(help, "\n") > 40 {
					t.Errorf("%s --help has %d lines", name, strings.Count(help, "\n"))
				}
			})
			try(name, c.Commands)
		}
	}
	var out, talk bytes.Buffer
	try("gen", root(streams(&out, &talk)).Commands)
	if ran < 12 {
		t.Errorf("only %d examples were found", ran)
	}
}
