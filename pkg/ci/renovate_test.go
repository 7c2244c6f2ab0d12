package ci_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/ci"
)

const renovateFile = ".github/workflows/gen-renovate.yaml"

// TestRenovateIsPinned: the workflow runs on branches of the bot alone, and only its last step has a token.
func TestRenovateIsPinned(t *testing.T) {
	content := made(t, nil, ci.Options{Host: ci.GitHub, Source: "https://example.org/gen.git", Revision: "123456e7"})[renovateFile]
	var w workflow
	if err := strict(content, &w); err != nil {
		t.Fatal(err)
	}
	if w.Permissions == nil || len(w.Permissions) > 0 || w.Env["GEN_REVISION"] != "123456e7" || strings.Join(w.On.Push.Branches, " ") != "renovate/**" {
		t.Errorf("permissions %v, env %v, branches %v", w.Permissions, w.Env, w.On.Push.Branches)
	}
	steps := w.Jobs["regenerate"].Steps
	for i, s := range steps {
		if len(s.Env) > 0 && i < len(steps)-1 || strings.Contains(s.Run, "${{") || s.Uses != "" && s.With["persist-credentials"] != "false" {
			t.Errorf("step %s: %+v", s.Name, s)
		}
	}
}

// regenerates runs the scripts of a job in a clone whose gen changes a file or not, and returns what reaches the host of url.
func regenerates(t *testing.T, s *shell, url, gen string, scripts ...string) string {
	t.Helper()
	s.fake("gen", gen)
	s.write(".gitconfig", "[url \"file://"+s.path("remote.git")+"\"]\n\tinsteadOf = "+url+"\n")
	commit := s.repository("fleet")
	if out, code := s.run("git init --quiet --bare remote.git\nmkdir fleet/clusters fleet/flux\n"); code != 0 {
		t.Fatal(out)
	}
	s.env = append(s.env, "GITHUB_SHA="+commit)
	for _, script := range scripts {
		if out, code := s.run("cd fleet\n" + script); code != 0 {
			t.Fatalf("ended with %d: %s", code, out)
		}
	}
	out, _ := s.run("git --git-dir remote.git log --format='%an %s' --name-only renovate/eks || true")
	return strings.TrimSpace(out)
}

// TestRegenerate: what gen clusters changes below clusters and flux is committed to the branch of the bot, and nothing else is.
func TestRegenerate(t *testing.T) {
	const changes = "echo 1.37 > flux/made; echo x > stray"
	t.Run("GitHub", func(t *testing.T) {
		var w workflow
		if err := strict(made(t, nil, ci.Options{Host: ci.GitHub})[renovateFile], &w); err != nil {
			t.Fatal(err)
		}
		steps := w.Jobs["regenerate"].Steps
		run := func(gen string) string {
			s := newShell(t, "git", "mkdir", "chmod")
			s.env = append(s.env, "RUNNER_TEMP="+s.dir, "TOKEN=secret", "GITHUB_SERVER_URL=https://github.example.org", "GITHUB_REPOSITORY=example/fleet", "GITHUB_REF_NAME=renovate/eks")
			return regenerates(t, s, "https://x-access-token@github.example.org/example/fleet.git", gen, steps[len(steps)-2].Run, steps[len(steps)-1].Run)
		}
		if got := run(changes); got != "github-actions[bot] gen clusters\n\nflux/made\na first" {
			t.Errorf("pushed %q", got)
		}
		if got := run(":"); !strings.Contains(got, "unknown revision") {
			t.Errorf("without a change it pushed %q", got)
		}
	})
	t.Run("GitLab", func(t *testing.T) {
		script := strings.Join(readPipeline(t, ci.Options{Host: ci.GitLab})["gen:regenerate"].Script, "\n")
		run := func(gen string) string {
			s := gitlabShell(t, "git", "mkdir", "chmod", "mktemp")
			s.env = append(s.env, "GEN_PUSH_TOKEN=secret", "CI_SERVER_PROTOCOL=https", "CI_SERVER_HOST=gitlab.example.org", "CI_SERVER_PORT=443", "CI_PROJECT_PATH=example/fleet", "CI_COMMIT_BRANCH=renovate/eks")
			return regenerates(t, s, "https://gen@gitlab.example.org:443/example/fleet.git", gen, script)
		}
		if got := run(changes); got != "gen gen clusters\n\nflux/made\na first" {
			t.Errorf("pushed %q", got)
		}
		if got := run(":"); !strings.Contains(got, "unknown revision") {
			t.Errorf("without a change it pushed %q", got)
		}
	})
}
