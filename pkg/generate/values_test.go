package generate_test

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/pkg/config"
)

// TestValuesHaveTypes: for every value that gen gives a component's chart, clusters.yaml cannot have one of another type.
func TestValuesHaveTypes(t *testing.T) {
	count := 0
	for _, made := range []aTree{treeOf(t, "shipped"), treeOf(t, "protected")} {
		for _, o := range made.applied() {
			name := o.GetName()
			values, _, _ := unstructured.NestedMap(o.Object, "spec", "values")
			if o.GetKind() != "HelmRelease" || config.ComponentNamed(name).Chart == nil {
				continue
			}
			for key, value := range values {
				clash := "{a: b}"
				if _, isMap := value.(map[string]any); isMap {
					clash = "text"
				}
				if key == "extraArgs" {
					clash = "text"
				}
				count++
				source := strings.TrimSpace(fleetWithValues) + fmt.Sprintf("\n    components: {%s: {enabled: true, values: {%s: %s}}}\n", name, key, clash)
				if _, problems := config.Load("clusters.yaml", []byte(source)); !strings.Contains(fmt.Sprint(problems), "and the chart takes") {
					t.Errorf("%s: values.%s: %s is taken: say its type in pkg/config", name, key, clash)
				}
			}
		}
	}
	if count < 15 {
		t.Errorf("only %d values were tried", count)
	}
}

const fleetWithValues = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
hub: {accountID: "777788889999", oidcIssuer: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"}
environments: [{name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}]
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
    dns: {domain: dev.example.org, zone: {create: true}}
`
