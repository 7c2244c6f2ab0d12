package e2e

import "testing"

// upgrade changes the version and the node pool of a cluster.
func upgrade(t *testing.T, w *world) {
	w.ensure(t)
	w.user.checkout(t, "main")
	before := w.picture(t)
	w.user.edit(t, func(f fleet) {
		c := f.cluster(prodCluster)
		c["version"] = "1.36"
		pools := c["nodes"].(map[string]any)["pools"].([]any)
		pools[0].(map[string]any)["limits"].(map[string]any)["cpu"] = 320
	})
	w.user.generate(t)
	revision := w.publish(t, "prod", "Upgrade")
	w.untilDelivered(t, "prod", revision, prodCluster)
	after := w.picture(t)
	cluster, pool := "hub: Cluster/"+prodCluster+"/"+prodCluster, prodCluster+": NodePool/amc-compute-od-amd64"
	expect(t, "the upgrade", changed(before, after, sameContent), []string{cluster, pool})
	if version := text(after[cluster], "spec", "version"); version != "1.36" {
		t.Errorf("the cluster's version is %s", version)
	}
	if cpu := text(after[pool], "spec", "limits", "cpu"); cpu != "320" {
		t.Errorf("the node pool's limit is %s", cpu)
	}
	w.untilDelivered(t, "dev", w.merge(t, "prod", "dev"), members()["dev"]...)
}
