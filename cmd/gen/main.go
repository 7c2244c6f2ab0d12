// Command gen generates everything GitOps needs to run a fleet of Amazon EKS Auto Mode clusters.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"eks-auto-gitops/pkg/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args, cli.Streams{Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv})
	stop()
	os.Exit(code)
}
