package output

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// A story is a run that the tests stop at every step.
type story struct{ disk, tree, want files }

// stories are all the ways in which a run changes the disk. want is what any number of stopped
// runs and one complete run must lead to.
func stories() map[string]story {
	fresh := files{"clusters/dev/a/x.yaml": gen("x"), "clusters/dev/a/y.yaml": gen("y"), "flux/dev/z.yaml": gen("z"), "flux/z.yaml": gen("z")}
	return map[string]story{
		"fresh": {files{}, fresh, fresh},
		"change and prune": {
			disk: files{
				"clusters/clusters.yaml": "hand", "clusters/dev/a/x.yaml": gen("old"), "clusters/dev/a/gone.yaml": gen("g"),
				"clusters/dev/a/hand": "hand", "flux/dev/z.yaml": gen("z"), "flux/dev/gone.yaml": gen("g"), "flux/z.yaml": gen("old"),
				"flux/.old.gen-tmp": "half of a fi",
			},
			tree: fresh,
			want: with(fresh, files{"clusters/clusters.yaml": "hand", "clusters/dev/a/hand": "hand"}),
		},
		"empty directories": {
			disk: files{
				"clusters/clusters.yaml": "hand", "clusters/dev/a/b/x.yaml": gen("x"), "clusters/dev/c/y.yaml": gen("y"),
				"clusters/dev/d/hand": "hand", "clusters/dev/d/x.yaml": gen("x"), "flux/e/f/g.yaml": gen("g"), "flux/h/": "",
			},
			tree: files{},
			want: files{"clusters/clusters.yaml": "hand", "clusters/dev/d/hand": "hand"},
		},
		"files and directories change places": {
			disk: files{"flux/a/b/x.yaml": gen("x"), "flux/c": gen("c")},
			tree: files{"flux/a": gen("a"), "flux/c/d/x.yaml": gen("x")},
			want: files{"flux/a": gen("a"), "flux/c/d/x.yaml": gen("x")},
		},
	}
}

func with(a, b files) files {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// stopAt returns a hook that calls stop at step n, counting from 1.
func stopAt(n int, stop func() error) func(operation, string) error {
	var mu sync.Mutex
	step := 0
	return func(operation, string) error {
		mu.Lock()
		defer mu.Unlock()
		if step++; step == n {
			return stop()
		}
		return nil
	}
}

// steps counts the steps of a story, by operation too, and checks where the story ends.
func steps(t *testing.T, s story) (n int, operations map[operation]int) {
	t.Helper()
	operations = map[operation]int{}
	root := makeDisk(t, s.disk)
	plan := mustPlan(t, root, s.tree, Options{})
	plan.workers = 1
	plan.step = func(op operation, _ string) error {
		n++
		operations[op]++
		return nil
	}
	mustApply(t, plan)
	wantDisk(t, root, s.want)
	return n, operations
}

func TestStoriesHaveEveryOperation(t *testing.T) {
	seen := map[operation]int{}
	for _, s := range stories() {
		_, operations := steps(t, s)
		for op, n := range operations {
			seen[op] += n
		}
	}
	for _, op := range []operation{opRemove, opRmdir, opMkdir, opCreate, opWrite, opRename} {
		if seen[op] < 2 {
			t.Errorf("%s happens %d times", op, seen[op])
		}
	}
}

func TestStoppedAtEveryStep(t *testing.T) {
	ways := map[string]func(*Plan, int) error{"error": applyWithError, "panic": applyWithPanic}
	for name, s := range stories() {
		total, _ := steps(t, s)
		for way, apply := range ways {
			for n := 1; n <= total; n++ {
				t.Run(fmt.Sprintf("%s/%s/%d", name, way, n), func(t *testing.T) {
					root := makeDisk(t, s.disk)
					plan := mustPlan(t, root, s.tree, Options{})
					plan.workers = 1
					if err := apply(plan, n); !errors.Is(err, os.ErrDeadlineExceeded) {
						t.Fatalf("not stopped, but: %v", err)
					}
					checkStopped(t, root, s, way == "error")
					mustApply(t, mustPlan(t, root, s.tree, Options{}))
					wantDisk(t, root, s.want)
				})
			}
		}
	}
}

// TestStoppedTwice stops the repair as well, at the same step and later ones.
func TestStoppedTwice(t *testing.T) {
	for name, s := range stories() {
		total, _ := steps(t, s)
		for n := 1; n <= total; n++ {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				root := makeDisk(t, s.disk)
				for again := 1; again <= 3; again++ {
					plan := mustPlan(t, root, s.tree, Options{})
					plan.workers = 1
					_ = applyWithPanic(plan, max(1, n/again)) // may well be complete by now
					checkStopped(t, root, s, false)
				}
				mustApply(t, mustPlan(t, root, s.tree, Options{}))
				wantDisk(t, root, s.want)
			})
		}
	}
}

func applyWithError(plan *Plan, n int) error {
	plan.step = stopAt(n, func() error { return os.ErrDeadlineExceeded })
	return plan.Apply(nil)
}

// applyWithPanic leaves everything as it is at that moment, as a kill does: no clean-up code
// runs but the closing of files.
func applyWithPanic(plan *Plan, n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = os.ErrDeadlineExceeded
		}
	}()
	plan.step = stopAt(n, func() error { panic("killed") })
	return plan.Apply(nil)
}

// checkStopped holds what is true at every moment: a file has its old or its new content, and
// what is not gen's is untouched. clean means that there must not be temporary files of this run.
func checkStopped(t *testing.T, root *os.Root, s story, clean bool) {
	t.Helper()
	found := readDisk(t, root)
	for path, content := range found {
		name := path[strings.LastIndex(path, "/")+1:]
		_, temp := tempTarget(name)
		if _, before := s.disk[path]; temp && clean && !before {
			t.Errorf("%s left behind", path)
		}
		if !temp && !strings.HasSuffix(path, "/") && content != s.disk[path] && content != s.tree[path] {
			t.Errorf("%s is neither old nor new: %q", path, content)
		}
	}
	for path, content := range s.disk {
		if !Owned([]byte(content)) && !strings.HasSuffix(path, "/") && !strings.HasSuffix(path, tempSuffix) && found[path] != content {
			t.Errorf("%s is not gen's and was changed to %q", path, found[path])
		}
	}
}

// TestKilledAtEveryStep kills a real process, with as many workers as there are.
func TestKilledAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each step")
	}
	for name, s := range stories() {
		total, _ := steps(t, s)
		for n := 1; n <= total; n++ {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				root := makeDisk(t, s.disk)
				cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcessToKill$")
				cmd.Env = append(os.Environ(), "KILL_DIR="+root.Name(), "KILL_STORY="+name, "KILL_STEP="+strconv.Itoa(n))
				out, err := cmd.CombinedOutput()
				if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.Exited() {
					t.Fatalf("not killed, but: %v\n%s", err, out)
				}
				checkStopped(t, root, s, false)
				mustApply(t, mustPlan(t, root, s.tree, Options{}))
				wantDisk(t, root, s.want)
			})
		}
	}
}

// TestProcessToKill is not a test: it is the process that TestKilledAtEveryStep starts.
func TestProcessToKill(t *testing.T) {
	dir := os.Getenv("KILL_DIR")
	if dir == "" {
		t.Skip("only as a process of TestKilledAtEveryStep")
	}
	n, err := strconv.Atoi(os.Getenv("KILL_STEP"))
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(t.Context(), root); err != nil { // a killed run holds no lock
		t.Fatal(err)
	}
	plan := mustPlan(t, root, stories()[os.Getenv("KILL_STORY")].tree, Options{})
	plan.step = stopAt(n, func() error {
		if err := self.Kill(); err != nil {
			return err
		}
		select {} // until it arrives
	})
	mustApply(t, plan)
}

// TestErrorStopsOtherWorkers checks that a failure is reported with many workers.
func TestErrorStopsOtherWorkers(t *testing.T) {
	tree := manyFiles("x", 0, 200)
	root := makeDisk(t, nil)
	plan := mustPlan(t, root, tree, Options{})
	plan.workers = 4
	if err := applyWithError(plan, 100); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	if found := readDisk(t, root); len(found) >= len(tree) {
		t.Errorf("%d files after an error", len(found))
	}
	mustApply(t, mustPlan(t, root, tree, Options{}))
	wantDisk(t, root, tree)
}

func TestBatches(t *testing.T) {
	got := batches([]string{"b/y", "a/x", "b/x"}, []string{"a/b/c", "b/a"})
	want := []batch{{"a", []string{"x"}}, {"a/b", []string{"c"}}, {"b", []string{"a", "x", "y"}}}
	if !slices.EqualFunc(got, want, func(a, b batch) bool { return a.dir == b.dir && slices.Equal(a.names, b.names) }) {
		t.Errorf("got %v, want %v", got, want)
	}
}
