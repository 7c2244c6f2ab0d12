package render

import (
	"bytes"
	"math/rand/v2"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBlockIsYAML: of what gen writes nearly every file is read without the YAML library, and with what that reads. The files are
// changed at random, too: what block reads must be what the library reads, or nothing.
func TestBlockIsYAML(t *testing.T) {
	var files [][]byte
	trees, err := filepath.Glob("../../testdata/golden/*/want")
	if err != nil || len(trees) == 0 {
		t.Fatalf("no golden trees: %v", err)
	}
	for _, tree := range append(trees, "../..") {
		for name, content := range read(t, tree) {
			if path.Ext(name) == ".yaml" {
				files = append(files, content)
			}
		}
	}
	direct, random, d := 0, rand.New(rand.NewPCG(1, 2)), newDecoder() //nolint:gosec // the same changes each time
	for _, content := range files {
		if isYAML(t, d, content) {
			direct++
		}
		for range 10 {
			isYAML(t, d, changed(random, content))
		}
	}
	if direct < len(files)*9/10 {
		t.Errorf("only %d of %d files are read directly", direct, len(files))
	}
}

// isYAML compares what block reads with what the YAML library does, and reports whether it reads anything. The decoder has read
// other files before.
func isYAML(t *testing.T, d *decoder, content []byte) bool {
	t.Helper()
	got, ok := d.blocks(content)
	if !ok {
		return false
	}
	want, err := newDecoder().yaml(content)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(document{})); err != nil || diff != "" {
		t.Fatalf("%v: -YAML +block\n%s\nof\n%s", err, diff, content)
	}
	return true
}

// changed is a file with something else in a place or two: a line that is gone, further in, or of another file, or other signs.
func changed(random *rand.Rand, content []byte) []byte {
	lines := strings.SplitAfter(string(content), "\n")
	for range 1 + random.IntN(2) {
		i, j := random.IntN(len(lines)), random.IntN(len(lines))
		signs := []string{" ", "  ", "- ", ":", ": ", "#", " #", "\n", "'", "\"", "|", "|-", "{}", "[]", "---\n", "yes", "1", "\\n", "''", "&a ", "\t", "${a}", "~"}
		sign := signs[random.IntN(len(signs))]
		at := random.IntN(len(lines[i]) + 1)
		switch random.IntN(5) {
		case 0:
			lines[i] = lines[j]
		case 1:
			lines[i] = sign + lines[i]
		case 2:
			lines[i] = lines[i][:at] + sign + lines[i][at:]
		case 3:
			lines[i] = strings.TrimPrefix(lines[i], "  ")
		case 4:
			lines[i] = lines[i][:at] + lines[i][min(len(lines[i]), at+2):]
		}
	}
	return []byte(strings.Join(lines, ""))
}

// FuzzBlockIsYAML looks for text that block reads otherwise than the YAML library.
func FuzzBlockIsYAML(f *testing.F) {
	for _, text := range []string{
		"a:\n- b: |-\n    x\n\n     y\n  c: 'it''s'\n- {}\nd: \"\\n\\\\\"\n---\n'1': 10\n\"2\": -1\n", "# a\nb: 1\n", "a:\n  b: c\n  d:\n    - e\n    - f:\n        g\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		d := newDecoder()
		isYAML(t, d, content)
		isYAML(t, d, append(bytes.Clone(content), content...)) // with parts that were read before
	})
}
