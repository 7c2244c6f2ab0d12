// Package e2e shows that the shipped fleet works: on real API servers, with the real Flux, from an edit of
// clusters.yaml to the last object. README.md says how.
package e2e

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// interrupted ends with Ctrl-C, and with it everything that the test does.
var interrupted context.Context

func TestMain(m *testing.M) {
	var stop context.CancelFunc
	interrupted, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := m.Run()
	if interrupted.Err() != nil {
		fmt.Fprintln(os.Stderr, "interrupted; everything that was started is stopped")
		code = 130
	}
	stop()
	os.Exit(code)
}
