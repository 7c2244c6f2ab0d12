package status_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	clienttesting "k8s.io/client-go/testing"

	"eks-auto-gitops/pkg/status"
)

// TestWatch: it shows the hub once, then what has changed and nothing else, and an API server that is away ends nothing.
func TestWatch(t *testing.T) {
	h, client := hub(t, "testdata/states/hub.yaml")
	var away atomic.Bool
	var shown, lost atomic.Int32
	client.PrependReactor("list", "namespaces", func(clienttesting.Action) (bool, runtime.Object, error) {
		return away.Load(), nil, errors.New("connection refused")
	})
	ctx, end := context.WithCancel(t.Context())
	defer end()
	tick, ended := make(chan time.Time), make(chan error, 1)
	go func() {
		ended <- h.Watch(ctx, func(_, cluster string) bool { return cluster == "ready" }, tick,
			func(status.Report) error { shown.Add(1); return nil }, func(error) { lost.Add(1) })
	}()
	// The second tick is taken when all is done that the first one asked for.
	after := func(what string, wantShown, wantLost int32) {
		t.Helper()
		tick <- time.Time{}
		tick <- time.Time{}
		if shown.Load() != wantShown || lost.Load() != wantLost {
			t.Errorf("%s: shown %d times, lost %d times, want %d and %d", what, shown.Load(), lost.Load(), wantShown, wantLost)
		}
	}
	after("nothing has changed", 1, 0)
	stages := apischema.GroupVersionResource{Group: "kustomize.toolkit.fluxcd.io", Version: "v1", Resource: "kustomizations"}
	if err := client.Tracker().Delete(stages, "ready", "nodes"); err != nil {
		t.Fatal(err)
	}
	after("a stage is gone", 2, 0)
	away.Store(true)
	after("the API server is away", 2, 1)
	away.Store(false)
	after("it is back, and nothing has changed", 2, 1)
	away.Store(true)
	after("it is away again", 2, 2)
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestWatchNothing ends where the first reading fails, or nobody can be shown anything.
func TestWatchNothing(t *testing.T) {
	h, client := hub(t, "testdata/states/hub.yaml")
	full := errors.New("no space left on device")
	if err := h.Watch(t.Context(), all, nil, func(status.Report) error { return full }, nil); !errors.Is(err, full) {
		t.Error(err)
	}
	refused := errors.New("connection refused")
	client.PrependReactor("list", "namespaces", func(clienttesting.Action) (bool, runtime.Object, error) { return true, nil, refused })
	if err := h.Watch(t.Context(), all, nil, nil, nil); !errors.Is(err, refused) {
		t.Error(err)
	}
}
