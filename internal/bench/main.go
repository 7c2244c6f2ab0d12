// Command bench measures how long gen takes for large fleets, and how much memory.
//
// In: the sizes of the fleets. Out: one table. Beside gen it measures, in the same run and over the same files,
// cp -r and kustomize build, because seconds alone say more about a machine than about gen. It has no limits and
// no opinion: a person reads the table. From the root of the repository: go run ./internal/bench
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// The work that bench does in a process of its own, which it starts itself; see child.go.
const (
	childCopy      = "child-copy"
	childKustomize = "child-kustomize"
)

func main() {
	// A pipe that is closed, as by head, must not end bench before it has removed its files.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	default:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) == 3 && args[0] == childCopy {
		return copyTree(args[1], args[2])
	}
	if len(args) == 1 && args[0] == childKustomize {
		return buildAll(ctx, in)
	}
	o, err := parseOptions(args)
	if err != nil {
		return err
	}
	if o.cpuProfile != "" || o.memProfile != "" {
		return profile(out, o)
	}
	return measureAll(ctx, out, o)
}

// options are the command line.
type options struct {
	clusters               []int
	runs, sample           int
	kustomize              bool
	dir                    string
	cpuProfile, memProfile string
}

func parseOptions(args []string) (options, error) {
	var o options
	var sizes string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&sizes, "clusters", "1,100,1000", "sizes of the fleets")
	flags.IntVar(&o.runs, "runs", 3, "how often each command is measured")
	flags.BoolVar(&o.kustomize, "kustomize", true, "measure kustomize build as well")
	flags.IntVar(&o.sample, "sample", 50, "how many clusters kustomize builds of a larger fleet; its times are scaled up")
	flags.StringVar(&o.dir, "dir", "", "directory to work in, on the disk to measure; default: the one for temporary files")
	flags.StringVar(&o.cpuProfile, "cpuprofile", "", "measure nothing; run the pipeline in this process and write a CPU profile to the file")
	flags.StringVar(&o.memProfile, "memprofile", "", "the same for a profile of allocations")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if o.runs < 1 || o.sample < 1 {
		return o, errors.New("-runs and -sample must be 1 or more")
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 || n > maxClusters {
			return o, fmt.Errorf("-clusters %s: want numbers from 1 to %d with commas", sizes, maxClusters)
		}
		o.clusters = append(o.clusters, n)
	}
	return o, nil
}
