package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// An operator is played, by the name guard: its Deployment is ready; it makes a ConfigMap with a finalizer, which nobody but itself
// takes off, as Longhorn's manager does with its custom resources and KEDA's operator with its ScaledObjects; and while Helm
// uninstalls it, the chart's Job has it delete that first. Its pods run as long as the Deployment and its namespace are not to go.
const (
	guardHost      = "charts.example.org"
	guardName      = "guard"
	guardFinalizer = "guard.example.org/state"
)

func guardState() *unstructured.Unstructured {
	return object("", "v1", "ConfigMap", guardName, "guard-state")
}

// playGuard plays the operator in a cluster until the test ends.
func (w *world) playGuard(t *testing.T, cluster string) {
	t.Helper()
	ctx, cancel := context.WithCancel(w.ctx)
	t.Cleanup(cancel)
	c := w.clusters.get(cluster).client
	go func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_ = guardActs(ctx, c) // the next time will do
			}
		}
	}()
}

func guardActs(ctx context.Context, c client.Client) error {
	deployment := object("apps", "v1", "Deployment", guardName, guardName)
	for _, o := range []*unstructured.Unstructured{object("", "v1", "Namespace", "", guardName), deployment} {
		if err := c.Get(ctx, client.ObjectKeyFromObject(o), o); err != nil || o.GetDeletionTimestamp() != nil {
			return err
		}
	}
	if ready, _, _ := unstructured.NestedInt64(deployment.Object, "status", "readyReplicas"); ready == 0 {
		status := fmt.Sprintf(`{"status": {"observedGeneration": %d, "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1, "availableReplicas": 1,
			"conditions": [{"type": "Available", "status": "True"}, {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}]}}`, deployment.GetGeneration())
		if err := c.Status().Patch(ctx, deployment, client.RawPatch("application/merge-patch+json", []byte(status))); err != nil {
			return err
		}
	}
	state, job := guardState(), object("batch", "v1", "Job", guardName, "guard-uninstall")
	uninstall := c.Get(ctx, client.ObjectKeyFromObject(job), job) == nil
	err := c.Get(ctx, client.ObjectKeyFromObject(state), state)
	switch {
	case errors.IsNotFound(err) && uninstall:
		return jobDone(ctx, c, job)
	case errors.IsNotFound(err):
		state.SetFinalizers([]string{guardFinalizer})
		return c.Create(ctx, state)
	case err != nil:
		return err
	case state.GetDeletionTimestamp() != nil:
		return guardLetsGo(ctx, c)
	case uninstall:
		return c.Delete(ctx, state)
	}
	return nil
}

// guardLetsGo takes the finalizer off.
func guardLetsGo(ctx context.Context, c client.Client) error {
	patch := client.RawPatch("application/merge-patch+json", []byte(`{"metadata": {"finalizers": []}}`))
	return client.IgnoreNotFound(c.Patch(ctx, guardState(), patch))
}

// jobDone is what the Job controller says when the pod has ended well.
func jobDone(ctx context.Context, c client.Client, job *unstructured.Unstructured) error {
	now := time.Now().UTC().Format(time.RFC3339)
	status := fmt.Sprintf(`{"status": {"startTime": %[1]q, "completionTime": %[1]q, "succeeded": 1, "uncountedTerminatedPods": {}, "conditions": [
		{"type": "SuccessCriteriaMet", "status": "True", "lastTransitionTime": %[1]q}, {"type": "Complete", "status": "True", "lastTransitionTime": %[1]q}]}}`, now)
	return c.Status().Patch(ctx, job, client.RawPatch("application/merge-patch+json", []byte(status)))
}
