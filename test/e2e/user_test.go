package e2e

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/test/e2e/git"
)

// Clusters of the shipped fleet.
const (
	devCluster  = "dev-amc-k8s-210433fc"
	blogCluster = "blog-cluster"
	prodCluster = "prod-amc-k8s-26bbe35f"
)

// user is who edits clusters.yaml, runs gen and pushes.
type user struct {
	ctx   context.Context //nolint:containedctx // a test's context, which every helper needs
	clone *git.Clone
	gen   string
}

// newUser builds gen, and makes a repository with the shipped clusters.yaml and what gen makes of it, hub/ included.
func newUser(t *testing.T, ctx context.Context, dir string, mode mode) *user {
	t.Helper()
	u := &user{ctx: ctx, gen: filepath.Join(dir, "gen")}
	build := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", u.gen, "./cmd/gen") // half the time of a whole link
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build gen: %v\n%s", err, out)
	}
	var err error
	u.clone, err = git.New(ctx, filepath.Join(dir, "git/example/fleet.git"), filepath.Join(dir, "fleet"), "main")
	must(t, err)
	shipped, err := os.ReadFile("../../clusters/clusters.yaml")
	must(t, err)
	u.write(t, "clusters/clusters.yaml", shipped)
	if mode != selectors { // which is the default
		u.edit(t, func(f fleet) { f["hub"].(map[string]any)["ack"] = string(mode) })
	}
	u.generate(t)
	u.initHub(t)
	return u
}

// write writes a file of the clone.
func (u *user) write(t *testing.T, name string, content []byte) {
	t.Helper()
	file := filepath.Join(u.clone.Dir, name)
	must(t, os.MkdirAll(filepath.Dir(file), 0o750))
	must(t, os.WriteFile(file, content, 0o600))
}

// read reads a file of the clone.
func (u *user) read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(u.clone.Dir, name))
	must(t, err)
	return content
}

// runGen runs gen clusters in the clone, and returns what it says and its exit code.
func (u *user) runGen(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	return u.run(t, append([]string{"clusters"}, args...)...)
}

// initHub runs gen init hub, which must go well, and then breaks what the mutation of this run breaks there.
func (u *user) initHub(t *testing.T) {
	t.Helper()
	if out, code := u.run(t, "init", "hub"); code != 0 {
		t.Fatalf("gen init hub ends with %d:\n%s", code, out)
	}
	theMutation(t).edit(t, u.clone.Dir, true)
}

func (u *user) run(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	cmd := exec.CommandContext(u.ctx, u.gen, args...)
	cmd.Dir = u.clone.Dir
	talk, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(talk), cmd.ProcessState.ExitCode()
}

// generate runs gen clusters, which must go well, and then breaks what the mutation of this run breaks.
func (u *user) generate(t *testing.T, args ...string) {
	t.Helper()
	if out, code := u.runGen(t, args...); code != 0 {
		t.Fatalf("gen clusters ends with %d:\n%s", code, out)
	}
	mutateTree(t, u.clone.Dir, u.environment(t))
}

// environment is the one whose branch is checked out.
func (u *user) environment(t *testing.T) string {
	t.Helper()
	branch := u.git(t, "branch", "--show-current")
	for environment, of := range branches() {
		if of == branch {
			return environment
		}
	}
	return ""
}

// fleet is clusters.yaml.
type fleet map[string]any

// fleet reads clusters.yaml.
func (u *user) fleet(t *testing.T) fleet {
	t.Helper()
	var f fleet
	must(t, yaml.Unmarshal(u.read(t, "clusters/clusters.yaml"), &f))
	return f
}

// edit changes clusters.yaml.
func (u *user) edit(t *testing.T, change func(fleet)) {
	t.Helper()
	f := u.fleet(t)
	change(f)
	content, err := yaml.Marshal(f)
	must(t, err)
	u.write(t, "clusters/clusters.yaml", content)
}

// cluster returns the entry of a cluster, to be changed.
func (f fleet) cluster(name string) map[string]any {
	for _, c := range f["clusters"].([]any) {
		if c := c.(map[string]any); c["name"] == name {
			return c
		}
	}
	return nil
}

// drop removes the entry of a cluster.
func (f fleet) drop(name string) {
	var kept []any
	for _, c := range f["clusters"].([]any) {
		if c.(map[string]any)["name"] != name {
			kept = append(kept, c)
		}
	}
	f["clusters"] = kept
}

// git runs git in the clone.
func (u *user) git(t *testing.T, args ...string) string {
	t.Helper()
	out, err := u.clone.Run(u.ctx, args...)
	must(t, err)
	return out
}

// checkout goes to a branch, with a tree as it was committed there.
func (u *user) checkout(t *testing.T, branch string) {
	t.Helper()
	u.git(t, "checkout", "--quiet", "--force", branch)
	u.git(t, "clean", "--quiet", "-d", "--force")
}
