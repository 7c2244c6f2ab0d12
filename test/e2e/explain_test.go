package e2e

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/ack"
)

// explain prints, after a failure, how all Flux objects are, what AWS refuses, and what the programs said last.
func (w *world) explain(t *testing.T) {
	t.Helper()
	if !t.Failed() {
		return
	}
	for _, o := range []*unstructured.Unstructured{
		kustomization("", ""), release("", ""),
		object("source.toolkit.fluxcd.io", "v1", "GitRepository", "", ""),
		object("source.toolkit.fluxcd.io", "v1", "HelmRepository", "", ""),
		object("source.toolkit.fluxcd.io", "v1", "HelmChart", "", ""),
		object("source.toolkit.fluxcd.io", "v1", "OCIRepository", "", ""),
		object("source.toolkit.fluxcd.io", "v1", "ExternalArtifact", "", ""),
		object("source.extensions.fluxcd.io", "v1beta1", "ArtifactGenerator", "", ""),
	} {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(o.GroupVersionKind())
		if err := w.client.List(w.ctx, list); err != nil {
			t.Log(err)
		}
		for i := range list.Items {
			status, reason, message := conditionOf(&list.Items[i], "Ready")
			t.Logf("%s %s/%s Ready=%s %s: %s", o.GetKind(), list.Items[i].GetNamespace(), list.Items[i].GetName(), status, reason, message)
		}
	}
	objects, err := w.history.Present(w.ctx)
	if err != nil {
		t.Log(err)
	}
	for name, o := range objects {
		if !slices.Contains([]string{"FieldExport", "IAMRoleSelector"}, o.GetKind()) && strings.HasSuffix(o.GroupVersionKind().Group, "services.k8s.aws") && !ack.Synced(o) {
			t.Logf("%s is not synced, deleted at %v: %v", name, o.GetDeletionTimestamp(), o.Object["status"])
		}
	}
	for _, p := range w.group.All() {
		if err := p.Exited(); err != nil || strings.HasSuffix(p.Name, "-controller") {
			t.Logf("the last of %s (%v):\n%s", p.Name, err, p.Tail(4000))
		}
	}
	for _, denial := range w.aws.Denials() {
		t.Log("AWS: ", denial)
	}
	if unknown := w.net.Unknown(); len(unknown) > 0 {
		t.Log("nobody plays the hosts ", unknown)
	}
}
