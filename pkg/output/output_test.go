package output

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"

	"eks-auto-gitops/pkg/layout"
)

func TestApply(t *testing.T) {
	tests := map[string]struct {
		disk, tree files
		changes    string
		want       files
	}{
		"fresh": {
			tree:    files{"clusters/a/x.yaml": gen("x"), "flux/y.yaml": gen("y")},
			changes: "added clusters/a/x.yaml\nadded flux/y.yaml",
			want:    files{"clusters/a/x.yaml": gen("x"), "flux/y.yaml": gen("y")},
		},
		"nothing at all": {want: files{}},
		"change, prune, keep": {
			disk: files{
				"clusters/clusters.yaml": "hand", "clusters/a/x.yaml": gen("x"), "clusters/a/y.yaml": gen("old"),
				"clusters/a/z.yaml": gen("z"), "flux/README.md": "hand",
			},
			tree:    files{"clusters/a/x.yaml": gen("x"), "clusters/a/y.yaml": gen("new")},
			changes: "unchanged clusters/a/x.yaml\nchanged clusters/a/y.yaml\nremoved clusters/a/z.yaml",
			want: files{
				"clusters/clusters.yaml": "hand", "clusters/a/x.yaml": gen("x"), "clusters/a/y.yaml": gen("new"),
				"flux/README.md": "hand",
			},
		},
		"same size, other content": {
			disk:    files{"flux/x.yaml": gen("a")},
			tree:    files{"flux/x.yaml": gen("b")},
			changes: "changed flux/x.yaml",
			want:    files{"flux/x.yaml": gen("b")},
		},
		"CRLF is gen's": {
			disk:    files{"flux/x.yaml": Marker + "\r\nx\r\n", "flux/y.yaml": Marker + "\r\ny\r\n"},
			tree:    files{"flux/x.yaml": gen("x")},
			changes: "changed flux/x.yaml\nremoved flux/y.yaml",
			want:    files{"flux/x.yaml": gen("x")},
		},
		"JSON": {
			disk:    files{"clusters/s.json": JSONMarker + "\n1}", "clusters/t.json": JSONMarker + "\n}"},
			tree:    files{"clusters/s.json": JSONMarker + "\n2}"},
			changes: "changed clusters/s.json\nremoved clusters/t.json",
			want:    files{"clusters/s.json": JSONMarker + "\n2}"},
		},
		"directories that become empty": {
			disk:    files{"clusters/a/b/c/x.yaml": gen("x"), "clusters/a-b/y.yaml": gen("y"), "clusters/hand": "hand"},
			changes: "removed clusters/a-b/y.yaml\nremoved clusters/a/b/c/x.yaml",
			want:    files{"clusters/hand": "hand"},
		},
		"the root too":                {disk: files{"flux/a/x.yaml": gen("x")}, changes: "removed flux/a/x.yaml", want: files{}},
		"directories that were empty": {disk: files{"flux/a/b/": "", "flux/a/c/": "", "other/": ""}, want: files{"other/": ""}},
		"file of the user in a directory that is gone": {
			disk:    files{"flux/dev/a/x.yaml": gen("x"), "flux/dev/a/notes": "hand", "flux/dev/b/y.yaml": gen("y")},
			changes: "removed flux/dev/a/x.yaml\nremoved flux/dev/b/y.yaml",
			want:    files{"flux/dev/a/notes": "hand"},
		},
		"empty file is not gen's": {
			disk: files{"flux/a/.gitkeep": ""},
			want: files{"flux/a/.gitkeep": ""},
		},
		"outside of the roots": {
			disk: files{"patches/x.yaml": gen("x"), "x.yaml": gen("x"), "fluxx/x.yaml": gen("x"), ".x.yaml.gen-tmp": "x"},
			want: files{"patches/x.yaml": gen("x"), "x.yaml": gen("x"), "fluxx/x.yaml": gen("x"), ".x.yaml.gen-tmp": "x"},
		},
		"what a killed run left": {
			disk: files{
				"flux/a/.x.yaml.gen-tmp": "# Gene", "flux/a/x.yaml": gen("old"), "flux/b/c/.y.yaml.gen-tmp": "",
				"clusters/.clusters.yaml.gen-tmp": gen("x"),
			},
			tree:    files{"flux/a/x.yaml": gen("new")},
			changes: "changed flux/a/x.yaml",
			want:    files{"flux/a/x.yaml": gen("new")},
		},
		"what a killed run left, nothing to change": {
			disk:    files{"flux/.x.yaml.gen-tmp": "# Gene", "flux/x.yaml": gen("x")},
			tree:    files{"flux/x.yaml": gen("x")},
			changes: "unchanged flux/x.yaml",
			want:    files{"flux/x.yaml": gen("x")},
		},
		"file in place of a directory that is gone": {
			disk:    files{"flux/a/b/x.yaml": gen("x"), "flux/a/c/": ""},
			tree:    files{"flux/a": gen("a")},
			changes: "added flux/a\nremoved flux/a/b/x.yaml",
			want:    files{"flux/a": gen("a")},
		},
		"directory in place of a file that is gone": {
			disk:    files{"flux/a": gen("a")},
			tree:    files{"flux/a/b/x.yaml": gen("x")},
			changes: "removed flux/a\nadded flux/a/b/x.yaml",
			want:    files{"flux/a/b/x.yaml": gen("x")},
		},
		"links of the user that nothing needs": {
			disk: files{"flux/a/link": arrow + "nowhere", "flux/b": arrow + "../other", "other/x.yaml": gen("x")},
			want: files{"flux/a/link": arrow + "nowhere", "flux/b": arrow + "../other", "other/x.yaml": gen("x")},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			root := makeDisk(t, tt.disk)
			plan := mustPlan(t, root, tt.tree, Options{})
			wantDisk(t, root, orEmpty(tt.disk)) // planning writes nothing
			if got := summary(plan); got != tt.changes {
				t.Errorf("changes:\n%s\nwant:\n%s", got, tt.changes)
			}
			mustApply(t, plan)
			wantDisk(t, root, tt.want)
			again := mustPlan(t, root, tt.tree, Options{})
			for _, change := range again.Changes() {
				if change.Kind != Unchanged {
					t.Errorf("second run: %s %s", change.Kind, change.Path)
				}
			}
		})
	}
}

func orEmpty(f files) files {
	if f == nil {
		return files{}
	}
	return f
}

func TestApplyDoesNotTouchUnchangedFiles(t *testing.T) {
	root := makeDisk(t, files{"flux/a/same.yaml": gen("x"), "flux/a/other.yaml": gen("x"), "flux/hand": "hand"})
	past := time.Now().Add(-time.Hour).Truncate(time.Second)
	names := []string{"flux/a/same.yaml", "flux/a/other.yaml", "flux/hand"}
	before := map[string]os.FileInfo{}
	for _, name := range names {
		if err := root.Chtimes(name, past, past); err != nil {
			t.Fatal(err)
		}
		before[name] = lstat(t, root, name)
	}
	mustApply(t, mustPlan(t, root, files{"flux/a/same.yaml": gen("x"), "flux/a/other.yaml": gen("y")}, Options{}))
	for _, name := range names {
		after := lstat(t, root, name)
		untouched := after.ModTime().Equal(past) && os.SameFile(before[name], after)
		if want := name != "flux/a/other.yaml"; untouched != want {
			t.Errorf("%s: untouched = %v, want %v", name, untouched, want)
		}
	}
}

func TestApplyModes(t *testing.T) {
	root := makeDisk(t, files{"flux/x.yaml": gen("old")})
	if err := root.Chmod("flux/x.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	mustApply(t, mustPlan(t, root, files{"flux/x.yaml": gen("new"), "flux/a/b/y.yaml": gen("y")}, Options{}))
	// The same open, without the plan: whatever the umask of this process is, it counts for both.
	if err := os.WriteFile(filepath.Join(root.Name(), "file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := root.Mkdir("dir", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, like := range map[string]string{
		"flux/x.yaml": "file", "flux/a/b/y.yaml": "file", "flux/a": "dir", "flux/a/b": "dir",
	} {
		if got, want := lstat(t, root, name).Mode(), lstat(t, root, like).Mode(); got != want {
			t.Errorf("%s has mode %v, want %v", name, got, want)
		}
	}
}

func lstat(t *testing.T, root *os.Root, name string) os.FileInfo {
	t.Helper()
	info, err := root.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestApplyProgress(t *testing.T) {
	root := makeDisk(t, files{"flux/a.yaml": gen("old"), "flux/b.yaml": gen("b"), "flux/same": gen("s"), "flux/.c.gen-tmp": ""})
	plan := mustPlan(t, root, files{"flux/a.yaml": gen("a"), "flux/c/c.yaml": gen("c"), "flux/same": gen("s")}, Options{})
	var got []string
	if err := plan.Apply(func(done, total int) { got = append(got, fmt.Sprint(done, "/", total)) }); err != nil {
		t.Fatal(err)
	}
	if want := "[1/3 2/3 3/3]"; fmt.Sprint(got) != want {
		t.Errorf("progress %v, want %s", got, want)
	}
}

func TestNewPlanRefusesTrees(t *testing.T) {
	tests := map[string]struct {
		path, content string
		opts          Options
		want          string
	}{
		"outside":       {"patches/x.yaml", gen("x"), Options{}, "patches/x.yaml: is outside of the output roots clusters, flux"},
		"a root itself": {"flux", gen("x"), Options{}, "flux: is outside of the output roots clusters, flux"},
		"other roots":   {"flux/x", gen("x"), Options{Roots: []string{"out"}}, "flux/x: is outside of the output roots out"},
		"no marker":     {"flux/x.yaml", "x", Options{}, fmt.Sprintf("flux/x.yaml: generated without the line %q", Marker)},
		"temporary":     {"flux/.x.gen-tmp", gen("x"), Options{}, "flux/.x.gen-tmp: names with .gen-tmp are for temporary files"},
		"root up":       {"flux/x", gen("x"), Options{Roots: []string{"../x"}}, `output root "../x": want a directory below the root`},
		"root dot":      {"flux/x", gen("x"), Options{Roots: []string{"."}}, `output root ".": want a directory below the root`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			root, tree := makeDisk(t, nil), layout.NewTree()
			if err := tree.Add(tt.path, []byte(tt.content)); err != nil {
				t.Fatal(err)
			}
			plan, problems, err := NewPlan(root, tree, tt.opts)
			if plan != nil || problems != nil || err == nil || err.Error() != tt.want {
				t.Errorf("got  %v %v %v\nwant %s", plan, problems, err, tt.want)
			}
		})
	}
}

func TestOtherRoots(t *testing.T) {
	for _, dir := range []string{"out", "out/gen", ".out", ".o/.gen/x"} {
		t.Run(dir, func(t *testing.T) {
			root := makeDisk(t, files{dir + "/old": gen("x"), "other/old": gen("x"), "flux/old": gen("x")})
			opts := Options{Roots: []string{dir}}
			mustApply(t, mustPlan(t, root, files{dir + "/new": gen("x")}, opts))
			want := files{dir + "/new": gen("x"), "other/old": gen("x"), "flux/old": gen("x")}
			wantDisk(t, root, want)
			mustApply(t, mustPlan(t, root, nil, opts))
			delete(want, dir+"/new")
			if above := path.Dir(dir); above != "." {
				want[above+"/"] = "" // not gen's, so it stays
			}
			wantDisk(t, root, want)
		})
	}
}

func TestKindString(t *testing.T) {
	for kind, want := range map[Kind]string{
		Unchanged: "unchanged", Added: "added", Changed: "changed", Removed: "removed", 9: "Kind(9)",
	} {
		if got := kind.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
