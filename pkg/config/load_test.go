package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFaults loads every file of testdata/invalid and compares what is printed, to the letter.
// UPDATE_GOLDEN=1 writes the answers anew; read them before they are committed.
func TestFaults(t *testing.T) {
	dir := filepath.Join("..", "..", "testdata", "invalid")
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fleet, problems := Load("clusters.yaml", src)
			if warning := strings.HasPrefix(name, "warn-"); warning != (fleet != nil) || problems.HasErrors() == warning {
				t.Fatalf("gen takes it: %t, errors: %t; only files named warn-… are taken, so no answer is written. If a new name of gen's has made it right, "+
					"give it its fault again", fleet != nil, problems.HasErrors())
			}
			var got strings.Builder
			if err := problems.Print(&got); err != nil {
				t.Fatal(err)
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".out", got.String())
		})
	}
	outs, _ := filepath.Glob(filepath.Join(dir, "*.out"))
	for _, out := range outs {
		if _, err := os.Stat(strings.TrimSuffix(out, ".out") + ".yaml"); err != nil {
			t.Errorf("%s belongs to no file", out)
		}
	}
}

// golden compares got with a file, or writes the file where that is asked for.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if os.Getenv("CI") != "" {
			t.Fatal("UPDATE_GOLDEN is refused while CI is set: answers are read by people first")
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
