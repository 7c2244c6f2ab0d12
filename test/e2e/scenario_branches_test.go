package e2e

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// branchesApart changes clusters of both environments on the branch dev, and merges it into main later.
func branchesApart(t *testing.T, w *world) {
	w.ensure(t)
	start := w.history.Now()

	before := w.picture(t)
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) {
		f.podinfo(blogCluster)["replicas"] = 3
		f.podinfo(prodCluster)["replicas"] = 4
	})
	w.user.generate(t)
	revision := w.publish(t, "dev", "More of podinfo")
	w.untilDelivered(t, "dev", revision, devCluster, blogCluster)
	w.fetch(t, "prod", w.at["prod"])
	w.reconcileAll(t)
	expect(t, "the branch dev", changed(before, w.picture(t), sameContent), podinfoOf(blogCluster))
	w.expectReplicas(t, blogCluster, "replicaCount: 3")

	before = w.picture(t)
	revision = w.merge(t, "dev", "prod")
	w.untilDelivered(t, "prod", revision, prodCluster)
	expect(t, "the merge into main", changed(before, w.picture(t), sameContent), podinfoOf(prodCluster))
	w.expectReplicas(t, prodCluster, "replicaCount: 4")
	w.expectNothingDeleted(t, prodCluster, start)
}

// podinfo returns the settings of podinfo in a cluster, to be changed.
func (f fleet) podinfo(cluster string) map[string]any {
	return f.cluster(cluster)["components"].(map[string]any)["podinfo"].(map[string]any)
}

// podinfoOf lists what an upgrade of podinfo in a cluster changes: the release, and in the cluster what shows its
// values and Helm's record of the releases.
func podinfoOf(cluster string) []string {
	return []string{
		cluster + ": ConfigMap/podinfo/podinfo-values",
		cluster + ": Secret/podinfo/sh.helm.release.v1.podinfo",
		"hub: HelmRelease/" + cluster + "/podinfo",
	}
}

// expect compares what changed with what should have. Helm's records are named by release: the old and the new
// one change with every upgrade.
func expect(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i, name := range got {
		if strings.Contains(name, "Secret/") {
			got[i] = name[:strings.LastIndex(name, ".v")]
		}
	}
	got = slices.Compact(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s changed\n%s\nand not\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (w *world) expectReplicas(t *testing.T, cluster, want string) {
	t.Helper()
	values := present(t, w.ctx, w.clusters.get(cluster).history)["ConfigMap/podinfo/podinfo-values"]
	if values == nil || !strings.Contains(text(values, "data", "values"), want) {
		t.Errorf("%s: podinfo has no %q", cluster, want)
	}
}

// expectNothingDeleted checks that nothing of a cluster was deleted since a revision, but Helm's old records.
func (w *world) expectNothingDeleted(t *testing.T, cluster string, since uint64) {
	t.Helper()
	ofCluster := func(o *unstructured.Unstructured) bool {
		return o.GetNamespace() == cluster || o.GetKind() == "Namespace" && o.GetName() == cluster
	}
	events := append(w.history.Events(ofCluster), w.clusters.get(cluster).history.Events(func(o *unstructured.Unstructured) bool {
		return o.GetKind() != "Secret"
	})...)
	for _, e := range events {
		if e.Revision > since && (e.Deleted || e.Object.GetDeletionTimestamp() != nil) {
			t.Errorf("%s: %s %s was deleted", cluster, e.Object.GetKind(), e.Object.GetName())
		}
	}
}
