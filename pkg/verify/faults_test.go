package verify_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aymanbagabas/go-udiff"
	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// TestFaults: each archive in testdata/verify names a golden case and what to change in its tree; gen verify then
// says exactly what is wanted, and nothing else.
func TestFaults(t *testing.T) {
	faults(t, "*.txtar", told)
}

// TestGenerated: the same of archives about files that are not as gen makes them, in testdata/verify/generated.
func TestGenerated(t *testing.T) {
	faults(t, "generated/*.txtar", func(t *testing.T, files fstest.MapFS, crds *schema.Set) string {
		t.Helper()
		return texts(t, slices.DeleteFunc(all(t, files, crds, today()), func(f verify.Finding) bool { return f.Check == "reach" }))
	})
}

func faults(t *testing.T, pattern string, said func(*testing.T, fstest.MapFS, *schema.Set) string) {
	t.Helper()
	faults, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "verify", filepath.FromSlash(pattern)))
	if err != nil || len(faults) == 0 {
		t.Fatalf("there are no archives in testdata/verify: %v", err)
	}
	crds := embedded(t)
	trees := map[string]fstest.MapFS{"nothing": {}}
	for _, c := range golden.WithShipped(t) {
		trees[c.Name] = filesOf(t, c)
	}
	for _, file := range faults {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, name, _ := strings.Cut(string(archive.Comment), "case: ")
			files, ok := trees[strings.TrimSpace(name)]
			if !ok {
				t.Fatalf("there is no golden case %q", name)
			}
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal(`the last file is not what is wanted: end the archive with the line "-- want --", and run task update`)
			}
			got := said(t, edited(t, files, archive.Files[:len(archive.Files)-1]), crds)
			if got == "" {
				t.Fatal("nothing is found: if the change is right, move the archive to testdata/verify/sound, without want")
			}
			compare(t, file, archive, want, got)
		})
	}
}

// TestSound: each archive in testdata/verify/sound is a change that is right, and nothing is said about it.
func TestSound(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "verify", "sound", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("there are no archives in testdata/verify/sound: %v", err)
	}
	crds := embedded(t)
	trees := map[string]fstest.MapFS{}
	for _, c := range golden.WithShipped(t) {
		trees[c.Name] = filesOf(t, c)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, name, _ := strings.Cut(string(archive.Comment), "case: ")
			files, ok := trees[strings.TrimSpace(name)]
			if !ok {
				t.Fatalf("there is no golden case %q", name)
			}
			if text := told(t, edited(t, files, archive.Files), crds); text != "" {
				t.Error(text)
			}
		})
	}
}

// compare holds what was said to what is wanted, or writes it down.
func compare(t *testing.T, file string, archive *txtar.Archive, want *txtar.File, got string) {
	t.Helper()
	switch {
	case got == string(want.Data):
	case os.Getenv(golden.Update) == "":
		t.Errorf("%s\nif this is meant, run the test with %s=1", udiff.Unified("want", "said", string(want.Data), got), golden.Update)
	case os.Getenv("CI") != "":
		t.Fatalf("%s is refused while CI is set: a person has to read the difference", golden.Update)
	default:
		want.Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// edited is a copy of a tree with changes: "file PATH" is a whole file (a kustomization.yaml of patches replaces the folder), "gone PATH" one that is not there, "edit PATH" the text to
// look for, which must be there, a line of =====, and the text to put there at its first place.
func edited(t *testing.T, files fstest.MapFS, changes []txtar.File) fstest.MapFS {
	t.Helper()
	changed := maps.Clone(files)
	for _, change := range changes {
		verb, path, _ := strings.Cut(change.Name, " ")
		switch {
		case verb == "file":
			if dir, base := filepath.Split(path); base == "kustomization.yaml" && strings.HasPrefix(path, "patches/") {
				maps.DeleteFunc(changed, func(name string, f *fstest.MapFile) bool { return strings.HasPrefix(name, dir) && files[name] == f })
			}
			changed[path] = &fstest.MapFile{Data: change.Data}
			continue
		case verb == "gone" && changed[path] != nil:
			delete(changed, path)
			continue
		}
		before, after, ok := bytes.Cut(change.Data, []byte("\n=====\n"))
		after = bytes.TrimSuffix(after, []byte("\n"))
		if !ok || verb != "edit" || changed[path] == nil || !bytes.Contains(changed[path].Data, before) {
			t.Fatalf("%s: the text to change is not there:\n%s", change.Name, before)
		}
		changed[path] = &fstest.MapFile{Data: bytes.Replace(changed[path].Data, before, after, 1)}
	}
	return changed
}
