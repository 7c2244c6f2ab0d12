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
	// gen ends before collecting garbage pays: it collects late, and takes no more than about 1 GiB all the same.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args, cli.Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		Build: cli.Build{Version: version, Commit: commit, Date: date},
	})
	stop()
	os.Exit(code)
}
