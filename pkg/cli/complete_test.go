package cli_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/cli"
)

// namesToComplete is a fleet that is being written: it has no version yet, and its last line is half there.
const namesToComplete = `environments:
  - {name: dev, branch: develop}
  - {name: prod, branch: main}
clusters:
  - name: dev-1
    environment: dev
    addons: [{name: metrics-server}]
    components: {podinfo: {enabled: true}}
  - {name: dev-2, environment: dev, state: retiring, releases: [{name: cert-manager}]}
  - name: prod-1
    environment: prod
`

// TestComplete: what a shell offers behind some words, which ends as a completion script ends it.
func TestComplete(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, namesToComplete)
	for words, want := range map[string]string{
		"list --cluster":                 "dev-1 dev-2 prod-1",
		"cost --cluster dev-1 --cluster": "dev-1 dev-2 prod-1",
		"clusters --environment":         "dev prod",
		"graph -o":                       "mermaid dot svg",
		"cost --output":                  "table json",
		"diff --format":                  "text markdown json html",
		"diff --fail-on":                 "change none danger",
		"init ci --provider":             "github gitlab",
		"diff":                           "develop main",
		"diff --to":                      "develop main",
		"diff develop":                   "",
		"upgrade":                        "dev-1 dev-2 prod-1",
		"upgrade dev-1":                  "",
		"upgrade --list dev-1":           "dev-1 dev-2 prod-1",
		"retire":                         "dev-1 prod-1",
		"remove":                         "dev-2",
		"clusters --allow-destroy":       "dev-1 dev-2 prod-1 dev-1/metrics-server dev-1/podinfo dev-2/cert-manager",
		"upgrade dev-1 --to":             "1.29 1.30 1.31 1.32 1.33 1.34 1.35 1.36 1.37",
		"list":                           "",
		"list --":                        "--output --environment --cluster --help",
		"list --c":                       "--cluster",
		"set zonalShift":                 "",
	} {
		if got := strings.Join(completed(t, words), " "); got != want {
			t.Errorf("gen %s: %q, want %q", words, got, want)
		}
	}
}

// TestCompleteFields: fields of clusters.yaml, and with a cluster those that it has.
func TestCompleteFields(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
hub: {accountID: "777788889999", oidcIssuer: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"}
environments: [{name: dev, branch: dev, accountID: "111122223333", region: eu-west-2, endpoint: {publicCIDRs: [203.0.113.0/24]}}]
clusters:
  - {name: dev-1, environment: dev, version: "1.36", network: {cidr: 10.10.0.0/16}, addons: [{name: metrics-server, version: v0.8.0-eksbuild.1}]}
`)
	for words, c := range map[string]struct{ has, not string }{
		"explain":                 {"version nodes.pools.limits.cpu hub.oidcIssuer components.external-dns.policy environments cidrPool", "addons[0].version"},
		"explain --cluster dev-1": {"version addons[0].version", ""},
		"set --cluster dev-1":     {"version addons[0].version endpoint.publicCIDRs components.podinfo.enabled", "addons.version nodes.pools.limits.cpu hub.oidcIssuer"},
		"set":                     {"defaults.zonalShift hub.oidcIssuer repository.url", "addons[0].version zonalShift"},
		"verify --explain":        {"launch dns", ""},
		"explain --object":        {"Role/dev-1-node Cluster/dev-1 Addon/metrics-server Namespace/fleet-dev", "Role/metrics-server"},
		"diff --explain":          {"data-loss", ""},
	} {
		got := completed(t, words)
		for name := range strings.FieldsSeq(c.has) {
			if !slices.Contains(got, name) {
				t.Errorf("gen %s: %s is missing in %v", words, name, got)
			}
		}
		for name := range strings.FieldsSeq(c.not) {
			if slices.Contains(got, name) {
				t.Errorf("gen %s: %s is there", words, name)
			}
		}
	}
}

// completed are the names that a shell would offer, without what it says about them.
func completed(t *testing.T, words string) []string {
	t.Helper()
	var out, talk bytes.Buffer
	streams := cli.Streams{Out: &out, Err: &talk, Getenv: func(string) string { return "" }}
	args := append(append([]string{"gen"}, strings.Fields(words)...), "--generate-shell-completion")
	if code := cli.Main(t.Context(), args, streams); code != cli.OK || talk.Len() > 0 {
		t.Errorf("gen %s ends with %d: %s", words, code, &talk)
	}
	var names []string
	for line := range strings.Lines(out.String()) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		names = append(names, name)
	}
	return names
}
