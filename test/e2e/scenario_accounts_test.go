package e2e

import (
	"fmt"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// accounts looks at what ACK does without a role in another account, and when that role becomes another.
func accounts(t *testing.T, w *world) {
	w.ensure(t)
	t.Run("without a selector ACK makes nothing, and goes on with one", func(t *testing.T) { w.withoutSelector(t) })
	t.Run("ackRoleARN becomes another", func(t *testing.T) { w.otherRole(t) })
}

// withoutSelector makes an ACK object in a namespace that names an account and has no selector, as an administrator of
// the hub could by mistake.
func (w *world) withoutSelector(t *testing.T) {
	t.Helper()
	const name = "no-selector"
	where := object("", "v1", "Namespace", "", name)
	where.SetAnnotations(map[string]string{"services.k8s.aws/owner-account-id": "111122223333", "services.k8s.aws/default-region": "eu-west-2"})
	role := object("iam.services.k8s.aws", "v1alpha1", "Role", name, name)
	role.Object["spec"] = map[string]any{"name": name, "assumeRolePolicyDocument": "{}"}
	selector := object("services.k8s.aws", "v1alpha1", "IAMRoleSelector", "", name)
	selector.Object["spec"] = map[string]any{
		"arn": "arn:aws:iam::111122223333:role/eks-auto-example-ack", "namespaceSelector": map[string]any{"names": []any{name}},
	}
	must(t, apply(w.ctx, w.client, where))
	must(t, apply(w.ctx, w.client, role))
	w.until(t, "AWS refuses the hub's own role", func() error {
		if err := w.get(role); err != nil {
			return err
		}
		if _, _, said := conditionOf(role, "ACK.Recoverable"); !strings.Contains(said, "assumed-role/eks-auto-example-hub-ack/") || !strings.Contains(said, "not authorized to perform: iam:CreateRole") {
			return fmt.Errorf("its status is %v", role.Object["status"])
		}
		return nil
	})
	if made := append(w.aws.In("777788889999"), w.aws.Objects(name)...); len(made) > 0 {
		t.Errorf("AWS has %v", made)
	}
	must(t, apply(w.ctx, w.client, selector))
	w.until(t, "ACK goes on", func() error {
		if len(w.aws.Objects(name)) == 0 {
			return fmt.Errorf("AWS has no %s", name)
		}
		return nil
	})
	for _, o := range []*unstructured.Unstructured{role, where, selector} {
		must(t, w.client.Delete(w.ctx, o))
		w.until(t, o.GetKind()+" "+name+" is gone", func() error { return w.gone(o) })
	}
}

// gone is nil when an object is not there.
func (w *world) gone(o *unstructured.Unstructured) error {
	err := w.get(o)
	switch {
	case err == nil:
		return fmt.Errorf("%s %s is still there", o.GetKind(), o.GetName())
	case apierrors.IsNotFound(err):
		return nil
	default:
		return err
	}
}

// otherRole changes dev's ackRoleARN: first the accounts and the hub, then dev. The ARN of a selector cannot be
// changed, so Flux makes it again.
func (w *world) otherRole(t *testing.T) {
	t.Helper()
	const role = "arn:aws:iam::111122223333:role/eks-auto-example-ack-2"
	selector := object("services.k8s.aws", "v1alpha1", "IAMRoleSelector", "", blogCluster)
	must(t, w.get(selector))
	before := selector.GetUID()

	w.user.checkout(t, "main")
	w.user.edit(t, func(f fleet) {
		f["environments"].([]any)[0].(map[string]any)["ackRoleARN"] = role
		f.cluster(blogCluster)["logging"] = map[string]any{"types": []any{"audit"}, "retentionDays": 7}
	})
	w.user.generate(t)
	w.user.initHub(t)
	revision := w.publish(t, "prod", "Another role of ACK in dev")
	w.deploy(t)
	w.untilHub(t, revision)
	w.untilDelivered(t, "dev", w.merge(t, "prod", "dev"), members()["dev"]...)

	must(t, w.get(selector))
	if selector.GetUID() == before || text(selector, "spec", "arn") != role {
		t.Errorf("the selector is still for %s", text(selector, "spec", "arn"))
	}
	logs := object("cloudwatchlogs.services.k8s.aws", "v1alpha1", "LogGroup", blogCluster, blogCluster)
	must(t, w.get(logs))
	if _, _, said := conditionOf(logs, "ACK.IAMRoleSelected"); !strings.Contains(said, role) {
		t.Errorf("the log group was made with another role: %s", said)
	}
	w.checkAccounts(t)
}

// untilHub has Flux fetch the hub's branch now, and waits until the hub is as it says.
func (w *world) untilHub(t *testing.T, revision string) {
	t.Helper()
	must(t, w.reconcile(object("source.toolkit.fluxcd.io", "v1", "GitRepository", fluxNamespace, fluxNamespace)))
	w.until(t, "the hub has flux/hub", func() error {
		return w.isReady(kustomization(fluxNamespace, "fleet-hub"), "refs/heads/"+revision) // the FluxInstance names a ref, not a branch
	})
}
