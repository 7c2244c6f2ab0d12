package e2e

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/history"
)

// onlyTheOne pushes a change of one cluster, and looks which Kustomizations Flux has reconciled because of it.
func onlyTheOne(t *testing.T, w *world) {
	w.ensure(t)
	w.user.checkout(t, "dev")
	before, start := w.attempts(t), w.history.Now()
	w.user.edit(t, func(f fleet) { f.podinfo(blogCluster)["replicas"] = 8 })
	w.user.generate(t)
	revision := w.publish(t, "dev", "One cluster of several")
	w.untilDelivered(t, "dev", revision, members()["dev"]...)
	w.expectReplicas(t, blogCluster, "replicaCount: 8")
	stages, err := w.stages(blogCluster)
	must(t, err)
	after, moved := w.attempts(t), 0
	for name := range after {
		cluster := strings.HasPrefix(name, blogCluster+"/")
		switch {
		case cluster && before[name] == after[name]:
			t.Errorf("%s was not reconciled", name)
		case cluster:
			moved++
		case before[name] != after[name] && environmentOf(strings.Split(name, "/")[0]) != "":
			t.Errorf("%s was reconciled, though no file of its cluster has changed", name)
		}
	}
	if moved != len(stages) || len(after) < 2*moved {
		t.Errorf("%d Kustomizations of %d were reconciled, and the cluster has %v", moved, len(after), stages)
	}
	// Not a single one of another cluster so much as began.
	for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool { return o.GetKind() == "Kustomization" }) {
		if of := e.Object.GetNamespace(); e.Revision > start && of != blogCluster && environmentOf(of) != "" {
			t.Errorf("%s was written at %d", history.Name(e.Object), e.Revision)
		}
	}
}

// attempts are the revisions that Flux last tried, by the names of Kustomizations.
func (w *world) attempts(t *testing.T) map[string]string {
	t.Helper()
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kustomization("", "").GroupVersionKind())
	must(t, w.client.List(w.ctx, list))
	all := map[string]string{}
	for _, k := range list.Items {
		all[fmt.Sprintf("%s/%s", k.GetNamespace(), k.GetName())] = text(&k, "status", "lastAttemptedRevision")
	}
	return all
}
