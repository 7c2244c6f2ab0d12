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

// filesOf are the files of a golden case, with its clusters.yaml and its patches, as they stand on disk.
func filesOf(t *testing.T, c golden.Case) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for path, content := range golden.Files(c.Tree(t)) {
		files[path] = &fstest.MapFile{Data: content}
	}
	files[layout.ClustersFile] = &fstest.MapFile{Data: c.Source(t)}
	patches := filepath.Join(c.Dir, "patches")
	if _, err := os.Stat(patches); err != nil {
		return files
	}
	disk := os.DirFS(c.Dir)
	err := filepath.WalkDir(patches, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(c.Dir, path)
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
	return files
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

// found are all findings on a day, less the notes of the check reach, which most golden cases have, because they are as short
// as can be; TestReachNotes is about them.
func found(t *testing.T, files fstest.MapFS, crds *schema.Set, day time.Time) []verify.Finding {
	t.Helper()
	tree, err := manifest.Load(files, crds)
	if err != nil {
		t.Fatal(err)
	}
	tree.Today = day
	return slices.DeleteFunc(verify.Run(tree, verify.Checks()), func(f verify.Finding) bool { return f.Check == "reach" && f.Severity == diag.Note })
}

// told are all findings as text, without the lines of the files.
func told(t *testing.T, files fstest.MapFS, crds *schema.Set) string {
	t.Helper()
	findings := found(t, files, crds, today())
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
			if text := told(t, files, crds); text != "" {
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
