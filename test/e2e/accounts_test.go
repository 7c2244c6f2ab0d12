package e2e

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/history"
)

// inAccount says which account each of the shipped clusters is in, and in which region.
func inAccount() map[string][2]string {
	return map[string][2]string{
		devCluster: {"111122223333", "eu-west-2"}, blogCluster: {"111122223333", "us-east-2"}, prodCluster: {"444455556666", "eu-west-2"},
	}
}

// checkPermitted looks into history since a revision: AWS never refused anything to the hub's own role, which ACK is
// without a selector.
func (w *world) checkPermitted(t *testing.T, since uint64) {
	t.Helper()
	for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool { _, ours := inAccount()[o.GetNamespace()]; return ours }) {
		if _, _, said := conditionOf(e.Object, "ACK.Recoverable"); e.Revision > since && strings.Contains(said, "is not authorized to perform") {
			t.Errorf("%s at %d: %s", history.Name(e.Object), e.Revision, said)
		}
	}
}

// checkAccounts looks where ACK has made what: never in the hub's account, and each cluster in its own.
func (w *world) checkAccounts(t *testing.T) {
	t.Helper()
	if made := w.aws.In("777788889999"); len(made) > 0 {
		t.Errorf("in the hub's account ACK has made %v", made)
	}
	for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool { _, ours := inAccount()[o.GetNamespace()]; return ours }) {
		made, found, _ := unstructured.NestedStringMap(e.Object.Object, "status", "ackResourceMetadata")
		want := inAccount()[e.Object.GetNamespace()]
		if is := [2]string{made["ownerAccountID"], made["region"]}; found && is != want {
			t.Errorf("%s %s/%s is in %v, not in %v", e.Object.GetKind(), e.Object.GetNamespace(), e.Object.GetName(), is, want)
		}
	}
	for cluster, where := range inAccount() {
		made := w.aws.In(where[0])
		if !t.Failed() && !slices.Contains(made, "Cluster/"+cluster+"/"+cluster) {
			t.Errorf("account %s has %v, and not %s", where[0], made, cluster)
		}
	}
}
