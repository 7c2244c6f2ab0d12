package e2e

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/history"
)

const webName = "web"

// TestAgent takes a cluster with custom node pools alone, and with IRSA, from the hub to a Flux of its own and back.
func TestAgent(t *testing.T) {
	w := newWorld(t, selectors)
	t.Cleanup(func() { w.explain(t) })
	w.ensure(t)
	must(t, w.plane.Workloads(w.clusters.get(devCluster).server))
	w.playKubelet(t, devCluster)
	w.playOperator(t, devCluster)
	a := &agentWorld{world: w}
	for _, step := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"an application runs", a.run},
		{"gen refuses to hand the cluster over in one commit", a.refused},
		{"the hub lets go of the releases", a.letGo},
		{"the cluster's own Flux takes them over, and the pods stay", a.takeOver},
		{"a change is applied while the hub is down", a.withoutHub},
		{"the cluster's own Flux goes, and the pods stay", a.giveBack},
		{"the hub takes the releases over, and the pods stay", a.backAgain},
	} {
		if !t.Run(step.name, step.run) {
			return
		}
	}
}

type agentWorld struct {
	*world
	// uids are those of what runs, at the start.
	uids map[string]string
}

// run adds an application with pods.
func (a *agentWorld) run(t *testing.T) {
	a.user.checkout(t, "dev")
	a.user.edit(t, func(f fleet) { f.cluster(devCluster)["releases"] = a.web(2) })
	a.user.generate(t)
	a.untilDelivered(t, "dev", a.publish(t, "dev", "Add web"), devCluster)
	a.until(t, "its pods run", func() error {
		pods := a.pods(t)
		if len(pods) != 2 {
			return fmt.Errorf("there are %d pods", len(pods))
		}
		return nil
	})
	a.uids = a.running(t)
}

func (a *agentWorld) web(replicas int) []any {
	return []any{map[string]any{
		"name": webName, "namespace": webName, "values": map[string]any{"replicas": replicas},
		"chart": map[string]any{"url": "https://" + guardHost + "/pods", "name": webName, "version": "1.0.0"},
	}}
}

func (a *agentWorld) refused(t *testing.T) {
	a.user.edit(t, func(f fleet) { f.cluster(devCluster)["delivery"] = "agent" })
	out, code := a.user.runGen(t)
	if code != 1 || !strings.Contains(out, "goes from delivery: hub to agent at once: Flux on the hub would delete its releases") {
		t.Errorf("gen ends with %d and says\n%s", code, out)
	}
}

// letGo suspends the releases, and brings the operator.
func (a *agentWorld) letGo(t *testing.T) {
	a.handOver(t)
	for _, name := range []string{webName, "podinfo", "external-dns"} {
		r := release(devCluster, name)
		must(t, a.get(r))
		if suspended, _, _ := unstructured.NestedBool(r.Object, "spec", "suspend"); !suspended {
			t.Errorf("HelmRelease %s is not suspended", name)
		}
	}
	a.same(t)
}

// handOver publishes delivery: handover, and waits until the hub has done what it says.
func (a *agentWorld) handOver(t *testing.T) {
	t.Helper()
	a.deliver(t, "handover")
}

// deliver publishes a way of delivery, and waits until all stages on the hub are ready.
func (a *agentWorld) deliver(t *testing.T, how string) string {
	t.Helper()
	a.user.edit(t, func(f fleet) { f.cluster(devCluster)["delivery"] = how })
	a.user.generate(t)
	revision := a.publish(t, "dev", "delivery: "+how)
	a.until(t, "dev is at "+revision, func() error { return a.isReady(kustomization("fleet-dev", "fleet"), revision) })
	a.until(t, "the hub is done with delivery: "+how, func() error {
		a.nudgeOn(a.clusters.get(devCluster).client)
		return a.delivered(devCluster, revision)
	})
	return revision
}

// takeOver publishes delivery: agent. The hub says when all of the cluster is ready.
func (a *agentWorld) takeOver(t *testing.T) {
	a.deliver(t, "agent")
	for _, name := range []string{webName, "podinfo", "external-dns"} {
		if err := a.get(release(devCluster, name)); client.IgnoreNotFound(err) != nil || err == nil {
			t.Errorf("the hub still has HelmRelease %s: %v", name, err)
		}
		if err := a.ready(release(devCluster, name)); err != nil {
			t.Error(err)
		}
	}
	a.same(t)
}

// withoutHub changes an application while the hub's API server is down.
func (a *agentWorld) withoutHub(t *testing.T) {
	a.hub.Kill()
	a.user.edit(t, func(f fleet) { f.cluster(devCluster)["releases"] = a.web(3) })
	a.user.generate(t)
	_, err := a.user.clone.Commit(a.ctx, "More of web")
	must(t, err)
	own := a.clusters.get(devCluster).client
	must(t, a.reconcileOn(own, object("source.toolkit.fluxcd.io", "v1", "GitRepository", fluxNamespace, fluxNamespace)))
	a.until(t, "the third pod runs", func() error {
		a.nudgeOn(own)
		if n := len(a.pods(t)); n != 3 {
			return fmt.Errorf("there are %d pods", n)
		}
		return nil
	})
	must(t, a.hub.Start(a.ctx))
	a.same(t)
}

// giveBack publishes delivery: handover again.
func (a *agentWorld) giveBack(t *testing.T) {
	a.handOver(t)
	a.until(t, "the FluxInstance is gone", func() error {
		instance := fluxInstance()
		err := a.clusters.get(devCluster).client.Get(a.ctx, client.ObjectKeyFromObject(instance), instance)
		if err == nil {
			return errors.New("it is there")
		}
		return client.IgnoreNotFound(err)
	})
	a.same(t)
}

// backAgain publishes delivery: hub again.
func (a *agentWorld) backAgain(t *testing.T) {
	revision := a.deliver(t, "hub")
	a.untilDelivered(t, "dev", revision, devCluster)
	for _, name := range []string{webName, "podinfo", "external-dns"} {
		a.until(t, name+" is the hub's", func() error { return a.isReady(release(devCluster, name), "") })
	}
	a.until(t, "the operator is gone", func() error {
		if err := a.get(release(devCluster, "flux-operator")); client.IgnoreNotFound(err) != nil || err == nil {
			return fmt.Errorf("its release is there: %w", err)
		}
		return nil
	})
	a.same(t)
}

// ready is nil when an object of the cluster's own Flux is ready.
func (a *agentWorld) ready(o *unstructured.Unstructured) error {
	if err := a.clusters.get(devCluster).client.Get(a.ctx, client.ObjectKeyFromObject(o), o); err != nil {
		return fmt.Errorf("in the cluster: %w", err)
	}
	if status, reason, message := conditionOf(o, "Ready"); status != "True" {
		return fmt.Errorf("%s %s in the cluster is not ready: %s %s", o.GetKind(), o.GetName(), reason, message)
	}
	return nil
}

// running are the UIDs of what must not be replaced: pods, and what else the releases have made.
func (a *agentWorld) running(t *testing.T) map[string]string {
	t.Helper()
	uids := a.pods(t)
	c := a.clusters.get(devCluster).client
	for _, o := range []*unstructured.Unstructured{
		object("apps", "v1", "Deployment", webName, webName), ingress(),
		object("", "v1", "ConfigMap", "podinfo", "podinfo-values"), object("", "v1", "Namespace", "", "podinfo"),
		object("karpenter.sh", "v1", "NodePool", "", a.pool(t)),
	} {
		must(t, c.Get(a.ctx, client.ObjectKeyFromObject(o), o))
		uids[history.Name(o)] = string(o.GetUID())
	}
	return uids
}

// pool is the first of the cluster's own.
func (a *agentWorld) pool(t *testing.T) string {
	t.Helper()
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(object("karpenter.sh", "v1", "NodePool", "", "").GroupVersionKind())
	must(t, a.clusters.get(devCluster).client.List(a.ctx, list))
	return list.Items[0].GetName()
}

// pods are the UIDs of those of web that run.
func (a *agentWorld) pods(t *testing.T) map[string]string {
	t.Helper()
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(object("", "v1", "Pod", "", "").GroupVersionKind())
	must(t, a.clusters.get(devCluster).client.List(a.ctx, list, client.InNamespace(webName)))
	uids := map[string]string{}
	for i := range list.Items {
		if list.Items[i].GetDeletionTimestamp() == nil && isTrue(&list.Items[i], "Ready") {
			uids[history.Name(&list.Items[i])] = string(list.Items[i].GetUID())
		}
	}
	return uids
}

// same compares what runs with what ran at the start.
func (a *agentWorld) same(t *testing.T) {
	t.Helper()
	now := a.running(t)
	for name, uid := range a.uids {
		if now[name] != uid {
			t.Errorf("%s is another than before, or gone", name)
		}
	}
}

// playKubelet starts the pods of a cluster as soon as they are there, on a node that nobody asks for.
func (w *world) playKubelet(t *testing.T, name string) {
	t.Helper()
	ctx, cancel := context.WithCancel(w.ctx)
	t.Cleanup(cancel)
	c := w.clusters.get(name).client
	go func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_ = startPods(ctx, c) // the next time will do
			}
		}
	}()
}

func startPods(ctx context.Context, c client.Client) error {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(object("", "v1", "Pod", "", "").GroupVersionKind())
	if err := c.List(ctx, list); err != nil {
		return err
	}
	return meta.EachListItem(list, func(o runtime.Object) error {
		pod := o.(*unstructured.Unstructured)
		if isTrue(pod, "Ready") {
			return nil
		}
		status := fmt.Sprintf(`{"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": %q}]}}`,
			time.Now().UTC().Format(time.RFC3339))
		return c.Status().Patch(ctx, pod, client.RawPatch("application/merge-patch+json", []byte(status)))
	})
}
