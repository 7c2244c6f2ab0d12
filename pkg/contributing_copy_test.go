package pkg_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// readEdits reads an archive of testdata/contributing.
func readEdits(t *testing.T, name string) []txtar.File {
	t.Helper()
	archive := txtar.Parse([]byte(read(t, "..", "testdata/contributing/"+name+".txtar")))
	if len(archive.Files) == 0 {
		t.Fatalf("%s has no edits", name)
	}
	return archive.Files
}

// apply makes edits: "file PATH" is a whole file, "edit PATH" a text that must be there, a line of =====, and what replaces it.
func apply(t *testing.T, root string, edits []txtar.File) {
	t.Helper()
	for _, edit := range edits {
		verb, path, _ := strings.Cut(edit.Name, " ")
		if verb == "file" {
			write(t, root, path, edit.Data)
			continue
		}
		before, after, ok := strings.Cut(string(edit.Data), "\n=====\n")
		content := read(t, root, path)
		if !ok || verb != "edit" || strings.Count(content, before) != 1 {
			t.Fatalf("%s: the text to change is not there once:\n%s", edit.Name, before)
		}
		write(t, root, path, []byte(strings.Replace(content, before, strings.TrimSuffix(after, "\n"), 1)))
	}
}

// copyModule copies what gen, and the tests that TestContributing runs, are built from.
func copyModule(t *testing.T) string {
	t.Helper()
	target := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "README.md", "testdata/golden/every-field/clusters.yaml"} {
		write(t, target, name, []byte(read(t, "..", name)))
	}
	for _, dir := range []string{"cmd", "pkg", "templates", "internal/golden"} {
		err := filepath.WalkDir(filepath.Join("..", dir), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == "testdata":
				return filepath.SkipDir
			case entry.IsDir(), strings.HasSuffix(path, "_test.go") && !strings.Contains(path, "config") && !strings.Contains(path, "catalog"):
				return nil
			}
			name, err := filepath.Rel("..", path)
			if err == nil {
				write(t, target, filepath.ToSlash(name), []byte(read(t, "..", filepath.ToSlash(name))))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return target
}

// goTool runs the go command in the copy, as `task update` does.
func goTool(t *testing.T, dir string, args ...string) {
	t.Helper()
	command := exec.Command("go", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "UPDATE_GOLDEN=1", "CI=", "GOFLAGS=-buildvcs=false -mod=readonly", "GOWORK=off")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// run runs gen and returns what it prints.
func run(t *testing.T, dir string, want int, gen string, args ...string) string {
	t.Helper()
	command := exec.Command(gen, args...)
	command.Dir = dir
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || command.ProcessState.ExitCode() != want {
		t.Fatalf("gen %s: %v, want exit code %d\n%s", strings.Join(args, " "), err, want, &out)
	}
	return out.String()
}

func contains(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q:\n%s", what, part, text)
		}
	}
}

func read(t *testing.T, root, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, root, name string, content []byte) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
