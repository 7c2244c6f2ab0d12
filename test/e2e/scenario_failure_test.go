package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/test/e2e/aws"
)

// missingKey is a KMS key that AWS does not have.
const missingKey = "arn:aws:kms:us-east-2:111122223333:key/00000000-0000-0000-0000-000000000000"

// failure lets AWS refuse something, the Git server be away, and the hub's API server crash.
func failure(t *testing.T, w *world) {
	w.ensure(t)
	t.Run("what AWS refuses stops its cluster at once, and the fix heals it", func(t *testing.T) { w.terminal(t) })
	t.Run("a change that AWS refuses for now stops its cluster until it is put right", func(t *testing.T) { w.refusedChange(t) })
	t.Run("the Git server goes away for a while", func(t *testing.T) { w.gitDown(t) })
	t.Run("the hub's API server crashes", func(t *testing.T) { w.hubDown(t) })
}

// terminal asks AWS for a log group with a key that is not there.
func (w *world) terminal(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	message := "InvalidParameterException: The specified KMS Key Id could not be found"
	w.aws.Refuse("missing key", func(o aws.Object) string {
		if o.Spec["kmsKeyID"] == missingKey {
			return message
		}
		return ""
	})
	healthy, err := w.artifact(blogCluster, w.at["dev"])
	must(t, err)
	w.user.edit(t, func(f fleet) {
		f.cluster(blogCluster)["logging"] = map[string]any{"types": []any{"api"}, "retentionDays": 30, "kmsKeyARN": missingKey}
	})
	w.user.generate(t)
	broken := w.publish(t, "dev", "A key that is not there")
	start := time.Now()
	foundation, logs := kustomization(blogCluster, "foundation"), object("cloudwatchlogs.services.k8s.aws", "v1alpha1", "LogGroup", blogCluster, blogCluster)
	w.until(t, "the stage fails", func() error {
		if err := w.get(foundation); err != nil {
			return err
		}
		status, reason, said := conditionOf(foundation, "Ready")
		if status != "False" || reason != "HealthCheckFailed" || !strings.Contains(said, "LogGroup/"+blogCluster) {
			return fmt.Errorf("foundation is %s %s: %s", status, reason, said)
		}
		return nil
	})
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %s, so it was a time-out", took)
	}
	must(t, w.get(logs))
	if status, _, said := conditionOf(logs, "ACK.Terminal"); status != "True" || said != message {
		t.Errorf("the log group says %q, not what AWS says", said)
	}
	w.statusHeldUp(t, blogCluster, "foundation", "cluster", "LogGroup/"+blogCluster+": ACK.Terminal: "+message)
	w.untilDelivered(t, "dev", broken, devCluster) // the other cluster goes on
	for _, stage := range []string{"cluster", "access", "nodes", "apps"} {
		k := kustomization(blogCluster, stage)
		must(t, w.get(k))
		if applied := text(k, "status", "lastAppliedRevision"); applied != healthy {
			t.Errorf("stage %s was applied at %s, after foundation had failed", stage, applied)
		}
	}
	w.user.edit(t, func(f fleet) {
		delete(f.cluster(blogCluster)["logging"].(map[string]any), "kmsKeyARN")
	})
	w.user.generate(t)
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Without the key"), devCluster, blogCluster)
	w.statusReady(t, "active", blogCluster)
}

// gitDown pushes while Flux cannot fetch.
func (w *world) gitDown(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) { f.podinfo(blogCluster)["replicas"] = 6 })
	w.user.generate(t)
	w.net.SetDown(gitHost, true)
	defer w.net.SetDown(gitHost, false)
	before := w.at["dev"]
	revision := w.publish(t, "dev", "While the Git server is away")
	source := object("source.toolkit.fluxcd.io", "v1", "GitRepository", "fleet-dev", "fleet")
	w.until(t, "Flux says that it cannot fetch", func() error {
		if err := w.get(source); err != nil {
			return err
		}
		if status, reason, said := conditionOf(source, "Ready"); status != "False" {
			return fmt.Errorf("the source is %s %s: %s", status, reason, said)
		}
		return nil
	})
	for _, cluster := range members()["dev"] {
		must(t, w.delivered(cluster, before))
	}
	w.net.SetDown(gitHost, false)
	w.fetch(t, "dev", revision)
	w.untilDelivered(t, "dev", revision, members()["dev"]...)
}

// hubDown pushes while the hub is down.
func (w *world) hubDown(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) { f.podinfo(blogCluster)["replicas"] = 7 })
	w.user.generate(t)
	w.hub.Kill()
	revision, err := w.user.clone.Commit(w.ctx, "While the hub is down")
	must(t, err)
	must(t, w.hub.Start(w.ctx))
	w.fetch(t, "dev", revision)
	w.untilDelivered(t, "dev", revision, members()["dev"]...)
	w.untilDelivered(t, "prod", w.at["prod"], prodCluster)
	w.expectReplicas(t, blogCluster, "replicaCount: 7")
}
