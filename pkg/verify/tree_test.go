package verify_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// filesOf are the files of a golden case, with its clusters.yaml, its patches and its hub/, as they stand on disk.
func filesOf(t *testing.T, c golden.Case) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for path, content := range golden.Files(c.Tree(t)) {
		files[path] = &fstest.MapFile{Data: content}
	}
	files[layout.ClustersFile] = &fstest.MapFile{Data: c.Source(t)}
	for _, folder := range []string{"patches", "hub"} {
		addFolder(t, files, c.Dir, folder)
	}
	return files
}

// addFolder adds a folder that stands beside clusters.yaml, if it is there.
func addFolder(t *testing.T, files fstest.MapFS, dir, folder string) {
	t.Helper()
	folder = filepath.Join(dir, folder)
	if _, err := os.Stat(folder); err != nil {
		return
	}
	disk := os.DirFS(dir)
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		content, err := fs.ReadFile(disk, filepath.ToSlash(rel))
		files[filepath.ToSlash(rel)] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func embedded(t *testing.T) *schema.Set {
	t.Helper()
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return crds
}

// today is the day on which the tests take place.
func today() time.Time { return time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC) }

// found are the findings of [all] less those that most archives would have besides their own: notes of the check reach,
// because golden cases are as short as can be (TestReachNotes is about them), and those of the checks generated
// and hub-files, because most archives edit generated files (TestGenerated).
func found(t *testing.T, files fstest.MapFS, crds *schema.Set, day time.Time) []verify.Finding {
	t.Helper()
	return slices.DeleteFunc(all(t, files, crds, day), func(f verify.Finding) bool {
		return f.Check == "reach" && f.Severity == diag.Note || f.Check == "generated" || f.Check == "hub-files"
	})
}

// all are all findings on a day.
func all(t *testing.T, files fstest.MapFS, crds *schema.Set, day time.Time) []verify.Finding {
	t.Helper()
	tree, err := manifest.Load(files, crds)
	if err != nil {
		t.Fatal(err)
	}
	tree.Today = day
	return verify.Run(tree, verify.Checks())
}

// told are all findings as text, without the lines of the files.
func told(t *testing.T, files fstest.MapFS, crds *schema.Set) string {
	t.Helper()
	return texts(t, found(t, files, crds, today()))
}

// texts are findings as text, without the lines of the files.
func texts(t *testing.T, findings []verify.Finding) string {
	t.Helper()
	for i := range findings {
		findings[i].Source = ""
	}
	var text strings.Builder
	if err := verify.Text(&text, findings); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestGoldenTrees: nothing is wrong with what gen makes.
func TestGoldenTrees(t *testing.T) {
	crds := embedded(t)
	for _, c := range golden.WithShipped(t) {
		t.Run(c.Name, func(t *testing.T) {
			files := filesOf(t, c)
			tree, err := manifest.Load(files, crds)
			if err != nil {
				t.Fatal(err)
			}
			objects := 0
			for _, b := range tree.Builds {
				objects += len(b.Objects)
			}
			if len(tree.Builds) < 2 || objects < 10 {
				t.Errorf("only %d folders with %d objects were built", len(tree.Builds), objects)
			}
			isNote := func(f verify.Finding) bool { return f.Check == "reach" && f.Severity == diag.Note }
			if text := texts(t, slices.DeleteFunc(all(t, files, crds, today()), isNote)); text != "" {
				t.Error(text)
			}
		})
	}
}

// goldenTree are the files of the golden case of a name.
func goldenTree(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	for _, c := range golden.Cases(t) {
		if c.Name == name {
			return filesOf(t, c)
		}
	}
	t.Fatalf("there is no golden case %q", name)
	return nil
}
