package e2e

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/ack"
	"eks-auto-gitops/test/e2e/history"
)

// push delivers the fleet. In one cluster ACK works off one object after the other, and no stage may start
// before the last object of the stage before is done.
func push(t *testing.T, w *world) {
	defer w.checkAccounts(t)
	w.ack.Hold(devCluster)
	w.leaveLogs()
	w.setUp(t)
	stages := []string{"foundation", "cluster", "access", "identity", "nodes", "addons", "apps"}
	for i, stage := range stages {
		w.workOff(t, devCluster, stage, stages[i+1:])
	}
	w.ack.ReleaseAll(devCluster)
	w.ensure(t)
	w.checkOrder(t, devCluster, stages)
	w.checkOrder(t, prodCluster, append([]string{"network"}, stages...)) // it has a VPC of its own
	for _, cluster := range []string{devCluster, prodCluster} {
		w.checkCluster(t, cluster)
	}
	w.checkKey(t)
	w.checkLogs(t)
	w.checkPermitted(t, 0)
	if unknown := w.net.Unknown(); len(unknown) > 0 {
		t.Errorf("somebody wanted to reach %v", unknown)
	}
}

// workOff lets ACK work off the objects of a stage, and looks meanwhile for objects of later stages.
func (w *world) workOff(t *testing.T, cluster, stage string, later []string) {
	t.Helper()
	k := kustomization(cluster, stage)
	w.until(t, stage+" waits for its objects, or is done", func() error {
		if err := w.get(k); err != nil {
			return err
		}
		if _, _, doing := conditionOf(k, "Reconciling"); isTrue(k, "Ready") || strings.HasPrefix(doing, "Running health checks") {
			return nil
		}
		return failedFor(k)
	})
	for _, o := range build(t, w.user.clone.Dir+"/"+text(k, "spec", "path")) {
		if !strings.HasSuffix(o.GroupVersionKind().Group, "services.k8s.aws") {
			continue
		}
		for _, next := range later {
			if objects, err := w.inventory(cluster, next); err == nil && len(objects) > 0 {
				t.Fatalf("stage %s was applied before %s of stage %s was done", next, history.Name(o), stage)
			}
		}
		w.ack.Release(o)
		w.until(t, history.Name(o)+" is synced", func() error {
			if err := w.get(o); err != nil {
				return err
			}
			if o.GetKind() == "FieldExport" || ack.Synced(o) {
				return nil // an export has no condition that says that it is done
			}
			return fmt.Errorf("its status is %v", o.Object["status"])
		})
	}
	w.until(t, stage+" is ready", func() error {
		if err := w.isReady(k, ""); err != nil {
			if failed := failedFor(k); strings.Contains(failed.Error(), errNever.Error()) {
				return failed
			}
			return err
		}
		return nil
	})
}

// failedFor says why a Kustomization is not ready, and that there is nothing to wait for if its health checks
// failed: then Flux tries again in minutes.
func failedFor(k *unstructured.Unstructured) error {
	status, reason, message := conditionOf(k, "Ready")
	if status == "False" && reason == "HealthCheckFailed" {
		return fmt.Errorf("%w: %s", errNever, message)
	}
	return fmt.Errorf("%s is %s: %s", k.GetName(), reason, message)
}

// checkOrder looks into history: no object of a stage may be older than the readiness of the stage before.
func (w *world) checkOrder(t *testing.T, cluster string, stages []string) {
	t.Helper()
	for i, stage := range stages[1:] {
		before := stages[i]
		ready := w.history.First(func(o *unstructured.Unstructured) bool {
			return o.GetKind() == "Kustomization" && o.GetNamespace() == cluster && o.GetName() == before && isTrue(o, "Ready")
		})
		objects, err := w.inventory(cluster, stage)
		must(t, err)
		if ready == 0 || len(objects) == 0 {
			t.Errorf("%s: %s was never ready, or %s is empty", cluster, before, stage)
		}
		for _, o := range objects {
			if first := w.firstSeen(cluster, o); first < ready {
				t.Errorf("%s: %s of stage %s was there at %d, before stage %s was ready at %d", cluster, history.Name(o), stage, first, before, ready)
			}
		}
	}
}

// firstSeen is the revision at which an object was made, on the hub or in the cluster. Revisions of both are
// etcd's, so they can be compared.
func (w *world) firstSeen(cluster string, o *unstructured.Unstructured) uint64 {
	same := func(other *unstructured.Unstructured) bool {
		return history.Name(o) == history.Name(other) && o.GroupVersionKind().Group == other.GroupVersionKind().Group
	}
	if first := w.history.First(same); first > 0 {
		return first
	}
	return w.clusters.get(cluster).history.First(same)
}

// checkCluster looks at what arrived in a cluster: node pools, and releases with the values of the branch.
func (w *world) checkCluster(t *testing.T, cluster string) {
	t.Helper()
	there := present(t, w.ctx, w.clusters.get(cluster).history)
	for name, part := range map[string]string{
		"ConfigMap/podinfo/podinfo-values":                                   "replicaCount:",
		"ConfigMap/external-dns/external-dns-values":                         "txtOwnerId: " + cluster,
		"ConfigMap/amazon-cloudwatch/amazon-cloudwatch-observability-values": "clusterName: " + cluster,
	} {
		if o := there[name]; o == nil || !strings.Contains(text(o, "data", "values"), part) {
			t.Errorf("%s: %s has no %q", cluster, name, part)
		}
	}
	if there["NodePool/amc-compute-od-amd64"] == nil || there["Ingress/podinfo/podinfo"] == nil {
		t.Errorf("%s: the node pool or podinfo's Ingress is missing", cluster)
	}
}
