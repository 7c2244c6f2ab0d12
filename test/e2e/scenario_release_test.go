package e2e

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// releaseGoes takes a release with a webhook, an APIService and a finalizer out of a cluster that stays.
func releaseGoes(t *testing.T, w *world) {
	w.ensure(t)
	must(t, w.plane.Controllers(w.clusters.get(devCluster).server)) // it deletes what is in a deleted namespace
	w.playGuard(t, devCluster)
	for _, step := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"it is installed", w.installGuard},
		{"gen refuses to take it out in one commit", w.refusedGuard},
		{"retiring uninstalls it, and leaves its namespace and role", w.retireGuard},
		{"the removal then leaves nothing", w.removeGuard},
		{"in one commit its webhook, its API and its namespace stay", w.guardAtOnce},
	} {
		if !t.Run(step.name, step.run) {
			return
		}
	}
}

// refusedGuard drops the release at once.
func (w *world) refusedGuard(t *testing.T) {
	t.Helper()
	w.user.edit(t, withoutGuard)
	out, code := w.user.runGen(t)
	if code != 1 || !strings.Contains(out, "Helm does not uninstall release guard: Namespace guard and Role "+devCluster+"-guard go first") {
		t.Errorf("gen ends with %d and says\n%s", code, out)
	}
}

// removeGuard is the second commit.
func (w *world) removeGuard(t *testing.T) {
	t.Helper()
	w.user.edit(t, withoutGuard)
	w.user.generate(t)
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Remove guard"), devCluster)
	w.untilNoGuard(t)
	w.checkGuardOrder(t)
}

func withoutGuard(f fleet) { delete(f.cluster(devCluster), "releases") }

// installGuard adds the release, and waits until everything of it is there.
func (w *world) installGuard(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) {
		f.cluster(devCluster)["releases"] = []any{map[string]any{
			"name": guardName, "namespace": guardName,
			"chart":           map[string]any{"url": "https://" + guardHost + "/stable", "name": guardName, "version": "1.0.0"},
			"serviceAccounts": []any{map[string]any{"name": guardName, "policyARNs": []any{"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}},
		}}
	})
	w.user.generate(t)
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Add guard"), devCluster)
	w.until(t, "guard has its state", func() error { return w.inCluster(guardState()) })
	for _, o := range guardLeaves() {
		must(t, w.inCluster(o))
	}
	if !slices.Contains(w.aws.Objects(devCluster), "Role/"+devCluster+"-guard") {
		t.Errorf("AWS has no role for guard: %v", w.aws.Objects(devCluster))
	}
}

// guardLeaves are what of the release is in no namespace.
func guardLeaves() []*unstructured.Unstructured {
	return []*unstructured.Unstructured{
		object("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "", guardName),
		object("apiregistration.k8s.io", "v1", "APIService", "", "v1.guard.example.org"),
	}
}

// inCluster is nil when an object is in the cluster.
func (w *world) inCluster(o *unstructured.Unstructured) error {
	if err := w.clusters.get(devCluster).client.Get(w.ctx, client.ObjectKeyFromObject(o), o); err != nil {
		return fmt.Errorf("%s %s: %w", o.GetKind(), o.GetName(), err)
	}
	return nil
}

// notInCluster is nil when none of the objects is in the cluster.
func (w *world) notInCluster(all ...*unstructured.Unstructured) error {
	for _, o := range all {
		if err := w.inCluster(o); !apierrors.IsNotFound(errors.Unwrap(err)) {
			return fmt.Errorf("%s %s is in the cluster: %w", o.GetKind(), o.GetName(), err)
		}
	}
	return nil
}

// retireGuard is the first commit.
func (w *world) retireGuard(t *testing.T) {
	t.Helper()
	w.user.checkout(t, "dev")
	w.user.edit(t, func(f fleet) {
		f.cluster(devCluster)["releases"].([]any)[0].(map[string]any)["state"] = "retiring"
	})
	out, code := w.user.runGen(t)
	next := "guard is retiring; when kubectl -n " + devCluster + " get helmrelease/guard finds nothing"
	if code != 0 || !strings.Contains(out, next) {
		t.Fatalf("gen ends with %d and says\n%s", code, out)
	}
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Retire guard"), devCluster)
	w.until(t, "the HelmRelease is gone", func() error { return w.gone(release(devCluster, guardName)) })
	if err := w.notInCluster(append(guardLeaves(), guardState())...); err != nil {
		t.Error(err)
	}
	if err := w.inCluster(object("", "v1", "Namespace", "", guardName)); err != nil {
		t.Errorf("the namespace does not outlive the release: %v", err)
	}
	if !slices.Contains(w.aws.Objects(devCluster), "Role/"+devCluster+"-guard") {
		t.Error("the role does not outlive the release")
	}
}

// untilNoGuard waits until nothing of the release is left.
func (w *world) untilNoGuard(t *testing.T) {
	t.Helper()
	w.until(t, "nothing of guard is left", func() error {
		if slices.Contains(w.aws.Objects(devCluster), "Role/"+devCluster+"-guard") {
			return errors.New("its role is in AWS")
		}
		return w.notInCluster(append(guardLeaves(), guardState(), object("", "v1", "Namespace", "", guardName))...)
	})
}

// checkGuardOrder looks into history: Helm had uninstalled before the role and the namespace were to go.
func (w *world) checkGuardOrder(t *testing.T) {
	t.Helper()
	helm := w.lastOf(t, w.history, "HelmRelease/"+devCluster+"/"+guardName)
	role := w.lastOf(t, w.history, "Role/"+devCluster+"/"+devCluster+"-guard")
	home := w.lastOf(t, w.clusters.get(devCluster).history, "Namespace/"+guardName)
	if role.asked <= helm.gone || home.asked <= helm.gone {
		t.Errorf("the release was gone at %d, its role was to go at %d and its namespace at %d", helm.gone, role.asked, home.asked)
	}
}

// guardAtOnce is what gen refuses: it shows that the order matters, and then cleans up by hand.
func (w *world) guardAtOnce(t *testing.T) {
	t.Helper()
	w.installGuard(t)
	w.user.edit(t, withoutGuard)
	w.user.generate(t, "--allow-destroy", devCluster+"/"+guardName)
	w.untilDelivered(t, "dev", w.publish(t, "dev", "Remove guard at once"), devCluster)
	w.until(t, "the HelmRelease is gone", func() error { return w.gone(release(devCluster, guardName)) })
	for _, o := range append(guardLeaves(), guardState(), object("", "v1", "Namespace", "", guardName)) {
		if err := w.inCluster(o); err != nil {
			t.Errorf("the wrong order does no harm: %v", err)
		}
	}
	c := w.clusters.get(devCluster).client
	limits := object("", "v1", "LimitRange", "default", "any")
	if err := c.Create(w.ctx, limits); err == nil || !strings.Contains(err.Error(), "failed calling webhook") {
		t.Errorf("the webhook that is left refuses nothing: %v", err)
	}
	for _, o := range guardLeaves() {
		must(t, c.Delete(w.ctx, o))
	}
	must(t, guardLetsGo(w.ctx, c))
	w.untilNoGuard(t)
}
