package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// upgrade changes the version and the node pool of a cluster that has a key of its own. ACK is late.
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
	w.ack.Hold(prodCluster)
	revision := w.publish(t, "prod", "Upgrade")
	w.waitsForACK(t, revision)
	w.ack.ReleaseAll(prodCluster)
	w.untilDelivered(t, "prod", revision, prodCluster)
	after := w.picture(t)
	cluster, pool := "hub: Cluster/"+prodCluster+"/"+prodCluster, prodCluster+": NodePool/amc-compute-od-amd64"
	expect(t, "the upgrade", changed(before, after, sameContent), []string{cluster, pool})
	if version := text(after[cluster], "spec", "version"); version != "1.36" {
		t.Errorf("the cluster's version is %s", version)
	}
	if version := w.aws.Spec(clusterOf(prodCluster))["version"]; version != "1.36" {
		t.Errorf("all stages are ready, and EKS has %v", version)
	}
	if cpu := text(after[pool], "spec", "limits", "cpu"); cpu != "320" {
		t.Errorf("the node pool's limit is %s", cpu)
	}
}

// waitsForACK checks that the new version on the hub does not make the stage ready, as ACK has not seen it. Meanwhile dev
// goes through all its stages, and nothing of it changes.
func (w *world) waitsForACK(t *testing.T, revision string) {
	t.Helper()
	stage := kustomization(prodCluster, "cluster")
	w.until(t, "the new version is applied", func() error {
		if err := w.get(stage); err != nil {
			return err
		}
		_, _, doing := conditionOf(stage, "Reconciling")
		artifact, err := w.artifact(prodCluster, revision)
		if err != nil {
			return err
		}
		if w.isReady(stage, artifact) == nil || text(stage, "status", "lastAttemptedRevision") == artifact && strings.HasPrefix(doing, "Running health checks") {
			return nil
		}
		return fmt.Errorf("it is %s: %s", text(stage, "status", "lastAttemptedRevision"), doing)
	})
	w.untilDelivered(t, "dev", w.merge(t, "prod", "dev"), members()["dev"]...)
	if w.isReadyWith(stage, revision) == nil {
		t.Errorf("the stage is ready before ACK has seen the new version")
	}
}
