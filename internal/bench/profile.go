package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/output"
)

// profile runs the steps of gen clusters in this process for the largest fleet asked for, and tells how long each
// took. The profiles are for go tool pprof.
func profile(out io.Writer, o options) (err error) {
	text := fleetText(slices.Max(o.clusters))
	if o.cpuProfile != "" {
		f, err := os.Create(o.cpuProfile)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // a profile that is not whole does not open
		if err := pprof.StartCPUProfile(f); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		defer pprof.StopCPUProfile()
	}
	if err := pipeline(out, o.dir, text); err != nil {
		return err
	}
	if o.memProfile == "" {
		return nil
	}
	f, err := os.Create(o.memProfile)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(f, 0), f.Close())
}

// pipeline is what pkg/cli does on a first run, and the comparison of the second.
func pipeline(out io.Writer, dir, text string) (err error) {
	dir, err = os.MkdirTemp(dir, "gen-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // it was only worked through
	var fleet *config.Fleet
	var tree *layout.Tree
	var plan *output.Plan
	steps := []step{
		{"load", func() (err error) { fleet, err = load(text); return err }},
		{"generate", func() (err error) { tree, err = generate.Tree(fleet, generate.Options{}); return err }},
		{"compare", func() (err error) { plan, _, err = output.NewPlan(root, tree, output.Options{}); return err }},
		{"write", func() error { return plan.Apply(nil) }},
		{"compare again", func() (err error) { _, _, err = output.NewPlan(root, tree, output.Options{}); return err }},
	}
	for _, s := range steps {
		if err := s.timed(out); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// A step is a part of the pipeline.
type step struct {
	name string
	do   func() error
}

// timed does the step and tells what it took.
func (s step) timed(out io.Writer) error {
	start := time.Now()
	if err := s.do(); err != nil {
		return err
	}
	took := time.Since(start)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	_, err := fmt.Fprintf(out, "%-14s %8.3f s  %6d MiB allocated so far, %5d MiB of heap\n",
		s.name, took.Seconds(), memory.TotalAlloc>>20, memory.HeapSys>>20)
	return err
}

func load(text string) (*config.Fleet, error) {
	fleet, problems := config.Load(layout.ClustersFile, []byte(text))
	if len(problems) > 0 {
		return nil, fmt.Errorf("the fleet has problems, the first: %+v", problems[0])
	}
	return fleet, nil
}
