package ci_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/ci"
)

const workflowFile = ".github/workflows/gen.yaml"

// A workflow is what ours may have: any other field is refused.
type workflow struct {
	Name string `yaml:"name"`
	On   struct {
		PullRequest any `yaml:"pull_request"`
		Push        struct {
			Branches []string `yaml:"branches"`
		} `yaml:"push"`
	} `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency struct {
		Group  string `yaml:"group"`
		Cancel string `yaml:"cancel-in-progress"`
	} `yaml:"concurrency"`
	Env  map[string]string `yaml:"env"`
	Jobs map[string]job    `yaml:"jobs"`
}

type job struct {
	Needs       string                       `yaml:"needs"`
	If          string                       `yaml:"if"`
	RunsOn      string                       `yaml:"runs-on"`
	Timeout     int                          `yaml:"timeout-minutes"`
	Permissions map[string]string            `yaml:"permissions"`
	Defaults    map[string]map[string]string `yaml:"defaults"`
	Outputs     map[string]string            `yaml:"outputs"`
	Steps       []step                       `yaml:"steps"`
}

type step struct {
	Name            string            `yaml:"name"`
	ID              string            `yaml:"id"`
	If              string            `yaml:"if"`
	Uses            string            `yaml:"uses"`
	With            map[string]string `yaml:"with"`
	ContinueOnError bool              `yaml:"continue-on-error"`
	Shell           string            `yaml:"shell"`
	Env             map[string]string `yaml:"env"`
	Run             string            `yaml:"run"`
}

// strict reads YAML into a type that knows every field.
func strict(content string, into any) error {
	decoder := yaml.NewDecoder(strings.NewReader(content))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}

// faults says what is wrong with a workflow.
func faults(content string) []string {
	var w workflow
	if err := strict(content, &w); err != nil {
		return []string{err.Error()}
	}
	return append(unsafe(w), undefined(w, content)...)
}

// unsafe says what a pull request from a stranger could make use of.
func unsafe(w workflow) []string {
	var list []string
	fault := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if w.Permissions == nil || len(w.Permissions) > 0 {
		fault("a job without permissions of its own has some: %v", w.Permissions)
	}
	want := map[string]map[string]string{
		"check":   {"actions": "read", "contents": "read", "security-events": "write"},
		"comment": {"pull-requests": "write"},
	}
	harmless := regexp.MustCompile(`^\$\{\{ steps\.[a-z]+\.outputs\.[a-z-]+ \}\}$`)
	pinned := regexp.MustCompile(`^[\w-]+(/[\w-]+)+@[0-9a-f]{40}$`)
	for name, j := range w.Jobs {
		if !maps.Equal(j.Permissions, want[name]) {
			fault("job %s may %v", name, j.Permissions)
		}
		for _, s := range j.Steps {
			if s.Uses != "" && !pinned.MatchString(s.Uses) {
				fault("%s: not a commit", s.Uses)
			}
			if strings.Contains(s.Run, "${{") {
				fault("step %s: GitHub would put text into the shell", s.Name)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				fault("the checkout leaves the token on the disk")
			}
			if name == "comment" && s.Uses != "" {
				fault("the job with the token that writes runs %s", s.Uses)
			}
			for _, value := range s.Env {
				if name == "check" && !harmless.MatchString(value) {
					fault("step %s: the job with foreign files has %s", s.Name, value)
				}
			}
		}
	}
	if j := w.Jobs["comment"]; !strings.Contains(j.If, "head.repo.full_name == github.repository") {
		fault("the comment is tried for forks too: %s", j.If)
	}
	return list
}

// undefined says what an expression names that is not there, and which are not whole.
func undefined(w workflow, content string) []string {
	var list []string
	known := []string{
		"github.event.pull_request.head.repo.full_name", "github.event.pull_request.number", "github.event_name",
		"github.ref", "github.repository", "github.token", "runner.temp", "cancelled",
	}
	for id, j := range w.Jobs {
		for name := range j.Outputs {
			known = append(known, "needs."+id+".outputs."+name)
		}
		for _, s := range j.Steps {
			known = append(known, "steps."+s.ID+".outcome")
			if strings.HasPrefix(s.Uses, "actions/upload-artifact@") {
				known = append(known, "steps."+s.ID+".outputs.artifact-url")
			}
			for _, output := range regexp.MustCompile(`echo "([a-z]+)=`).FindAllStringSubmatch(s.Run, -1) {
				known = append(known, "steps."+s.ID+".outputs."+output[1])
			}
		}
	}
	whole := regexp.MustCompile(`(?s)\$\{\{ (.*?) \}\}`)
	text := regexp.MustCompile(`'[^']*'`)
	for _, e := range whole.FindAllStringSubmatch(content, -1) {
		for _, name := range regexp.MustCompile(`[\w.-]+`).FindAllString(text.ReplaceAllString(e[1], ""), -1) {
			if !slices.Contains(known, name) {
				list = append(list, "there is no "+name)
			}
		}
		if strings.Count(e[1], "(") != strings.Count(e[1], ")") {
			list = append(list, "not whole: "+e[1])
		}
	}
	if rest := whole.ReplaceAllString(content, ""); strings.Contains(rest, "${{") || strings.Contains(rest, "}}") {
		list = append(list, "an expression is not whole")
	}
	return list
}

func TestGitHub(t *testing.T) {
	content := made(t, nil, ci.Options{Host: ci.GitHub, Source: `https://example.org/"gen".git`, Revision: "abc"})[workflowFile]
	if list := faults(content); len(list) > 0 {
		t.Error(strings.Join(list, "\n"))
	}
	var w workflow
	if err := strict(content, &w); err != nil {
		t.Fatal(err)
	}
	if got := w.Env; got["GEN_SOURCE"] != `https://example.org/"gen".git` || got["GEN_REVISION"] != "abc" {
		t.Errorf("gen is built from %v", got)
	}
	if got := w.On.Push.Branches; !slices.Equal(got, []string{`c\+\+`, "main"}) {
		t.Errorf("it runs on pushes to %q", got)
	}
}

// TestGitHubFaults breaks the workflow in every way that the checks above are there for.
func TestGitHubFaults(t *testing.T) {
	content := made(t, nil, ci.Options{Host: ci.GitHub})[workflowFile]
	for name, change := range map[string][2]string{
		"foreign code with a token": {"  pull_request:\n", "  pull_request_target:\n"},
		"no such field":             {"timeout-minutes: 5", "timeout: 5"},
		"no such trigger":           {"  pull_request:\n", "  pull_requests:\n"},
		"open expression":           {"${{ github.ref }}", "${{ github.ref }"},
		"no such context":           {"${{ github.token }}", "${{ githb.token }}"},
		"no such output":            {"${{ steps.comment.outputs.comment }}", "${{ steps.diff.outputs.comment }}"},
		"a token beside":            {"PAGE: ${{ steps.page.outputs.artifact-url }}", "PAGE: ${{ github.token }}"},
		"open parenthesis":          {"${{ !cancelled() && needs", "${{ !cancelled( && needs"},
		"no such permission":        {"security-events: write", "security-event: write"},
		"too much":                  {"contents: read", "contents: write"},
		"default permissions":       {"permissions: {}\n", ""},
		"a tag":                     {"@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6"},
		"credentials":               {"persist-credentials: false", "persist-credentials: true"},
		"a title in the shell":      {"run: gen verify\n", "run: echo ${{ github.event.pull_request.number }}\n"},
		"forks":                     {"needs.check.outputs.comment != '' &&\n      github.event.pull_request.head.repo.full_name == github.repository", "needs.check.outputs.comment != ''"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(content, change[0]) {
				t.Fatalf("there is no %q", change[0])
			}
			if len(faults(strings.Replace(content, change[0], change[1], 1))) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

// scripts are the shell parts of a workflow by the name of the step.
func scripts(t *testing.T) map[string]string {
	t.Helper()
	var w workflow
	if err := strict(made(t, nil, ci.Options{Host: ci.GitHub})[workflowFile], &w); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, j := range w.Jobs {
		for _, s := range j.Steps {
			if s.Run != "" {
				all[s.Name] = s.Run
			}
		}
	}
	return all
}

// TestGitHubInstall builds a gen from a repository, and says what to do where none is named.
func TestGitHubInstall(t *testing.T) {
	s := newShell(t, "git")
	s.fake("go", `echo "go $*" >> "$LOG"`)
	s.write("GITHUB_PATH", "")
	s.env = append(s.env, "RUNNER_TEMP="+s.dir, "GITHUB_PATH="+s.path("GITHUB_PATH"), "GEN_SOURCE=", "GEN_REVISION=abc")
	if out, code := s.run(scripts(t)["Build gen"]); code != 1 || !strings.Contains(out, "set GEN_SOURCE and GEN_REVISION") {
		t.Errorf("without a source: %d %s", code, out)
	}
	commit := s.repository("source")
	s.env = append(s.env, "GEN_SOURCE="+s.path("source"), "GEN_REVISION="+commit)
	if out, code := s.run(scripts(t)["Build gen"]); code != 0 {
		t.Fatalf("with a source: %d %s", code, out)
	}
	if got := s.read("log"); !strings.HasSuffix(got, "/gen-bin/gen ./cmd/gen\n") || s.read("GITHUB_PATH") != s.path("gen-bin")+"\n" {
		t.Errorf("built by %q, path %q", got, s.read("GITHUB_PATH"))
	}
	s.fake("gen", "")
	s.env = append(s.env, "GEN_SOURCE=")
	if out, code := s.run(scripts(t)["Build gen"]); code != 0 {
		t.Errorf("with gen on the path: %d %s", code, out)
	}
}

// TestGitHubComment goes from what gen diff prints to the calls of gh, through the outputs of the job.
func TestGitHubComment(t *testing.T) {
	const ours, theirs = `{"id":7,"user":{"login":"github-actions[bot]"},"body":"<!-- gen-diff -->\nold"}`, `{"id":5,"user":{"login":"visitor"},"body":"<!-- gen-diff -->"}`
	for name, c := range map[string]struct {
		gen, comments string
		want, log     string
		code          int
	}{
		"new":               {"1", "[" + theirs + "]", "POST repos/o/r/issues/9/comments", "", 0},
		"again":             {"1", "[" + theirs + "," + ours + "," + ours + "]", "PATCH repos/o/r/issues/comments/7", "", 0},
		"nothing":           {"0", "[]", "", "", 0},
		"nothing any more":  {"0", "[" + ours + "]", "PATCH repos/o/r/issues/comments/7", "", 0},
		"gen diff fails":    {"3", "[]", "", "", 3},
		"comments are down": {"1", "down", "", "::warning::", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, "base64", "tr", "cat", "jq")
			body := "<!-- gen-diff -->\n`$(touch pwned)` 'x' \"y\"\nchanged=2\n" + strings.Repeat("long ", 30)
			s.write("body", body)
			s.fake("gen", `
case "$*" in
"diff --format html HEAD^1") echo page; exit `+c.gen+` ;;
"diff --format markdown --fail-on none --page https://example.org/page HEAD^1") cat body ;;
*) exit 9 ;;
esac`)
			s.write("comments", c.comments)
			s.fake("gh", `
case "$*" in
*--paginate*) jq "${@: -1}" comments ;;
*) echo "$4 $5 $6 $7" >> "$LOG"; cp "${7#body=@}" posted ;;
esac`)
			s.write("out", "")
			s.write("summary", "")
			s.env = append(s.env, "RUNNER_TEMP="+s.dir, "GITHUB_OUTPUT="+s.path("out"), "GITHUB_STEP_SUMMARY="+s.path("summary"), "PAGE=https://example.org/page")
			out, code := s.run(scripts(t)["What changes in AWS and in the clusters?"])
			if code != c.code {
				t.Fatalf("ended with %d: %s", code, out)
			}
			if code != 0 {
				return
			}
			if s.read("gen-diff.html") != "page\n" {
				t.Errorf("the page is %q", s.read("gen-diff.html"))
			}
			if out, code := s.run(scripts(t)["The comment"]); code != 0 {
				t.Fatalf("ended with %d: %s", code, out)
			}
			if s.read("summary") != body {
				t.Errorf("the summary is %q", s.read("summary"))
			}
			outputs := map[string]string{}
			for line := range strings.Lines(s.read("out")) {
				key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				outputs[key] = value
			}
			if len(outputs) != 2 || outputs["changed"] != c.gen {
				t.Fatalf("outputs are %q", outputs)
			}
			s.env = append(s.env, "COMMENTS=repos/o/r/issues/9/comments", "COMMENT=repos/o/r/issues/comments",
				"BODY="+outputs["comment"], "CHANGED="+outputs["changed"])
			out, code = s.run(scripts(t)["Write the comment, or bring it up to date"])
			if code != 0 || !strings.Contains(out, c.log) || c.log == "" && out != "" {
				t.Errorf("ended with %d: %s", code, out)
			}
			want := ""
			if c.want != "" {
				want = c.want + " --field body=@comment.md\n"
				if s.read("posted") != body {
					t.Errorf("posted %q", s.read("posted"))
				}
			}
			if s.read("log") != want {
				t.Errorf("called %q, want %q", s.read("log"), want)
			}
		})
	}
}

// TestGitHubFindings: findings do not fail the step that writes them down; the one before does that.
func TestGitHubFindings(t *testing.T) {
	for code, want := range map[string]int{"0": 0, "1": 0, "3": 1} {
		s := newShell(t)
		s.fake("gen", `[ "$*" = "verify --format sarif" ] || exit 9; echo "{}"; exit `+code)
		s.env = append(s.env, "RUNNER_TEMP="+s.dir)
		if out, got := s.run(scripts(t)["Findings for code scanning"]); got != want {
			t.Errorf("gen verify with %s ends the step with %d: %s", code, got, out)
		}
		if s.read("gen.sarif") != "{}\n" {
			t.Errorf("wrote %q", s.read("gen.sarif"))
		}
	}
}
