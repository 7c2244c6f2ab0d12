package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Clusters of the shipped fleet.
const (
	devCluster  = "dev-amc-k8s-210433fc"
	blogCluster = "blog-cluster"
	prodCluster = "prod-amc-k8s-26bbe35f"
)

// gen builds gen, once for all tests, and returns the program.
var gen = sync.OnceValues(func() (string, error) {
	program := filepath.Join(scratch, "gen")
	build := exec.Command("go", "build", "-o", program, "./cmd/gen")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build gen: %w\n%s", err, out)
	}
	return program, nil
})

// runGen runs gen in a folder and returns what it prints. Differences are no failure.
func runGen(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	program, err := gen()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, args...)
	command.Dir = dir
	var talk strings.Builder
	command.Stderr = &talk
	out, err := command.Output()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() != 1 || args[0] != "diff") {
		t.Fatalf("gen %s: %v\n%s", strings.Join(args, " "), err, &talk)
	}
	return out
}

// fleet generates the tree of a clusters.yaml in a folder, and returns that.
func fleet(t *testing.T, name, clusters string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	write(t, filepath.Join(dir, "clusters", "clusters.yaml"), clusters)
	runGen(t, dir, "clusters", "--quiet")
	return dir
}

// page writes the page for the change from one folder to another, and returns its file.
func page(t *testing.T, before, after string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "diff.html")
	write(t, file, string(runGen(t, filepath.Dir(after), "diff", before, "--to", after, "--format", "html")))
	return file
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// shipped is the clusters.yaml that this repository ships.
func shipped(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../clusters/clusters.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// changed is a text with some parts replaced: pairs of what was and what is.
func changed(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("clusters.yaml does not have %q", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// busyDay is a page about the shipped fleet after a day of many changes: all outcomes that the page treats in its own
// way, dangers, a cluster that is new, changes that clusters share.
func busyDay(t *testing.T) string {
	t.Helper()
	was, is := busy(t)
	return page(t, fleet(t, "before", was), fleet(t, "after", is))
}

// busy is the clusters.yaml before and after that day.
func busy(t *testing.T) (was, is string) {
	t.Helper()
	was = shipped(t)
	is = changed(t, was,
		"publicCIDRs: [203.0.113.0/24]", "publicCIDRs: [203.0.113.0/24, 198.51.100.0/24]",
		"zonalShift: true", "zonalShift: false",
		"limits: {cpu: 64, memory: 256Gi}", "limits: {cpu: 32, memory: 128Gi}",
		`version: "1.35"`, `version: "1.36"`,
		"nat: perZone", "nat: single",
		"user/work-lab", "user/blogger",
		"retentionDays: 365", "retentionDays: 30",
	) + `
  - name: dev-two
    environment: dev
    version: "1.36"
    network: {cidr: 10.40.0.0/16}
    components:
      podinfo: {enabled: true}
`
	return was, is
}

// manyClusters is the clusters.yaml, but for the defaults, of a fleet of n clusters.
func manyClusters(n int) string {
	var b strings.Builder
	b.WriteString(`apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
  - {name: prod, branch: main, accountID: "444455556666", region: eu-west-2, protect: true}
clusters:
`)
	for i := range n {
		environment := []string{"dev", "prod"}[i%2]
		fmt.Fprintf(&b, "  - {name: %s-%04d, environment: %s, network: {cidr: 10.%d.%d.0/20}}\n", environment, i, environment, i/16, i%16*16)
	}
	return b.String()
}
