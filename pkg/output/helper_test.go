package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// files is a directory as a test writes it down: path to content. A path that ends in a slash is
// a directory, content that begins with an arrow is a symbolic link.
type files map[string]string

const arrow = "-> "

// gen is the content of a generated file.
func gen(content string) string { return Marker + "\n" + content + "\n" }

// makeDisk writes files to a new directory and opens it.
func makeDisk(t testing.TB, f files) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	addToDisk(t, root, f)
	return root
}

func addToDisk(t testing.TB, root *os.Root, f files) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(f)) {
		if err := addOne(filepath.Join(root.Name(), path), path, f[path]); err != nil {
			t.Fatal(err)
		}
	}
}

func addOne(at, path, content string) error {
	if strings.HasSuffix(path, "/") {
		return os.MkdirAll(at, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	if target, ok := strings.CutPrefix(content, arrow); ok {
		return os.Symlink(target, at)
	}
	return os.WriteFile(at, []byte(content), 0o644)
}

// readDisk is the reverse of makeDisk. Only directories that are empty are listed.
func readDisk(t testing.TB, root *os.Root) files {
	t.Helper()
	found := files{}
	err := filepath.WalkDir(root.Name(), func(at string, d fs.DirEntry, err error) error {
		if err != nil || at == root.Name() {
			return err
		}
		path := strings.TrimPrefix(filepath.ToSlash(at), filepath.ToSlash(root.Name())+"/")
		delete(found, filepath.ToSlash(filepath.Dir(path))+"/")
		switch d.Type() {
		case fs.ModeDir:
			found[path+"/"] = ""
		case fs.ModeSymlink:
			target, err := os.Readlink(at)
			found[path] = arrow + target
			return err
		default:
			content, err := os.ReadFile(at)
			found[path] = string(content)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func wantDisk(t testing.TB, root *os.Root, want files) {
	t.Helper()
	got := readDisk(t, root)
	if maps.Equal(got, want) {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		if content, ok := want[path]; !ok || content != got[path] {
			t.Errorf("on disk, not wanted: %s: %q", path, got[path])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if content, ok := got[path]; !ok || content != want[path] {
			t.Errorf("wanted, not on disk: %s: %q", path, want[path])
		}
	}
}

func makeTree(t testing.TB, f files) *layout.Tree {
	t.Helper()
	tree := layout.NewTree()
	for path, content := range f {
		if err := tree.Add(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	return tree
}

// mustPlan makes a plan that has no problems.
func mustPlan(t testing.TB, root *os.Root, tree files, opts Options) *Plan {
	t.Helper()
	plan, problems, err := NewPlan(root, makeTree(t, tree), opts)
	if err != nil || len(problems) > 0 {
		t.Fatalf("NewPlan: %v %v", err, problems)
	}
	return plan
}

func mustApply(t testing.TB, plan *Plan) {
	t.Helper()
	if err := plan.Apply(nil); err != nil {
		t.Fatal(err)
	}
}

// planProblems makes a plan that must fail, and returns the text of what is wrong.
func planProblems(t testing.TB, root *os.Root, tree files, opts Options) string {
	t.Helper()
	plan, problems, err := NewPlan(root, makeTree(t, tree), opts)
	if err != nil {
		t.Fatal(err)
	}
	if plan != nil && len(problems) > 0 {
		t.Error("a plan in spite of problems")
	}
	return text(t, problems)
}

func text(t testing.TB, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := problems.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// summary is all changes in one string, unchanged files too.
func summary(plan *Plan) string {
	var lines []string
	for _, change := range plan.Changes() {
		lines = append(lines, change.Kind.String()+" "+change.Path)
	}
	return strings.Join(lines, "\n")
}

// stopped is the error that the tests stop a run with.
func stopped() error { return errors.New("stopped by the test") }
