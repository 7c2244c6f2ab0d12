package config

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzLoad: no bytes make Load panic, give two answers, or give a fleet with errors.
// Seeds are the complete file and every file of testdata/invalid.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(complete))
	files, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "invalid", "*.yaml"))
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		fleet, problems := Load("clusters.yaml", src)
		if (fleet == nil) != problems.HasErrors() {
			t.Fatalf("fleet %t, problems %v", fleet != nil, problems)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" || p.Hint == "" {
				t.Errorf("a problem without a place or a hint: %+v", p)
			}
		}
		if _, again := Load("clusters.yaml", src); !slices.Equal(problems, again) {
			t.Errorf("two answers:\n%v\n%v", problems, again)
		}
	})
}
