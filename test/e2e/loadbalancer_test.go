package e2e

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// The load balancer controller of EKS Auto Mode, played: it keeps an Ingress until its load balancer is deleted,
// which takes a while, and Helm waits for that.
const loadBalancer = "ingress.k8s.aws/resources"

func ingress() *unstructured.Unstructured {
	return object("networking.k8s.io", "v1", "Ingress", "podinfo", "podinfo")
}

// keepLoadBalancer keeps podinfo's load balancer, or lets it go.
func (w *world) keepLoadBalancer(t *testing.T, cluster string, keep bool) {
	t.Helper()
	finalizers := "[]"
	if keep {
		finalizers = fmt.Sprintf("[%q]", loadBalancer)
	}
	patch := client.RawPatch("application/merge-patch+json", []byte(`{"metadata": {"finalizers": `+finalizers+`}}`))
	must(t, w.clusters.get(cluster).client.Patch(w.ctx, ingress(), patch, client.FieldOwner("load-balancer")))
}

// whileItGoes waits until podinfo's load balancer is to go, and looks whether the add-ons stay meanwhile: for
// longer than the five seconds in which Flux looks at a stage's health.
func (w *world) whileItGoes(t *testing.T, cluster string) {
	t.Helper()
	w.until(t, "podinfo's Ingress is to go", func() error {
		o := ingress()
		if err := w.clusters.get(cluster).client.Get(w.ctx, client.ObjectKeyFromObject(o), o); err != nil {
			return err
		}
		if o.GetDeletionTimestamp() == nil {
			return errors.New("it is still wanted")
		}
		return nil
	})
	start := time.Now()
	w.until(t, "the add-ons stay meanwhile", func() error {
		dns := release(cluster, "external-dns")
		if err := w.get(dns); err != nil {
			return fmt.Errorf("%w: %w", errNever, err)
		}
		if dns.GetDeletionTimestamp() != nil {
			return fmt.Errorf("%w: external-dns is to go, and podinfo's load balancer is still there", errNever)
		}
		if time.Since(start) < 8*time.Second {
			return errors.New("so far")
		}
		return nil
	})
}
