package output

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/layout"
)

// fleetSize is about what a fleet of 1,000 clusters has.
const fleetSize = 30_000

// fleet is a tree of small files, about as many to a directory as gen makes.
func fleet(tb testing.TB, content string) *layout.Tree {
	tb.Helper()
	tree := layout.NewTree()
	body := []byte(gen(strings.Repeat("key: "+content+"\n", 150)))
	for i := range fleetSize {
		path := fmt.Sprintf("clusters/env-%d/cluster-%04d/stage-%d/%d.yaml", i/3000, i/30, i/5%6, i%5)
		if err := tree.Add(path, body); err != nil {
			tb.Fatal(err)
		}
	}
	return tree
}

// BenchmarkFleet is the cost of a run over 30,000 files: the first, one without changes, one that
// changes or removes everything, and cp -r of the same files to compare with.
func BenchmarkFleet(b *testing.B) {
	first, second := fleet(b, "a"), fleet(b, "b")
	b.Run("first", func(b *testing.B) { benchmarkRun(b, nil, first) })
	b.Run("unchanged", func(b *testing.B) { benchmarkRun(b, first, first) })
	b.Run("change", func(b *testing.B) { benchmarkRun(b, first, second) })
	b.Run("remove", func(b *testing.B) { benchmarkRun(b, first, layout.NewTree()) })
	b.Run("cp", func(b *testing.B) { benchmarkCopy(b, first) })
}

// benchmarkRun measures how long a disk with the tree before takes to become the tree after.
func benchmarkRun(b *testing.B, before, after *layout.Tree) {
	b.Helper()
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		root := openRoot(b, dir)
		if before != nil {
			run(b, root, before)
			runtime.GC()
		}
		b.StartTimer()
		run(b, root, after)
		b.StopTimer()
		remove(b, dir)
		b.StartTimer()
	}
}

func benchmarkCopy(b *testing.B, tree *layout.Tree) {
	b.Helper()
	source := b.TempDir()
	run(b, openRoot(b, source), tree)
	for b.Loop() {
		target := filepath.Join(source, "copy")
		if out, err := exec.CommandContext(b.Context(), "cp", "-r", filepath.Join(source, "clusters"), target).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		b.StopTimer()
		remove(b, target)
		b.StartTimer()
	}
}

func run(b *testing.B, root *os.Root, tree *layout.Tree) {
	b.Helper()
	plan, problems, err := NewPlan(root, tree, Options{})
	if err != nil || len(problems) > 0 {
		b.Fatal(err, problems)
	}
	if err := plan.Apply(nil); err != nil {
		b.Fatal(err)
	}
}

func openRoot(b *testing.B, dir string) *os.Root {
	b.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = root.Close() })
	return root
}

func remove(b *testing.B, dir string) {
	b.Helper()
	if err := os.RemoveAll(dir); err != nil {
		b.Fatal(err)
	}
}
