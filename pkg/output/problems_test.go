package output

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	foreignText = ": is in the way: gen would write this file, but its first line does not say that gen made it\n" +
		"  hint: move or delete it, then run gen again; what you want to add belongs in patches/\n"
	linkText = ": is a symbolic link: gen neither reads nor writes through links\n" +
		"  hint: put a real file or directory in its place, or delete it, then run gen again\n"
	dirText = ": is a directory in the way of a file that gen would write\n" +
		"  hint: move or delete the directory, then run gen again\n"
	fileText = ": is a file in the way of a directory that gen would make\n" +
		"  hint: move or delete the file, then run gen again\n"
)

func TestProblems(t *testing.T) {
	tests := map[string]struct {
		disk, tree files
		want       string
	}{
		"file without marker": {
			disk: files{"flux/x.yaml": "hand", "flux/stale.yaml": gen("x"), "flux/y.yaml": gen("old")},
			tree: files{"flux/x.yaml": gen("x"), "flux/y.yaml": gen("new"), "flux/new/z.yaml": gen("z")},
			want: "flux/x.yaml" + foreignText,
		},
		"file without marker, same size": {
			disk: files{"flux/x.yaml": strings.Repeat("x", len(gen("x")))},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml" + foreignText,
		},
		"both versions of a merge": {
			disk: files{"flux/x.yaml": "<<<<<<< HEAD\n" + gen("x"), "flux/mine.yaml": "<<<<<<< HEAD\n"},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml:1:1: a merge has left both versions in the file\n" +
				"  hint: delete it, then run gen again, which writes it; what you want to add belongs in patches/\n",
		},
		"empty file": {
			disk: files{"flux/x.yaml": ""},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml" + foreignText,
		},
		"linked file": {
			disk: files{"flux/x.yaml": arrow + "../mine", "mine": gen("x")},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml" + linkText,
		},
		"linked file, dangling": {
			disk: files{"flux/x.yaml": arrow + "../mine"},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml" + linkText,
		},
		"linked directory above": {
			disk: files{"clusters/dev": arrow + "../mine", "mine/a/x.yaml": gen("old"), "mine/a/stale.yaml": gen("x")},
			tree: files{"clusters/dev/a/x.yaml": gen("x"), "clusters/dev/b/y.yaml": gen("y")},
			want: "clusters/dev" + linkText,
		},
		"linked directory inside of the roots": {
			disk: files{"flux/dev": arrow + "prod", "flux/prod/x.yaml": gen("x")},
			tree: files{"flux/dev/x.yaml": gen("x"), "flux/prod/x.yaml": gen("x")},
			want: "flux/dev" + linkText,
		},
		"linked output root": {
			disk: files{"flux": arrow + "mine", "mine/x.yaml": gen("x")},
			tree: files{"flux/x.yaml": gen("new")},
			want: "flux" + linkText,
		},
		"linked output root, nothing planned": {
			disk: files{"flux": arrow + "mine", "mine/x.yaml": gen("x")},
			want: "flux" + linkText,
		},
		"linked temporary file": {
			disk: files{"flux/.x.yaml.gen-tmp": arrow + "../mine", "mine": "hand"},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/.x.yaml.gen-tmp" + linkText,
		},
		"directory as temporary file": {
			disk: files{"flux/.x.yaml.gen-tmp/hand": "hand"},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/.x.yaml.gen-tmp" + dirText,
		},
		"directory in the way": {
			disk: files{"flux/x.yaml/hand": "hand", "flux/x.yaml/stale.yaml": gen("x")},
			tree: files{"flux/x.yaml": gen("x")},
			want: "flux/x.yaml" + dirText,
		},
		"file in the way of a directory": {
			disk: files{"flux/dev": "hand"},
			tree: files{"flux/dev/a/x.yaml": gen("x"), "flux/dev/b/y.yaml": gen("y")},
			want: "flux/dev" + fileText,
		},
		"file as output root": {
			disk: files{"clusters": gen("x")},
			tree: files{"clusters/x.yaml": gen("x")},
			want: "clusters" + fileText,
		},
		"all at once, sorted": {
			disk: files{
				"flux/z.yaml": "hand", "flux/b": "hand", "flux/a.yaml/hand": "hand", "clusters": arrow + "mine",
				"flux/c": arrow + "nowhere", "flux/stale": gen("x"),
			},
			tree: files{
				"flux/z.yaml": gen("z"), "flux/b/x/y": gen("x"), "flux/a.yaml": gen("a"), "clusters/x/y": gen("x"),
				"flux/c/x": gen("x"), "flux/c/y": gen("x"), "flux/good": gen("x"),
			},
			want: "clusters" + linkText + "flux/a.yaml" + dirText + "flux/b" + fileText + "flux/c" + linkText +
				"flux/z.yaml" + foreignText,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			root := makeDisk(t, tt.disk)
			if got := planProblems(t, root, tt.tree, Options{}); got != tt.want {
				t.Errorf("got:\n%swant:\n%s", got, tt.want)
			}
			wantDisk(t, root, tt.disk)
		})
	}
}

func TestProblemsSpecialFiles(t *testing.T) {
	root := makeDisk(t, files{"flux/a/": ""})
	for _, name := range []string{"flux/socket", "flux/a/socket"} {
		l, err := net.Listen("unix", filepath.Join(root.Name(), name))
		if err != nil {
			t.Skip("no sockets in files here:", err)
		}
		defer func() { _ = l.Close() }()
	}
	const special = ": is in the way: it is neither a file nor a directory\n  hint: move or delete it, then run gen again\n"
	got := planProblems(t, root, files{"flux/socket": gen("x"), "flux/a/socket/x": gen("x")}, Options{})
	if want := "flux/a/socket" + special + "flux/socket" + special; got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	mustApply(t, mustPlan(t, root, nil, Options{}))
	if info, err := root.Lstat("flux/a/socket"); err != nil || info.Mode().Type() != os.ModeSocket {
		t.Errorf("socket after Apply: %v %v", info, err)
	}
}

// What changes between planning and applying is not gen's fault, but must not do harm either.
func TestApplyRefusesLinksMadeAfterPlanning(t *testing.T) {
	tests := map[string]struct{ disk, tree files }{
		"write":       {files{"flux/a/b/x.yaml": gen("old")}, files{"flux/a/b/x.yaml": gen("new")}},
		"write below": {files{"flux/a/b/x.yaml": gen("x")}, files{"flux/a/b/x.yaml": gen("x"), "flux/a/b/c/d": gen("d")}},
		"remove":      {files{"flux/a/b/x.yaml": gen("old")}, nil},
	}
	for name, tt := range tests {
		for _, link := range []string{"flux", "flux/a", "flux/a/b"} {
			t.Run(name+" "+link, func(t *testing.T) {
				root := makeDisk(t, tt.disk)
				plan := mustPlan(t, root, tt.tree, Options{})
				if err := root.Rename(link, "moved"); err != nil {
					t.Fatal(err)
				}
				up := strings.Repeat("../", strings.Count(link, "/"))
				addToDisk(t, root, files{link: arrow + up + "moved"})
				before := readDisk(t, root)
				err := plan.Apply(nil)
				if err == nil || !strings.Contains(err.Error(), "is a symbolic link, which is not followed") {
					t.Errorf("Apply: %v", err)
				}
				if err := plan.Diff(&strings.Builder{}); name != "write below" && err == nil {
					t.Error("Diff reads through a link")
				}
				wantDisk(t, root, before)
			})
		}
	}
}

func TestApplyKeepsADirectoryFilledAfterPlanning(t *testing.T) {
	root := makeDisk(t, files{"flux/a/x.yaml": gen("x")})
	plan := mustPlan(t, root, files{"flux/new.yaml": gen("x")}, Options{})
	addToDisk(t, root, files{"flux/a/hand": "hand"})
	mustApply(t, plan)
	wantDisk(t, root, files{"flux/a/hand": "hand", "flux/new.yaml": gen("x")})
}
