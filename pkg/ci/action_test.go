package ci_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// An action is what action.yml at the root may have: any other field is refused.
type action struct {
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Inputs      map[string]struct {
		Description string `yaml:"description"`
		Default     string `yaml:"default"`
	} `yaml:"inputs"`
	Outputs map[string]struct {
		Description string `yaml:"description"`
		Value       string `yaml:"value"`
	} `yaml:"outputs"`
	Runs struct {
		Using string `yaml:"using"`
		Steps []step `yaml:"steps"`
	} `yaml:"runs"`
}

func readAction(t *testing.T) action {
	t.Helper()
	content, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := strict(string(content), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAction: every step has a shell, no text of a pull request gets into one, and inputs and steps are there.
func TestAction(t *testing.T) {
	a := readAction(t)
	content, _ := os.ReadFile("../../action.yml")
	if a.Runs.Using != "composite" || len(a.Runs.Steps) != 5 {
		t.Errorf("runs %s, %d steps", a.Runs.Using, len(a.Runs.Steps))
	}
	ids := []string{}
	for _, s := range a.Runs.Steps {
		ids = append(ids, s.ID)
		if s.Shell != "bash" || strings.Contains(s.Run, "${{") || s.Uses != "" {
			t.Errorf("step %s: shell %q, run %q, uses %q", s.Name, s.Shell, s.Run, s.Uses)
		}
	}
	for _, use := range regexp.MustCompile(`\b(inputs|steps)\.([a-z]+)`).FindAllStringSubmatch(string(content), -1) {
		_, input := a.Inputs[use[2]]
		if use[1] == "inputs" && !input || use[1] == "steps" && !slices.Contains(ids, use[2]) {
			t.Errorf("there is no %s", use[0])
		}
	}
}

// TestActionComment goes from what gen diff prints to the calls of gh.
func TestActionComment(t *testing.T) {
	steps := readAction(t).Runs.Steps
	const ours, theirs = `{"id":7,"user":{"type":"Bot"},"body":"<!-- gen-diff -->\nold"}`, `{"id":5,"user":{"type":"User"},"body":"<!-- gen-diff -->"}`
	for name, c := range map[string]struct {
		gen, comments, want, said string
		code                      int
	}{
		"new":               {"1", "[" + theirs + "]", "POST repos/o/r/issues/9/comments", "", 0},
		"again":             {"1", "[" + theirs + "," + ours + "]", "PATCH repos/o/r/issues/comments/7", "", 0},
		"nothing":           {"0", "[]", "", "", 0},
		"nothing any more":  {"0", "[" + ours + "]", "PATCH repos/o/r/issues/comments/7", "", 0},
		"gen diff fails":    {"3", "[]", "", "", 3},
		"comments are down": {"1", "down", "", "::warning::", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, "cat", "jq")
			body := "<!-- gen-diff -->\n`$(touch pwned)` 'x'\nchanged=2\n"
			s.write("body", body)
			s.write("comments", c.comments)
			s.write("out", "")
			s.fake("gen", `[ "$*" = "diff --format markdown HEAD^1" ] || exit 9; cat body; exit `+c.gen)
			s.fake("gh", `
case "$*" in
*--paginate*) jq "${@: -1}" comments ;;
*) echo "$4 $5" >> "$LOG"; cp "${7#body=@}" posted ;;
esac`)
			s.env = append(s.env, "RUNNER_TEMP="+s.dir, "GITHUB_OUTPUT="+s.path("out"), "GITHUB_STEP_SUMMARY="+s.path("summary"), "BASE=HEAD^1")
			if out, code := s.run(steps[3].Run); code != c.code {
				t.Fatalf("ended with %d: %s", code, out)
			}
			if c.code != 0 {
				return
			}
			changed := strings.TrimPrefix(strings.TrimSpace(s.read("out")), "changed=")
			if s.read("summary") != body || changed != map[string]string{"0": "false", "1": "true"}[c.gen] {
				t.Errorf("summary %q, changed %q", s.read("summary"), changed)
			}
			s.env = append(s.env, "COMMENTS=repos/o/r/issues/9/comments", "COMMENT=repos/o/r/issues/comments", "CHANGED="+changed)
			if out, code := s.run(steps[4].Run); code != 0 || !strings.Contains(out, c.said) || c.said == "" && out != "" {
				t.Errorf("ended with %d: %s", code, out)
			}
			if got := strings.TrimSpace(s.read("log")); got != c.want || c.want != "" && s.read("posted") != body {
				t.Errorf("called %q, posted %q", got, s.read("posted"))
			}
		})
	}
}

// TestActionBuilds builds the gen of the action's own revision, and puts it on the path.
func TestActionBuilds(t *testing.T) {
	s := newShell(t)
	s.fake("go", `echo "$PWD $*" >> "$LOG"`)
	s.write("action/go.mod", "")
	s.env = append(s.env, "GITHUB_ACTION_PATH="+s.path("action"), "RUNNER_TEMP="+s.dir, "GITHUB_PATH="+s.path("path"))
	if out, code := s.run(readAction(t).Runs.Steps[0].Run); code != 0 {
		t.Fatal(out)
	}
	if got := s.read("log"); got != s.path("action")+" build -o "+s.path("gen-bin/gen")+" ./cmd/gen\n" || s.read("path") != s.path("gen-bin")+"\n" {
		t.Errorf("called %q, path %q", got, s.read("path"))
	}
}

// TestHooks: the hooks of pre-commit are commands that gen has.
func TestHooks(t *testing.T) {
	content, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID            string `yaml:"id"`
		Name          string `yaml:"name"`
		Description   string `yaml:"description"`
		Entry         string `yaml:"entry"`
		Language      string `yaml:"language"`
		Files         string `yaml:"files"`
		PassFilenames bool   `yaml:"pass_filenames"`
	}
	if err := strict(string(content), &hooks); err != nil {
		t.Fatal(err)
	}
	entries := []string{}
	for _, h := range hooks {
		files, err := regexp.Compile(h.Files)
		if err != nil || h.Language != "golang" || h.PassFilenames || !files.MatchString("clusters/clusters.yaml") || files.MatchString("README.md") {
			t.Errorf("%+v, %v", h, err)
		}
		entries = append(entries, h.Entry)
	}
	if !slices.Equal(entries, []string{"gen clusters --check", "gen verify"}) {
		t.Errorf("the hooks run %q", entries)
	}
}
