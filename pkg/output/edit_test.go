package output

import "testing"

// mustEdit makes a plan for files of people that has no problems.
func mustEdit(t *testing.T, disk, tree files) (plan *Plan, want files) {
	t.Helper()
	root := makeDisk(t, disk)
	plan, problems, err := NewEdit(root, makeTree(t, tree))
	if err != nil || len(problems) > 0 {
		t.Fatalf("NewEdit: %v %v", err, problems)
	}
	return plan, with(disk, tree)
}

// TestEdit: nothing but the planned files is touched, whoever made them.
func TestEdit(t *testing.T) {
	disk := files{".gitattributes": "old", "same": "same", "clusters/x.yaml": gen("stale"), "other": "other", "empty/": ""}
	plan, want := mustEdit(t, disk, files{".gitattributes": "new", "same": "same", ".github/workflows/gen.yaml": "name: gen\n"})
	if got := summary(plan); got != "changed .gitattributes\nadded .github/workflows/gen.yaml\nunchanged same" {
		t.Error(got)
	}
	wantDisk(t, plan.root, disk)
	mustApply(t, plan)
	wantDisk(t, plan.root, want)
}

// TestEditAfterKilled: what a killed run has left behind does not stop the next.
func TestEditAfterKilled(t *testing.T) {
	plan, _ := mustEdit(t, files{"a/.x.gen-tmp": "half", "..y.gen-tmp": "half"}, files{"a/x": "x", ".y": "y"})
	mustApply(t, plan)
	wantDisk(t, plan.root, files{"a/x": "x", ".y": "y"})
}

func TestEditInTheWay(t *testing.T) {
	root := makeDisk(t, files{"a": "file", "b/c/d/": "", "link": "-> elsewhere", "dir": "-> b", "elsewhere": "kept"})
	_, problems, err := NewEdit(root, makeTree(t, files{"a/x": "x", "b/c/d": "x", "link": "x", "dir/x": "x"}))
	if err != nil {
		t.Fatal(err)
	}
	want := `a: is in the way of a directory that gen would write
  hint: move or delete a, then run gen again
b/c/d: is in the way of a file that gen would write
  hint: move or delete d, then run gen again
dir: is a symbolic link: gen neither reads nor writes through links
  hint: put a real file or directory in its place, or delete it, then run gen again
link: is a symbolic link: gen neither reads nor writes through links
  hint: put a real file or directory in its place, or delete it, then run gen again
`
	if got := text(t, problems); got != want {
		t.Errorf("got\n%s", got)
	}
}
