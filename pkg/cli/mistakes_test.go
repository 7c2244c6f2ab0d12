package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/pkg/cli"
)

// TestMistakes reads testdata/mistakes.md: a fleet, then mistakes. Each begins in an empty folder with that fleet; its
// diff block changes clusters.yaml, and its console block has commands with what they print. Commands other than gen are run by sh.
//
// UPDATE_GOLDEN=1 writes the answers anew; read them before they are committed.
func TestMistakes(t *testing.T) {
	page := filepath.Join("..", "..", "testdata", "mistakes.md")
	source, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(source), "\n### ")
	_, base, _ := strings.Cut(parts[0], "```yaml\n")
	base, _, _ = strings.Cut(base, "```")
	update := os.Getenv("UPDATE_GOLDEN") != "" && os.Getenv("CI") == ""
	for i, part := range parts[1:] {
		title, _, _ := strings.Cut(part, "\n")
		t.Run(title, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, changed(t, base, block(part, "diff")))
			said := block(part, "console")
			answer := converse(t, said)
			if answer != said && !update {
				t.Errorf("the answers have changed\n--- want\n%s--- got\n%s", said, answer)
			}
			if said == "" || !strings.Contains(answer, "hint: ") && !strings.Contains(part, "Right: ") {
				t.Fatalf("an answer says what to do next, or the page why it is right; it is not written:\n%s", answer)
			}
			parts[i+1] = strings.Replace(part, "```console\n"+said, "```console\n"+answer, 1)
		})
	}
	if len(parts) <= 83 {
		t.Errorf("the page has %d mistakes, want 83", len(parts)-1)
	}
	if update {
		if err := os.WriteFile(page, []byte(strings.Join(parts, "\n### ")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// block is the text of the first block of a language; empty if there is none.
func block(part, language string) string {
	_, rest, _ := strings.Cut(part, "```"+language+"\n")
	text, _, _ := strings.Cut(rest, "```\n")
	return text
}

// changed applies a diff without headers: what is removed stands in the file once, and what is added takes its place.
func changed(t *testing.T, source, diff string) string {
	t.Helper()
	for hunk := range strings.SplitSeq(diff, "\n@@\n") {
		var old, next strings.Builder
		for line := range strings.Lines(hunk) {
			switch line = strings.TrimSuffix(line, "\n") + "\n"; line[0] {
			case '-':
				old.WriteString(line[1:])
			case '+':
				next.WriteString(line[1:])
			default:
				old.WriteString(line[1:])
				next.WriteString(line[1:])
			}
		}
		if hunk != "" && strings.Count(source, old.String()) != 1 && old.Len() > 0 {
			t.Fatalf("these lines are not in the fleet once:\n%s", &old)
		}
		if old.Len() == 0 {
			source += next.String()
		} else {
			source = strings.Replace(source, old.String(), next.String(), 1)
		}
	}
	return source
}

// converse runs the commands of a console and returns it with what they print now.
func converse(t *testing.T, console string) string {
	t.Helper()
	var now strings.Builder
	for line := range strings.Lines(console) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		now.WriteString(line)
		if words, ok := strings.CutPrefix(command, "gen "); ok {
			now.WriteString(runGen(t, strings.Fields(words)))
			continue
		}
		sh := exec.CommandContext(t.Context(), "sh", "-c", command)
		sh.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_CEILING_DIRECTORIES="+filepath.Dir(mustGetwd(t)))
		for _, who := range []string{"AUTHOR", "COMMITTER"} {
			sh.Env = append(sh.Env, "GIT_"+who+"_NAME=somebody", "GIT_"+who+"_EMAIL=somebody@example.org")
		}
		if out, err := sh.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		if folder, ok := strings.CutPrefix(command, "cd "); ok {
			t.Chdir(strings.TrimSpace(folder))
		}
	}
	return now.String()
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// runGen is what gen prints, and the exit code if it is not 0.
func runGen(t *testing.T, words []string) string {
	t.Helper()
	for i, word := range words {
		words[i] = strings.Trim(word, `'"`)
	}
	var out bytes.Buffer
	code := cli.Main(t.Context(), append([]string{"gen"}, words...), cli.Streams{
		In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC) },
	})
	// How many objects there are is no matter of this page.
	said := regexp.MustCompile(`(?m)^\d+ objects in \d+ folders: .*\n`).ReplaceAllString(out.String(), "")
	if said != "" && !strings.HasSuffix(said, "\n") {
		said += "\n"
	}
	if code != cli.OK {
		said += fmt.Sprintf("exit %d\n", code)
	}
	return said
}
