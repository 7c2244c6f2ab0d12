package e2e

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/history"
)

// irsa looks into history: roles that trust the cluster's issuer exist only with the issuer in them.
func irsa(t *testing.T, w *world) {
	w.ensure(t)
	for _, cluster := range []string{devCluster, prodCluster} {
		issuer := strings.TrimPrefix(aws.Issuer("eu-west-2", cluster), "https://")
		exported := w.history.First(func(o *unstructured.Unstructured) bool {
			return o.GetKind() == "ConfigMap" && o.GetNamespace() == cluster && text(o, "data", "OIDC_ISSUER") == "https://"+issuer
		})
		if exported == 0 {
			t.Fatalf("%s: the issuer was never exported", cluster)
		}
		roles := map[string]bool{}
		for _, e := range w.history.Events(func(o *unstructured.Unstructured) bool { return trustsIssuer(o, cluster) }) {
			roles[history.Name(e.Object)] = true
			document := text(e.Object, "spec", "assumeRolePolicyDocument") + text(e.Object, "spec", "url")
			if e.Revision <= exported || !strings.Contains(document, issuer) || strings.Contains(document, "${") {
				t.Errorf("%s at %d (the issuer is known since %d) trusts\n%s", history.Name(e.Object), e.Revision, exported, document)
			}
		}
		if len(roles) != 3 {
			t.Errorf("%s: two roles and a provider should trust the issuer, not %v", cluster, roles)
		}
		checkWriter(t, w, cluster)
	}
}

// trustsIssuer is true for the OIDC provider of a cluster and the roles of service accounts in it. The role of Flux
// trusts the issuer of the hub.
func trustsIssuer(o *unstructured.Unstructured, cluster string) bool {
	return o.GetNamespace() == cluster && o.GetName() != cluster+"-flux" && (o.GetKind() == "OpenIDConnectProvider" ||
		o.GetKind() == "Role" && strings.Contains(text(o, "spec", "assumeRolePolicyDocument"), "AssumeRoleWithWebIdentity"))
}

// checkWriter checks that the exported key belongs to ACK, or Flux would take it away.
func checkWriter(t *testing.T, w *world, cluster string) {
	t.Helper()
	facts := object("", "v1", "ConfigMap", cluster, "cluster-facts")
	must(t, w.get(facts))
	var owners []string
	for _, entry := range facts.GetManagedFields() {
		if strings.Contains(entry.FieldsV1.GetRawString(), "f:OIDC_ISSUER") {
			owners = append(owners, entry.Manager)
		}
	}
	if !slices.Equal(owners, []string{"ack"}) {
		t.Errorf("%s: OIDC_ISSUER belongs to %v, not to ACK alone", cluster, owners)
	}
}
