package output

import (
	"errors"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	tests := map[string]struct {
		disk, tree files
		want       string
	}{
		"nothing":   {},
		"unchanged": {disk: files{"flux/x": gen("x")}, tree: files{"flux/x": gen("x")}},
		"added, changed, removed": {
			disk: files{"flux/b": gen("1\n2\n3\n4\n5\n6\n7"), "flux/c": gen("c")},
			tree: files{"flux/b": gen("1\n2\n3\n4\nfive\n6\n7"), "clusters/a": gen("a")},
			want: `--- /dev/null
+++ b/clusters/a
@@ -0,0 +1,2 @@
+` + Marker + `
+a
--- a/flux/b
+++ b/flux/b
@@ -3,6 +3,6 @@
 2
 3
 4
-5
+five
 6
 7
--- a/flux/c
+++ /dev/null
@@ -1,2 +0,0 @@
-` + Marker + `
-c
`,
		},
		"no newline at the end": {
			disk: files{"flux/x": gen("x") + "y"},
			tree: files{"flux/x": gen("x") + "y\n"},
			want: `--- a/flux/x
+++ b/flux/x
@@ -1,3 +1,3 @@
 ` + Marker + `
 x
-y
\ No newline at end of file
+y
`,
		},
		"line ends": {
			disk: files{"flux/x": Marker + "\r\nx\n"},
			tree: files{"flux/x": gen("x")},
			want: "--- a/flux/x\n+++ b/flux/x\n@@ -1,2 +1,2 @@\n-" + Marker + "\r\n+" + Marker + "\n x\n",
		},
		"leftovers and empty directories are not in it": {disk: files{"flux/.x.gen-tmp": "x", "flux/a/b/": ""}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			root := makeDisk(t, tt.disk)
			var got strings.Builder
			if err := mustPlan(t, root, tt.tree, Options{}).Diff(&got); err != nil {
				t.Fatal(err)
			}
			if got.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), tt.want)
			}
		})
	}
}

type fullWriter struct{ err error }

func (w fullWriter) Write([]byte) (int, error) { return 0, w.err }

func TestDiffReportsErrors(t *testing.T) {
	root := makeDisk(t, files{"flux/x": gen("x")})
	plan := mustPlan(t, root, nil, Options{})
	full := stopped()
	if err := plan.Diff(fullWriter{full}); !errors.Is(err, full) {
		t.Errorf("Diff to a full disk: %v", err)
	}
	if err := root.Remove("flux/x"); err != nil {
		t.Fatal(err)
	}
	if err := plan.Diff(&strings.Builder{}); err == nil {
		t.Error("Diff of a missing file gave no error")
	}
}
