package e2e

import (
	"fmt"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/history"
)

// refusedChange opens a cluster that is there to addresses that EKS does not take. ACK tries again and again, as AWS may
// change its mind, and EKS itself goes on as it was.
func (w *world) refusedChange(t *testing.T) {
	t.Helper()
	const refused, taken = "198.51.100.0/24", "192.0.2.0/24"
	const message = "InvalidParameterException: The following CIDRs are not allowed in publicAccessCidrs: [" + refused + "]"
	w.aws.Refuse("addresses", func(o aws.Object) string {
		if slices.Contains(addresses(o.Spec), refused) {
			return message
		}
		return ""
	})
	open := func(cidr string) string {
		w.user.checkout(t, "dev")
		w.user.edit(t, func(f fleet) {
			f.cluster(blogCluster)["endpoint"] = map[string]any{"public": true, "publicCIDRs": []any{cidr}, "private": true}
		})
		w.user.generate(t)
		return w.publish(t, "dev", "Open to "+cidr)
	}
	broken := open(refused)
	cluster := object("eks.services.k8s.aws", "v1alpha1", "Cluster", blogCluster, blogCluster)
	w.until(t, "ACK says why", func() error {
		if err := w.get(cluster); err != nil {
			return err
		}
		if status, _, said := conditionOf(cluster, "ACK.Recoverable"); status != "True" || said != message {
			return fmt.Errorf("its status is %v", cluster.Object["status"])
		}
		return nil
	})
	w.untilDelivered(t, "dev", broken, devCluster) // the other cluster goes on
	artifact, err := w.artifact(blogCluster, broken)
	must(t, err)
	w.untilDelivered(t, "dev", open(taken), members()["dev"]...)
	for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool {
		return o.GetKind() == "Kustomization" && o.GetNamespace() == blogCluster && o.GetName() != "foundation" &&
			isTrue(o, "Ready") && text(o, "status", "lastAppliedRevision") == artifact
	}) {
		t.Errorf("%s was ready at %d with what AWS had refused", history.Name(e.Object), e.Revision)
	}
	if got := addresses(w.aws.Spec(clusterOf(blogCluster))); !slices.Equal(got, []string{taken}) {
		t.Errorf("EKS lets in %v", got)
	}
}

// addresses are those that may reach a cluster.
func addresses(spec map[string]any) []string {
	cidrs, _, _ := unstructured.NestedStringSlice(spec, "resourcesVPCConfig", "publicAccessCIDRs")
	return cidrs
}
