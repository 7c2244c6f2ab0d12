package ci_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/pkg/ci"
	"eks-auto-gitops/pkg/config"
)

const fleet = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: prod, branch: main, accountID: "444455556666", region: eu-west-2, protect: true}
  - {name: dev, branch: c++, accountID: "111122223333", region: eu-west-2}
  - {name: test, branch: main, accountID: "111122223333", region: eu-west-1}
clusters:
  - {name: dev-1, environment: dev, version: "1.36", network: {cidr: 10.10.0.0/16}}
`

// result makes the files for a repository with some files.
func result(t *testing.T, there map[string]string, opts ci.Options) (files map[string]string, problems string) {
	t.Helper()
	f, list := config.Load("clusters.yaml", []byte(fleet))
	if list.HasErrors() {
		t.Fatal(list)
	}
	repository := fstest.MapFS{}
	for file, content := range there {
		repository[file] = &fstest.MapFile{Data: []byte(content)}
	}
	tree, wrong, err := ci.Files(repository, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, file := range tree.Paths() {
		content, _ := tree.Get(file)
		files[file] = string(content)
	}
	var b strings.Builder
	if err := wrong.Print(&b); err != nil {
		t.Fatal(err)
	}
	return files, b.String()
}

// made is result where nothing may be wrong.
func made(t *testing.T, there map[string]string, opts ci.Options) map[string]string {
	t.Helper()
	files, problems := result(t, there, opts)
	if problems != "" {
		t.Fatal(problems)
	}
	return files
}

// shell runs scripts in a folder, with a path that has only what a test puts there.
type shell struct {
	t   *testing.T
	dir string
	env []string
	// flags are those that the host runs its shell with.
	flags []string
}

// newShell makes a shell that knows some of the programs of this machine. A test that needs one that is not there is skipped.
func newShell(t *testing.T, programs ...string) *shell {
	t.Helper()
	// GitHub Docs, Workflow syntax, jobs.<job_id>.steps[*].shell: what bash is called with.
	s := &shell{t: t, dir: t.TempDir(), flags: []string{"--noprofile", "--norc", "-eo", "pipefail"}}
	if err := os.Mkdir(s.path("bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(programs, "bash", "cp") {
		at, err := exec.LookPath(name)
		if errors.Is(err, exec.ErrNotFound) {
			t.Skipf("there is no %s here", name)
		}
		if err == nil {
			err = os.Symlink(at, s.path("bin/"+name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.env = []string{"PATH=" + s.path("bin"), "HOME=" + s.dir, "LOG=" + s.path("log"), "TMPDIR=" + s.dir}
	return s
}

func (s *shell) path(name string) string { return filepath.Join(s.dir, name) }

func (s *shell) write(name, content string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(content), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// read is empty where there is no file.
func (s *shell) read(name string) string {
	s.t.Helper()
	content, err := os.ReadFile(s.path(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Fatal(err)
	}
	return string(content)
}

// fake puts a program on the path.
func (s *shell) fake(name, script string) {
	s.t.Helper()
	if err := os.WriteFile(s.path("bin/"+name), []byte("#!"+s.path("bin/bash")+"\n"+script+"\n"), 0o755); err != nil {
		s.t.Fatal(err)
	}
}

// run returns what a script says on both streams, and its exit code.
func (s *shell) run(script string) (out string, code int) {
	s.t.Helper()
	s.write("script", script)
	cmd := exec.CommandContext(s.t.Context(), s.path("bin/bash"), append(s.flags, s.path("script"))...)
	cmd.Dir, cmd.Env = s.dir, s.env
	text, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		s.t.Fatal(err)
	}
	if _, err := os.Stat(s.path("pwned")); err == nil {
		s.t.Error("the text of a comment was run")
	}
	return string(text), cmd.ProcessState.ExitCode()
}

// repository makes a Git repository with one commit and returns that.
func (s *shell) repository(name string) string {
	s.t.Helper()
	script := `git init --quiet ` + name + ` && cd ` + name + ` &&
git -c user.name=a -c user.email=a@example.org commit --quiet --allow-empty --message first && git rev-parse HEAD`
	out, code := s.run(script)
	if code != 0 {
		s.t.Fatal(out)
	}
	return strings.TrimSpace(out)
}
