package layout

import (
	"fmt"
	"slices"
	"testing"
)

func TestTreeAdd(t *testing.T) {
	const invalid = ": want a relative path with slashes that does not lead upwards"
	tests := map[string]struct {
		paths []string
		want  string
	}{
		"one":                     {[]string{"a/b.yaml"}, ""},
		"neighbours":              {[]string{"a/b.yaml", "a/c.yaml", "a/d/e.yaml", "a.yaml"}, ""},
		"twice":                   {[]string{"a/b.yaml", "a/b.yaml"}, "a/b.yaml: generated twice"},
		"file, then directory":    {[]string{"a/b", "a/b/c/d"}, "a/b: is a file and also the directory of a/b/c/d"},
		"directory, then file":    {[]string{"a/b/c/d", "a/b"}, "a/b: is a file and also the directory of a/b/c/d"},
		"file below known parent": {[]string{"a/x", "a/b", "a/b/c"}, "a/b: is a file and also the directory of a/b/c"},
		"empty":                   {[]string{""}, `invalid path ""` + invalid},
		"root":                    {[]string{"."}, `invalid path "."` + invalid},
		"up":                      {[]string{"../a"}, `invalid path "../a"` + invalid},
		"up inside":               {[]string{"a/../b"}, `invalid path "a/../b"` + invalid},
		"absolute":                {[]string{"/a"}, `invalid path "/a"` + invalid},
		"slash at the end":        {[]string{"a/"}, `invalid path "a/"` + invalid},
		"double slash":            {[]string{"a//b"}, `invalid path "a//b"` + invalid},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fmt.Sprint(addAll(NewTree(), tt.paths...)); got != orNil(tt.want) {
				t.Errorf("got  %s\nwant %s", got, orNil(tt.want))
			}
		})
	}
}

func TestTreeReading(t *testing.T) {
	tree := NewTree()
	if err := addAll(tree, "b", "a/z", "a-b", "a/b/c"); err != nil {
		t.Fatal(err)
	}
	if got, want := tree.Paths(), []string{"a-b", "a/b/c", "a/z", "b"}; !slices.Equal(got, want) {
		t.Errorf("Paths() = %q, want %q", got, want)
	}
	if tree.Len() != 4 {
		t.Errorf("Len() = %d, want 4", tree.Len())
	}
	if got, ok := tree.Get("a/z"); !ok || string(got) != "content of a/z" {
		t.Errorf("Get(a/z) = %q, %v", got, ok)
	}
	if got, ok := tree.Get("a"); ok || got != nil {
		t.Errorf("Get(a) = %q, %v, want nothing for a directory", got, ok)
	}
}

func TestTreeFailedAddChangesNothing(t *testing.T) {
	tree := NewTree()
	if err := tree.Add("a", []byte("first")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"a", "a/b/c", "../x"} {
		if err := tree.Add(path, []byte("second")); err == nil {
			t.Errorf("Add(%q) gave no error", path)
		}
	}
	if got, _ := tree.Get("a"); string(got) != "first" || tree.Len() != 1 {
		t.Errorf("tree has %q with a = %q", tree.Paths(), got)
	}
	if err := addAll(tree, "b/c"); err != nil {
		t.Error(err)
	}
}

func TestTreeMerge(t *testing.T) {
	tests := map[string]struct {
		a, b []string
		want string
	}{
		"apart":           {[]string{"a/x"}, []string{"a/y", "b"}, ""},
		"empty":           {[]string{"a/x"}, nil, ""},
		"same path":       {[]string{"a/x", "a/y"}, []string{"b", "a/y", "a/x"}, "a/x: generated twice"},
		"file, directory": {[]string{"a"}, []string{"a/x"}, "a: is a file and also the directory of a/x"},
		"directory, file": {[]string{"a/x"}, []string{"a"}, "a: is a file and also the directory of a/x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := NewTree(), NewTree()
			if err := addAll(a, tt.a...); err != nil {
				t.Fatal(err)
			}
			if err := addAll(b, tt.b...); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(a.Merge(b)); got != orNil(tt.want) {
				t.Fatalf("got  %s\nwant %s", got, orNil(tt.want))
			}
			if want := len(tt.a) + len(tt.b); tt.want == "" && a.Len() != want {
				t.Errorf("Len() = %d, want %d", a.Len(), want)
			}
		})
	}
}

func addAll(tree *Tree, paths ...string) error {
	for _, path := range paths {
		if err := tree.Add(path, []byte("content of "+path)); err != nil {
			return err
		}
	}
	return nil
}

// orNil is how fmt prints an error with this text, "" being no error.
func orNil(text string) string {
	if text == "" {
		return "<nil>"
	}
	return text
}
