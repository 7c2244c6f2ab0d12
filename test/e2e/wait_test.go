package e2e

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// soon is how long Flux may take for something that nothing holds up, on a busy machine.
const soon = 2 * time.Minute

// errNever says that there is nothing more to wait for.
var errNever = errors.New("it will not")

// until asks again and again until check is nil, or until it fails the test: at the deadline, or when check says
// that it will never be.
func (w *world) until(t *testing.T, what string, check func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, soon)
	defer cancel()
	start := time.Now()
	defer func() { t.Logf("%5.1fs %s", time.Since(start).Seconds(), what) }()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		if errors.Is(err, errNever) {
			t.Fatalf("%s: %v", what, err)
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s: %v: %v", what, context.Cause(ctx), err)
		case <-tick.C:
			w.nudge()
		}
	}
}

// get reads an object from the hub.
func (w *world) get(o *unstructured.Unstructured) error {
	return w.client.Get(w.ctx, client.ObjectKeyFromObject(o), o)
}

// isReady is nil when a Flux object is ready at its present generation and, unless it is "", at the revision.
func (w *world) isReady(o *unstructured.Unstructured, revision string) error {
	if err := w.get(o); err != nil {
		return err
	}
	status, reason, message := conditionOf(o, "Ready")
	observed, _, _ := unstructured.NestedInt64(o.Object, "status", "observedGeneration")
	if status != "True" || observed != o.GetGeneration() {
		return fmt.Errorf("%s %s/%s is not ready: %s %s", o.GetKind(), o.GetNamespace(), o.GetName(), reason, message)
	}
	if applied := text(o, "status", "lastAppliedRevision"); revision != "" && applied != revision {
		return fmt.Errorf("%s %s/%s is at %s, not %s", o.GetKind(), o.GetNamespace(), o.GetName(), applied, revision)
	}
	return nil
}

// stages lists the names of a cluster's Kustomizations.
func (w *world) stages(cluster string) ([]string, error) {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kustomization("", "").GroupVersionKind())
	if err := w.client.List(w.ctx, list, client.InNamespace(cluster)); err != nil {
		return nil, fmt.Errorf("list the stages of %s: %w", cluster, err)
	}
	names := make([]string, 0, len(list.Items))
	for _, k := range list.Items {
		names = append(names, k.GetName())
	}
	return names, nil
}

// delivered is nil when every stage of a cluster is ready at a revision.
func (w *world) delivered(cluster, revision string) error {
	stages, err := w.stages(cluster)
	if err != nil {
		return err
	}
	if len(stages) == 0 {
		return fmt.Errorf("%s has no stages yet", cluster)
	}
	if revision, err = w.artifact(cluster, revision); err != nil {
		return err
	}
	for _, stage := range stages {
		if err := w.isReady(kustomization(cluster, stage), revision); err != nil {
			return err
		}
	}
	return nil
}

// untilDelivered waits until an environment's root and the stages of its clusters are at a revision.
func (w *world) untilDelivered(t *testing.T, environment, revision string, clusters ...string) {
	t.Helper()
	w.until(t, environment+" is at "+revision, func() error {
		return w.isReady(kustomization("fleet-"+environment, "fleet"), revision)
	})
	for _, cluster := range clusters {
		w.until(t, cluster+" is delivered", func() error { return w.delivered(cluster, revision) })
	}
}
