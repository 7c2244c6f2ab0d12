package admission

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/runtime"
	internal "k8s.io/kubernetes/pkg/apis/admissionregistration"
	conversion "k8s.io/kubernetes/pkg/apis/admissionregistration/v1"
	"k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
)

// TestPoliciesAreValid: the API server takes every policy and binding (its own validation, with the CEL of the oldest
// Kubernetes that is meant).
func TestPoliciesAreValid(t *testing.T) {
	for _, made := range treesOf(t) {
		count := 0
		for _, o := range made.folders["flux/hub"] {
			if o.GetKind() == "ValidatingAdmissionPolicy" {
				count++
				valid(t, &o)
			}
		}
		if count == 0 && len(made.fleet.Environments) > 0 {
			t.Errorf("%s: there are no policies", made.name)
		}
	}
}

func valid(t *testing.T, o *object) {
	t.Helper()
	policy, into := &admissionv1.ValidatingAdmissionPolicy{}, &internal.ValidatingAdmissionPolicy{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(o.Object, policy, true); err != nil {
		t.Fatal(err)
	}
	conversion.SetObjectDefaults_ValidatingAdmissionPolicy(policy)
	if err := conversion.Convert_v1_ValidatingAdmissionPolicy_To_admissionregistration_ValidatingAdmissionPolicy(policy, into, nil); err != nil {
		t.Fatal(err)
	}
	for _, err := range validation.ValidateValidatingAdmissionPolicy(into) {
		t.Errorf("%s: %v", o.GetName(), err)
	}
}

// TestLargeFleet: with many clusters of another environment, whose names stand in the policies, each policy is still valid, stays
// far below what etcd takes (1.5 MB: --max-request-bytes), and within the limits of CEL at run time, which the dispatcher
// enforces.
func TestLargeFleet(t *testing.T) {
	const clusters, most = 2500, 512 << 10
	var rest strings.Builder
	rest.WriteString("environments:\n- {name: dev, branch: dev, accountID: \"111122223333\", region: eu-west-2}\n" +
		"- {name: prod, branch: main, accountID: \"444455556666\", region: eu-west-2}\nclusters:\n")
	for i := range clusters {
		fmt.Fprintf(&rest, "- {name: a-cluster-with-a-name-that-is-as-long-as-names-are-%05d, environment: %s, version: '1.36', "+
			"network: {vpcID: vpc-0f1e2d3c4b5a69788, privateSubnetIDs: [subnet-0e7542f2f130458f0, subnet-0d90f6530d1b2ff23]}, endpoint: {publicCIDRs: [203.0.113.0/24]}}\n", i, []string{"prod", "dev"}[i%2])
	}
	h := hubOnly(t, rest.String())
	for _, o := range h.objects {
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > most {
			t.Errorf("%s has %d bytes, more than %d", key(o), len(text), most)
		}
		if o.GetKind() == "ValidatingAdmissionPolicy" {
			valid(t, o)
		}
	}
	own, other := "a-cluster-with-a-name-that-is-as-long-as-names-are-02499", "a-cluster-with-a-name-that-is-as-long-as-names-are-02498"
	start := time.Now()
	for range 100 {
		if err := h.fork().apply(root, &decode(t, namespace(own, "environment: dev", ownAccount))[0]); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("a namespace takes %v", time.Since(start)/100)
	if err := h.fork().apply(root, &decode(t, namespace(other, "environment: dev", ownAccount))[0]); err == nil {
		t.Error("dev may make a namespace for prod's cluster")
	}
}

// fleetIn writes a clusters.yaml of which only the environments and clusters are given.
func fleetIn(t *testing.T, rest string) string {
	t.Helper()
	dir := t.TempDir()
	file := `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git, secretRef: {name: chart-git}}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
` + strings.TrimPrefix(rest, "\n")
	if err := os.WriteFile(filepath.Join(dir, "clusters.yaml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
