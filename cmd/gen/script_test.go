package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gen": main})
}

// TestScripts runs the scripts of testdata/script with the real command, each in an empty folder.
//
// Besides testscript's own commands there are:
//
//	code N COMMAND…    runs a command, which must end with exit code N
//	shown          compares what the last command has printed with what the tutorial shows, block by block
//	state FILE         writes which files there are, with time and hash, to compare before and after
//
// The file tutorial.sh has the commands of docs/tutorial.md.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Setup:               tutorial,
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") != "" && os.Getenv("CI") == "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"code": code, "shown": shown, "state": state},
	})
}

// tutorial writes the blocks of docs/tutorial.md that say sh, and what the page shows of what they print: a block that says text
// behind one of them, in which a line with an ellipsis stands for any lines.
func tutorial(env *testscript.Env) error {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "tutorial.md"))
	if err != nil {
		return fmt.Errorf("read the tutorial: %w", err)
	}
	var commands strings.Builder
	for i, block := range strings.Split(string(page), "```sh\n")[1:] {
		text, rest, _ := strings.Cut(block, "```")
		fmt.Fprintf(&commands, "echo '=== %d'\n%s", i, text)
		shown, _, _ := strings.Cut(strings.TrimPrefix(rest, "\n\n```text\n"), "```")
		if !strings.HasPrefix(rest, "\n\n```text\n") {
			shown = ""
		}
		if err := os.WriteFile(filepath.Join(env.WorkDir, fmt.Sprintf("shown.%d", i)), []byte(shown), 0o600); err != nil {
			return fmt.Errorf("write the tutorial: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(env.WorkDir, "tutorial.sh"), []byte(commands.String()), 0o600); err != nil {
		return fmt.Errorf("write the tutorial: %w", err)
	}
	return nil
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command [args…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var ended *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &ended) {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s ends with exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// shown looks for the lines of each text block of the tutorial, one behind the other; an ellipsis lets lines be skipped.
func shown(ts *testscript.TestScript, _ bool, _ []string) {
	some := 0
	for i, printed := range strings.Split(ts.ReadFile("stdout"), "=== ")[1:] {
		lines := strings.Split(printed, "\n")[1:]
		skip := true
		for want := range strings.Lines(ts.ReadFile(fmt.Sprintf("shown.%d", i))) {
			want = strings.TrimSuffix(want, "\n")
			if want == "…" {
				skip = true
				continue
			}
			at := slices.Index(lines, want)
			if at < 0 || at > 0 && !skip {
				ts.Fatalf("block %d of the tutorial shows %q, and this is printed:\n%s", i, want, printed)
			}
			lines, skip, some = lines[at+1:], false, some+1
		}
	}
	if some == 0 {
		ts.Fatalf("the tutorial shows nothing")
	}
}

func state(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: state FILE")
	}
	var list strings.Builder
	root := ts.MkAbs(".")
	ts.Check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || filepath.Ext(path) == ".state" || filepath.Dir(path) == root {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		fmt.Fprintf(&list, "%s %d %x\n", filepath.ToSlash(name), info.ModTime().UnixNano(), sha256.Sum256(content))
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(list.String()), 0o600))
}
