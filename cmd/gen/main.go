// Command gen generates everything GitOps needs to run a fleet of Amazon EKS Auto Mode clusters.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"eks-auto-gitops/pkg/cli"
)

// The linker sets what a release was built from: -ldflags "-X main.version=…".
var version, commit, date string //nolint:gochecknoglobals // the linker can set nothing else

func main() {
	// The limit is for fleets of many thousand clusters, which fit into 4 GiB by it. Below it the collector runs when the heap
	// has doubled, as is Go's default: at three times gen clusters took a seventh less time at 1,000, and a third more memory. A limit
	// of 1 GiB made it work without a pause in gen verify of 1,000 clusters.
	debug.SetMemoryLimit(7 << 29)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args, cli.Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		Build: cli.Build{Version: version, Commit: commit, Date: date},
	})
	stop()
	os.Exit(code)
}
