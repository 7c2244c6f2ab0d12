package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"sync/atomic"
	"testing"

	"eks-auto-gitops/pkg/layout"
)

func TestLockWaits(t *testing.T) {
	skipWithoutLock(t)
	root := makeDisk(t, nil)
	unlock, err := Lock(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	var released atomic.Bool // the kernel's lock is unknown to the race detector
	got := make(chan error)
	go func() {
		unlockSecond, err := Lock(t.Context(), root)
		if err == nil && !released.Load() {
			err = errors.New("locked twice")
		}
		if err == nil {
			err = unlockSecond()
		}
		got <- err
	}()
	for range 1000 {
		runtime.Gosched()
	}
	released.Store(true)
	if err := errors.Join(unlock(), <-got); err != nil {
		t.Error(err)
	}
}

func TestLockEndsWithItsContext(t *testing.T) {
	skipWithoutLock(t)
	root := makeDisk(t, nil)
	unlock, err := Lock(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stopped())
	if _, err := Lock(ctx, root); err == nil || err.Error() != fmt.Sprintf("lock %s: wait for the other run: stopped by the test", root.Name()) {
		t.Errorf("second Lock: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	wantDisk(t, root, files{})
}

// TestTwoRunsAtOnce lets runs with different trees fight for the same directory.
func TestTwoRunsAtOnce(t *testing.T) {
	skipWithoutLock(t)
	root := makeDisk(t, files{"clusters/clusters.yaml": "hand"})
	trees := []files{manyFiles("one", 0, 60), manyFiles("two", 30, 90)}
	for range 10 {
		ended := make(chan error)
		for _, tree := range trees {
			go func() { ended <- lockedRun(t.Context(), root, makeTree(t, tree)) }()
		}
		if err := errors.Join(<-ended, <-ended); err != nil {
			t.Fatal(err)
		}
		got := readDisk(t, root)
		delete(got, "clusters/clusters.yaml")
		if !maps.Equal(got, trees[0]) && !maps.Equal(got, trees[1]) {
			t.Fatalf("a mixture of two runs: %d files", len(got))
		}
	}
}

// manyFiles makes files from first to last in nested directories.
func manyFiles(content string, first, last int) files {
	f := files{}
	for i := first; i < last; i++ {
		f[fmt.Sprintf("clusters/%d/%d/%d.yaml", i%3, i%7, i)] = gen(content)
	}
	return f
}

func lockedRun(ctx context.Context, root *os.Root, tree *layout.Tree) (err error) {
	unlock, err := Lock(ctx, root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	plan, problems, err := NewPlan(root, tree, Options{})
	if err != nil || len(problems) > 0 {
		return errors.Join(err, fmt.Errorf("%d problems: %v", len(problems), problems))
	}
	return plan.Apply(nil)
}

func skipWithoutLock(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" || runtime.GOOS == "solaris" || runtime.GOOS == "aix" || runtime.GOOS == "plan9" {
		t.Skip("no lock on", runtime.GOOS)
	}
}
