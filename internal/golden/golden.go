// Package golden compares whole trees of generated files with directories of testdata.
//
// In: a tree in memory. Out: a test that fails with a unified diff of every file that is not as it was
// reviewed. Only tests import it.
package golden

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// Update is the environment variable that rewrites directories instead of comparing them.
const Update = "UPDATE_GOLDEN"

// Compare holds files (path with slashes to content) to the directory dir, both ways: a file too many is as
// wrong as one that is missing. With UPDATE_GOLDEN=1 it makes the directory what the files are, and removes
// what is stale. That is refused in CI, where nobody would read the difference.
func Compare(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	want := read(t, dir)
	if os.Getenv(Update) != "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is refused while CI is set: a person has to read the difference", Update)
		}
		rewrite(t, dir, want, files)
		return
	}
	paths := slices.Sorted(maps.Keys(want))
	for path := range files {
		if _, ok := want[path]; !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		if !bytes.Equal(want[path], files[path]) {
			t.Errorf("%s\n%s", filepath.Join(dir, path), diff(path, want, files))
		}
	}
	if t.Failed() {
		t.Logf("if this is meant, run the test with %s=1 and read the difference before you commit it", Update)
	}
}

func diff(path string, want, files map[string][]byte) string {
	before, after := "want/"+path, "made/"+path
	if _, ok := want[path]; !ok {
		before = os.DevNull
	}
	if _, ok := files[path]; !ok {
		after = os.DevNull
	}
	return udiff.Unified(before, after, string(want[path]), string(files[path]))
}

// read returns every file below dir; a directory that is not there has none.
func read(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return files
	}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[path], err = fs.ReadFile(root, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func rewrite(t testing.TB, dir string, have, files map[string][]byte) {
	t.Helper()
	for path := range have {
		if _, ok := files[path]; ok {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		// Empty directories go too; the first that is not empty ends it.
		for up := filepath.Dir(file); up != dir && os.Remove(up) == nil; up = filepath.Dir(up) {
			continue
		}
	}
	for path, content := range files {
		if old, ok := have[path]; ok && bytes.Equal(old, content) {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
