package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/history"
)

// removal takes a cluster of each environment out of the fleet, which gen lets happen in two steps only.
func removal(t *testing.T, w *world) {
	w.ensure(t)
	gone := map[string]string{"dev": devCluster, "prod": prodCluster}
	t.Run("gen refuses to drop an active cluster", func(t *testing.T) { w.refusedRemoval(t) })
	t.Run("retiring uninstalls the releases, then the node pools, and leaves AWS", func(t *testing.T) { w.retire(t, gone) })
	t.Run("the removal deletes the rest, and in production leaves what holds data", func(t *testing.T) { w.drop(t, gone) })
}

// refusedRemoval drops the clusters at once.
func (w *world) refusedRemoval(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) { f.drop(devCluster) })
	out, code := w.user.runGen(t)
	if code != 1 || !strings.Contains(out, devCluster) || !strings.Contains(out, "state: retiring") {
		t.Errorf("gen ends with %d and says\n%s", code, out)
	}
	if status := w.user.git(t, "status", "--porcelain"); status != "M clusters/clusters.yaml" {
		t.Errorf("gen has changed\n%s", status)
	}
}

// retire makes the clusters retiring, on dev first.
func (w *world) retire(t *testing.T, clusters map[string]string) {
	t.Helper()
	inAWS := map[string][]string{}
	for _, cluster := range clusters {
		inAWS[cluster] = w.aws.Objects(cluster)
	}
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) {
		for _, cluster := range clusters {
			f.cluster(cluster)["state"] = "retiring"
		}
	})
	w.user.generate(t)
	w.keepLoadBalancer(t, devCluster, true)
	revision := w.publish(t, "dev", "Retire")
	w.whileItGoes(t, devCluster)
	w.keepLoadBalancer(t, devCluster, false)
	w.untilDelivered(t, "dev", revision, members()["dev"]...)
	w.untilDelivered(t, "prod", w.merge(t, "dev", "prod"), members()["prod"]...)
	for _, cluster := range clusters {
		w.until(t, "the node pools of "+cluster+" are gone", func() error {
			for name := range present(t, w.ctx, w.clusters.get(cluster).history) {
				if strings.HasPrefix(name, "NodePool/") || strings.Contains(name, "-values") || strings.HasPrefix(name, "Ingress/") {
					return fmt.Errorf("%s is still in the cluster", name)
				}
			}
			return nil
		})
		w.checkRetirement(t, cluster)
		if left := w.aws.Objects(cluster); !slices.Equal(left, inAWS[cluster]) {
			t.Errorf("%s: AWS had %v and has %v", cluster, inAWS[cluster], left)
		}
		w.statusReady(t, "retiring", cluster)
	}
}

// checkRetirement looks into history: podinfo goes before ExternalDNS is asked to, which removes its records, and
// the node pool that both run on goes last.
func (w *world) checkRetirement(t *testing.T, cluster string) {
	t.Helper()
	podinfo := w.lastOf(t, w.history, "HelmRelease/"+cluster+"/podinfo")
	dns := w.lastOf(t, w.history, "HelmRelease/"+cluster+"/external-dns")
	logs := w.lastOf(t, w.history, "HelmRelease/"+cluster+"/cloudwatch")
	pool := w.lastOf(t, w.clusters.get(cluster).history, "NodePool/amc-compute-od-amd64")
	switch {
	case dns.asked <= podinfo.gone:
		t.Errorf("%s: external-dns was to go at %d, before podinfo was gone at %d", cluster, dns.asked, podinfo.gone)
	case pool.asked <= dns.gone, pool.asked <= logs.gone:
		t.Errorf("%s: the node pool was to go at %d, before the add-ons were gone at %d and %d", cluster, pool.asked, dns.gone, logs.gone)
	}
}

// end is the revision at which an object was to be deleted, and that at which it was.
type end struct{ asked, gone uint64 }

func (w *world) lastOf(t *testing.T, h *history.History, name string) end {
	t.Helper()
	var e end
	for _, event := range h.Events(func(o *unstructured.Unstructured) bool { return history.Name(o) == name }) {
		if e.asked == 0 && event.Object.GetDeletionTimestamp() != nil {
			e.asked = event.Revision
		}
		if event.Deleted {
			e.gone = event.Revision
		}
	}
	if e.gone == 0 {
		t.Errorf("%s was never deleted", name)
	}
	return e
}

// drop removes the retired clusters.
func (w *world) drop(t *testing.T, clusters map[string]string) {
	t.Helper()
	start := w.history.Now()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) {
		for _, cluster := range clusters {
			f.drop(cluster)
		}
	})
	if out, code := w.user.runGen(t); code != 1 || !strings.Contains(out, "--allow-destroy "+prodCluster) {
		t.Errorf("gen drops a cluster of a protected environment: it ends with %d and says\n%s", code, out)
	}
	w.user.generate(t, "--allow-destroy", prodCluster)
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Remove"), blogCluster)
	w.untilDelivered(t, "prod", w.merge(t, "dev", "prod"))
	for _, cluster := range clusters {
		w.until(t, "the namespace of "+cluster+" is gone", func() error {
			if err := w.gone(object("", "v1", "Namespace", "", cluster)); err != nil {
				return fmt.Errorf("%w, with %v", err, w.left(t, cluster))
			}
			return nil
		})
		w.checkSelector(t, cluster)
		w.statusGone(t, cluster)
	}
	w.checkPermitted(t, start)
	if left := w.aws.Objects(devCluster); len(left) > 0 {
		t.Errorf("AWS still has %v", left)
	}
	want := []string{
		"Alias/" + prodCluster, "Certificate/" + prodCluster, "HostedZone/" + prodCluster, "Key/" + prodCluster,
		"LogGroup/" + prodCluster, "VPC/" + prodCluster,
	}
	if left := w.aws.Objects(prodCluster); !slices.Equal(left, want) {
		t.Errorf("AWS has %v of production, and should have %v", left, want)
	}
	if len(w.aws.Refusals()) == 0 {
		t.Error("AWS never had to refuse anything, so ACK's retries were not tried")
	}
}

// checkSelector looks into history: ACK had its role in the cluster's account as long as there was anything to delete.
func (w *world) checkSelector(t *testing.T, cluster string) {
	t.Helper()
	selector, namespace := w.lastOf(t, w.history, "IAMRoleSelector/"+cluster), w.lastOf(t, w.history, "Namespace/"+cluster)
	if selector.gone <= namespace.gone {
		t.Errorf("%s: the selector was gone at %d, before the namespace was at %d", cluster, selector.gone, namespace.gone)
	}
}

// left lists what of a cluster is on the hub.
func (w *world) left(t *testing.T, cluster string) []string {
	t.Helper()
	var names []string
	for name, o := range present(t, w.ctx, w.history) {
		if o.GetNamespace() == cluster {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
