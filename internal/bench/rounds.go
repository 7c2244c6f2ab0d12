package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"eks-auto-gitops/pkg/layout"
)

// measureAll builds gen and measures every size of fleet.
func measureAll(ctx context.Context, out io.Writer, o options) (err error) {
	scratch, err := os.MkdirTemp(o.dir, "gen-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	b := bench{options: o, scratch: scratch, gen: filepath.Join(scratch, "gen")}
	if b.self, err = os.Executable(); err != nil {
		return fmt.Errorf("find the own program: %w", err)
	}
	if _, err := (command{args: []string{"go", "build", "-trimpath", "-o", b.gen, "eks-auto-gitops/cmd/gen"}}).measure(ctx); err != nil {
		return err
	}
	var results []*result
	for _, n := range o.clusters {
		r := &result{clusters: n}
		for range o.runs {
			if err := b.round(ctx, r); err != nil {
				return fmt.Errorf("%d clusters: %w", n, err)
			}
		}
		results = append(results, r)
	}
	return report(out, results)
}

// A bench runs commands in a directory of its own.
type bench struct {
	options
	scratch   string
	gen, self string
}

// A result is what was measured for one size of fleet.
type result struct {
	clusters int
	size     size
	// kustomized says what kustomize built.
	kustomized string
	// factor is what kustomize's times are multiplied by.
	factor                                                                            float64
	first, copied, second, check, changed, diffed, diffedAll, paged, verified, kustom series
	// realCopy is whether there is a cp to compare with.
	realCopy bool
}

// round measures everything once. All commands of a round come before those of the next, so that a machine
// that is slow for a while is slow for all of them.
func (b bench) round(ctx context.Context, r *result) (err error) {
	dir, err := os.MkdirTemp(b.scratch, "round-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	repository, empty := filepath.Join(dir, "repository"), filepath.Join(dir, "copy")
	if err := errors.Join(os.Mkdir(repository, 0o755), os.Mkdir(empty, 0o755)); err != nil {
		return err
	}
	text := fleetText(r.clusters)
	if err := writeFleet(repository, text); err != nil {
		return err
	}
	clusters := command{dir: repository, args: []string{b.gen, "clusters"}}
	if err := r.first.add(ctx, clusters); err != nil {
		return err
	}
	if r.size, err = sizeOf(repository); err != nil {
		return err
	}
	if err := r.copied.add(ctx, b.copy(repository, empty, r)); err != nil {
		return err
	}
	if err := r.second.add(ctx, clusters); err != nil {
		return err
	}
	check := command{dir: repository, args: []string{b.gen, "clusters", "--check"}}
	if err := r.check.add(ctx, check); err != nil {
		return err
	}
	if err := writeFleet(repository, oneLineChanged(text)); err != nil {
		return err
	}
	if err := r.changed.add(ctx, clusters); err != nil {
		return err
	}
	if err := r.diffed.add(ctx, b.diff(repository, empty)); err != nil {
		return err
	}
	verify := command{dir: repository, args: []string{b.gen, "verify"}}
	if err := r.verified.add(ctx, verify); err != nil {
		return err
	}
	if err := b.diffEvery(ctx, repository, empty, text, r); err != nil || !b.kustomize {
		return err
	}
	build, err := b.build(repository, r)
	if err != nil {
		return err
	}
	return r.kustom.add(ctx, build)
}

// diff is gen diff between the copy of what was generated first and what is there now.
func (b bench) diff(repository, before string) command {
	return command{dir: repository, args: []string{b.gen, "diff", before, "--fail-on", "none"}}
}

// diffEvery measures gen diff after one line has changed for every cluster, at a terminal and as a page.
func (b bench) diffEvery(ctx context.Context, repository, before, text string, r *result) error {
	if err := writeFleet(repository, everyLineChanged(text)); err != nil {
		return err
	}
	if _, err := (command{dir: repository, args: []string{b.gen, "clusters"}}).measure(ctx); err != nil {
		return err
	}
	if err := r.diffedAll.add(ctx, b.diff(repository, before)); err != nil {
		return err
	}
	page := b.diff(repository, before)
	page.args = append(page.args, "--format", "html")
	return r.paged.add(ctx, page)
}

// add measures a command once more.
func (s *series) add(ctx context.Context, c command) error {
	one, err := c.measure(ctx)
	if err == nil {
		*s = append(*s, one)
	}
	return err
}

// copy is the copying of what gen has written into an empty directory, by the system's own means if it has any.
func (b bench) copy(from, to string, r *result) command {
	cp, err := exec.LookPath("cp")
	if r.realCopy = err == nil; !r.realCopy {
		return command{args: []string{b.self, childCopy, from, to}}
	}
	args := []string{cp, "-r"}
	for _, dir := range outputRoots() {
		args = append(args, filepath.Join(from, dir))
	}
	return command{args: append(args, to)}
}

// build is kustomize build, in one process for all directories, so that starting it is not what is measured.
func (b bench) build(repository string, r *result) (command, error) {
	dirs, factor, err := buildable(repository, b.sample)
	r.factor = factor
	r.kustomized = fmt.Sprintf("kustomize build, %d directories", len(dirs))
	if factor > 1 {
		r.kustomized = fmt.Sprintf("kustomize build, %d directories of %d clusters, times %.4g", len(dirs), b.sample, factor)
	}
	return command{in: strings.NewReader(strings.Join(dirs, "\n")), args: []string{b.self, childKustomize}}, err
}

func writeFleet(repository, text string) error {
	file := filepath.Join(repository, filepath.FromSlash(layout.ClustersFile))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
