package output

import (
	"strings"
	"testing"
)

func TestScope(t *testing.T) {
	inDev1 := func(path string) bool {
		return strings.HasPrefix(path, "clusters/dev/dev-1/") || strings.HasPrefix(path, "flux/dev/dev-1/")
	}
	tests := map[string]struct {
		disk, tree files
		changes    string
		want       files
	}{
		"write": {
			tree:    files{"clusters/dev/dev-1/x": gen("x"), "clusters/dev/dev-2/x": gen("x"), "flux/base/x": gen("x")},
			changes: "added clusters/dev/dev-1/x",
			want:    files{"clusters/dev/dev-1/x": gen("x")},
		},
		"change and prune": {
			disk: files{
				"clusters/dev/dev-1/x": gen("old"), "clusters/dev/dev-1/a/gone": gen("x"),
				"clusters/dev/dev-2/x": gen("old"), "clusters/dev/dev-2/a/gone": gen("x"), "flux/base/gone": gen("x"),
			},
			tree:    files{"clusters/dev/dev-1/x": gen("new"), "clusters/dev/dev-2/x": gen("new")},
			changes: "removed clusters/dev/dev-1/a/gone\nchanged clusters/dev/dev-1/x",
			want: files{
				"clusters/dev/dev-1/x": gen("new"),
				"clusters/dev/dev-2/x": gen("old"), "clusters/dev/dev-2/a/gone": gen("x"), "flux/base/gone": gen("x"),
			},
		},
		"obstacles outside are not reported": {
			disk: files{"clusters/dev/dev-2/x": "hand", "clusters/dev/dev-3": arrow + "nowhere", "flux/base": "hand"},
			tree: files{"clusters/dev/dev-2/x": gen("x"), "clusters/dev/dev-3/x": gen("x"), "flux/base/x": gen("x")},
			want: files{"clusters/dev/dev-2/x": "hand", "clusters/dev/dev-3": arrow + "nowhere", "flux/base": "hand"},
		},
		"temporary files": {
			disk: files{"clusters/dev/dev-1/.x.gen-tmp": "", "clusters/dev/dev-2/.x.gen-tmp": "", "clusters/dev/.dev-1.gen-tmp": ""},
			want: files{"clusters/dev/dev-2/.x.gen-tmp": "", "clusters/dev/.dev-1.gen-tmp": ""},
		},
		"empty directories": {
			disk: files{"clusters/dev/dev-1/a/b/": "", "clusters/dev/dev-2/": "", "flux/dev/": ""},
			want: files{"clusters/dev/dev-2/": "", "flux/dev/": ""},
		},
		"the last cluster leaves no empty directories above": {
			disk:    files{"clusters/dev/dev-1/a/x": gen("x"), "clusters/clusters.yaml": "hand", "flux/dev/dev-1/x": gen("x")},
			changes: "removed clusters/dev/dev-1/a/x\nremoved flux/dev/dev-1/x",
			want:    files{"clusters/clusters.yaml": "hand"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			root := makeDisk(t, tt.disk)
			plan := mustPlan(t, root, tt.tree, Options{Scope: inDev1})
			if got := summary(plan); got != tt.changes {
				t.Errorf("changes:\n%s\nwant:\n%s", got, tt.changes)
			}
			mustApply(t, plan)
			wantDisk(t, root, tt.want)
		})
	}
}

func TestScopeObstacleAbove(t *testing.T) {
	disk := files{"clusters/dev": gen("generated, but not in the scope")}
	root := makeDisk(t, disk)
	inScope := func(path string) bool { return strings.HasPrefix(path, "clusters/dev/dev-1/") }
	got := planProblems(t, root, files{"clusters/dev/dev-1/x": gen("x")}, Options{Scope: inScope})
	if want := "clusters/dev" + fileText; got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	wantDisk(t, root, disk)
}
