package ci_test

import (
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/ci"
)

const jobsFile = ".gitlab/gen.yml"

// A pipeline is what ours may have: any other field is refused.
type pipeline map[string]struct {
	Stage        string            `yaml:"stage"`
	Image        string            `yaml:"image"`
	Needs        []string          `yaml:"needs"`
	Variables    map[string]string `yaml:"variables"`
	Rules        []rule            `yaml:"rules"`
	AllowFailure bool              `yaml:"allow_failure"`
	BeforeScript []string          `yaml:"before_script"`
	Script       []string          `yaml:"script"`
	Artifacts    struct {
		When     string            `yaml:"when"`
		ExpireIn string            `yaml:"expire_in"`
		ExposeAs string            `yaml:"expose_as"`
		Paths    []string          `yaml:"paths"`
		Reports  map[string]string `yaml:"reports"`
	} `yaml:"artifacts"`
}

type rule struct {
	If   string `yaml:"if"`
	When string `yaml:"when"`
}

func readPipeline(t *testing.T, opts ci.Options) pipeline {
	t.Helper()
	var p pipeline
	if err := strict(made(t, nil, opts)[jobsFile], &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGitLab(t *testing.T) {
	p := readPipeline(t, ci.Options{Host: ci.GitLab, Source: "https://example.org/gen.git", Revision: "123456e7"})
	check, comment := p["gen:check"], p["gen:comment"]
	if len(p) != 3 || check.Variables["GEN_SOURCE"] != "https://example.org/gen.git" || check.Variables["GEN_REVISION"] != "123456e7" {
		t.Errorf("jobs are %v", p)
	}
	if !slices.Equal(comment.Needs, []string{"gen:check"}) || comment.Stage != check.Stage {
		t.Errorf("the comment needs %q", comment.Needs)
	}
	for _, file := range append(check.Artifacts.Paths, check.Artifacts.Reports["codequality"]) {
		if !strings.Contains(check.Script[0], "> "+file+"\n") && !strings.Contains(check.Script[0], "> "+file+" ") {
			t.Errorf("nothing writes %s", file)
		}
	}
	for _, r := range comment.Rules {
		for _, condition := range []string{"merge_request_event", "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID", "&& $GEN_GITLAB_TOKEN"} {
			if !strings.Contains(r.If, condition) {
				t.Errorf("a comment also without %s: %s", condition, r.If)
			}
		}
	}
	if strings.Contains(strings.Join(append(check.BeforeScript, check.Script...), "\n"), "TOKEN") {
		t.Error("the job with foreign files uses a token")
	}
}

// TestGitLabStart: the jobs are included if there is no pipeline yet; one that there is stays.
func TestGitLabStart(t *testing.T) {
	var start struct {
		Include []struct {
			Local string `yaml:"local"`
		} `yaml:"include"`
	}
	if err := strict(made(t, nil, ci.Options{Host: ci.GitLab})[".gitlab-ci.yml"], &start); err != nil {
		t.Fatal(err)
	}
	if len(start.Include) != 1 || start.Include[0].Local != jobsFile {
		t.Errorf("includes %v", start.Include)
	}
	there := map[string]string{".gitlab-ci.yml": "build: {script: [make]}\n"}
	if content, ok := made(t, there, ci.Options{Host: ci.GitLab})[".gitlab-ci.yml"]; ok {
		t.Errorf("a pipeline of people becomes %q", content)
	}
}

// gitlabShell has the shell options that a runner uses.
func gitlabShell(t *testing.T, programs ...string) *shell {
	t.Helper()
	s := newShell(t, programs...)
	s.flags = []string{"-eo", "pipefail"}
	return s
}

// TestGitLabCheck: all commands run, and any that fails fails the job; a change does not.
func TestGitLabCheck(t *testing.T) {
	script := strings.Join(readPipeline(t, ci.Options{Host: ci.GitLab})["gen:check"].Script, "\n")
	for name, c := range map[string]struct {
		codes string // of clusters, verify and diff
		base  string
		want  int
		diff  string
		hub   string // code of init hub, where there is a hub/
	}{
		"fine":            {"0 0 0", "CI_MERGE_REQUEST_DIFF_BASE_SHA=b1", 0, "0\n", ""},
		"changes":         {"0 0 1", "CI_MERGE_REQUEST_DIFF_BASE_SHA=b1", 0, "1\n", ""},
		"not generated":   {"1 0 1", "CI_MERGE_REQUEST_DIFF_BASE_SHA=b1", 1, "1\n", ""},
		"findings":        {"0 1 1", "CI_MERGE_REQUEST_DIFF_BASE_SHA=b1", 1, "1\n", ""},
		"diff fails":      {"0 0 3", "CI_MERGE_REQUEST_DIFF_BASE_SHA=b1", 1, "3\n", ""},
		"merged results":  {"0 0 1", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=b1", 0, "1\n", ""},
		"push":            {"0 0 1", "X=", 0, "", ""},
		"push, not clean": {"0 1 1", "X=", 1, "", ""},
		"hub":             {"0 0 1", "X=", 0, "", "0"},
		"old hub":         {"0 0 1", "X=", 1, "", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := gitlabShell(t)
			s.fake("gen", `echo "$*" >> "$LOG"
case "$*" in *--fail-on*) exit ;; esac
set -- $* ; read -r clusters verify diff <<< "$CODES"; init=$HUB; exit "${!1}"`)
			s.env = append(s.env, "CODES="+c.codes, "HUB="+c.hub, c.base, "CI_JOB_URL=https://example.org/job")
			if c.hub != "" {
				s.write("hub/README.md", "")
			}
			if out, code := s.run(script); code != c.want {
				t.Errorf("ended with %d: %s", code, out)
			}
			want := "clusters --check\nverify\n"
			if c.hub != "" {
				want += "init hub --check\n"
			}
			want += "verify --format gitlab\n"
			if c.diff != "" {
				want += "diff --format html b1\n" +
					"diff --format markdown --fail-on none --page https://example.org/job/artifacts/file/gen-diff.html b1\n"
			}
			if s.read("log") != want || s.read("gen-diff.exit") != c.diff {
				t.Errorf("called %q, exit code %q", s.read("log"), s.read("gen-diff.exit"))
			}
		})
	}
}

// TestGitLabInstall builds gen and puts it on the path of the script that follows.
func TestGitLabInstall(t *testing.T) {
	before := strings.Join(readPipeline(t, ci.Options{Host: ci.GitLab})["gen:check"].BeforeScript, "\n")
	s := gitlabShell(t, "git", "mktemp", "mkdir", "chmod")
	s.fake("go", `echo "$1 $4" >> "$LOG"; mkdir -p "${3%/gen}"; printf '#!%s\necho built\n' "$BASH" > "$3"; chmod +x "$3"`)
	s.env = append(s.env, "GEN_SOURCE=", "GEN_REVISION=abc")
	if out, code := s.run(before); code != 1 || !strings.Contains(out, "set GEN_SOURCE and GEN_REVISION in "+jobsFile) {
		t.Errorf("without a source: %d %s", code, out)
	}
	commit := s.repository("source")
	s.env = append(s.env, "GEN_SOURCE="+s.path("source"), "GEN_REVISION="+commit)
	if out, code := s.run(before + "\ngen"); code != 0 || out != "built\n" || s.read("log") != "build ./cmd/gen\n" {
		t.Errorf("with a source: %d %s %s", code, out, s.read("log"))
	}
}

// TestGitLabComment plays GitLab: two pages of notes, of which the job may only change its own.
func TestGitLabComment(t *testing.T) {
	script := strings.Join(readPipeline(t, ci.Options{Host: ci.GitLab})["gen:comment"].Script, "\n")
	const theirs = `[{"id":5,"author":{"id":1},"body":"<!-- gen-diff -->"},{"id":6,"author":{"id":42},"body":"hello"}]`
	const notes = "https://gitlab.example.org/api/v4/projects/3/merge_requests/9/notes"
	for name, c := range map[string]struct {
		exit, second string
		want         string
		code         int
	}{
		"new":              {"1", "[]", "POST " + notes, 0},
		"again":            {"1", `[{"id":7,"author":{"id":42},"body":"<!-- gen-diff -->\nold"}]`, "PUT " + notes + "/7", 0},
		"nothing":          {"0", "[]", "", 0},
		"nothing any more": {"0", `[{"id":7,"author":{"id":42},"body":"<!-- gen-diff -->\nold"}]`, "PUT " + notes + "/7", 0},
		"gen diff fails":   {"3", "[]", "", 0},
		"GitLab is down":   {"1", "down", "", 22},
	} {
		t.Run(name, func(t *testing.T) {
			s := gitlabShell(t, "cat", "jq", "sed")
			body := "<!-- gen-diff -->\n`$(touch pwned)` \"x\"\n"
			s.write("gen-diff.md", body)
			s.write("gen-diff.exit", c.exit+"\n")
			s.write("page1", theirs)
			s.write("page2", c.second)
			s.fake("apk", "")
			s.fake("curl", fakeCurl)
			s.env = append(s.env, "GEN_GITLAB_TOKEN=secret", "CI_API_V4_URL=https://gitlab.example.org/api/v4", "CI_PROJECT_ID=3", "CI_MERGE_REQUEST_IID=9")
			if out, code := s.run(script); code != c.code || code == 0 && out != "" {
				t.Errorf("ended with %d: %s", code, out)
			}
			want := c.want
			if want != "" {
				want += "\n"
				var posted struct {
					Body string `yaml:"body"`
				}
				if err := strict(s.read("posted"), &posted); err != nil || posted.Body != body {
					t.Errorf("posted %q %v", s.read("posted"), err)
				}
			}
			if s.read("log") != want {
				t.Errorf("called %q, want %q", s.read("log"), want)
			}
		})
	}
}

// fakeCurl refuses a call without the token on stdin, and one with it in the arguments.
const fakeCurl = `
[ "$(cat)" = 'header = "PRIVATE-TOKEN: secret"' ] || exit 90
[[ "$*" != *secret* ]] || exit 91
method=GET; output=/dev/null; headers=/dev/null; data=
while [ $# -gt 1 ]; do
  case $1 in
  --request) method=$2; shift ;;
  --output) output=$2; shift ;;
  --dump-header) headers=$2; shift ;;
  --data) data=${2#@}; shift ;;
  --config | --header) shift ;;
  --fail | --silent | --show-error) ;;
  *) exit 92 ;;
  esac
  shift
done
case "$method $1" in
"GET "*/user) echo '{"id":42}' > "$output" ;;
"GET "*notes?per_page=100\&page=1) cp page1 "$output"; printf 'x-next-page: 2\r\n' > "$headers" ;;
"GET "*notes?per_page=100\&page=2)
  [ "$(cat page2)" != down ] || exit 22
  cp page2 "$output"; printf 'X-Next-Page: \r\n' > "$headers" ;;
*) echo "$method $1" >> "$LOG"; cp "$data" posted ;;
esac
`
