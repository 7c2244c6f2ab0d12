package diff_test

import (
	"maps"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff/change"
)

// TestMovedToTheNewStage: a tree in which the whole network was in foundation, as gen made it before there was a stage network. Flux starts
// foundation by what it was before the push, with no dependency, and so may delete what network has not taken over yet.
func TestMovedToTheNewStage(t *testing.T) {
	after, _ := treeOf(t, `
-- clusters/clusters.yaml --
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments: [{name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}]
clusters: [{name: dev-1, environment: dev, version: "1.36", network: {cidr: 10.10.0.0/16}}]
`)
	const private, public = "clusters/dev/dev-1/foundation/network.yaml", "clusters/dev/dev-1/network/network.yaml"
	const chain = "flux/dev/dev-1/delivery/chain.yaml"
	before := maps.Clone(after)
	before[private] = []byte(string(after[public]) + "---\n" + string(after[private]))
	_, rest, _ := strings.Cut(string(after[chain]), "\n---\n")
	before[chain] = []byte(strings.Replace(rest, "  dependsOn:\n  - name: network\n", "", 1))
	delete(before, public)
	delete(before, "clusters/dev/dev-1/network/kustomization.yaml")

	report := partAndWhole(t, before, after, embedded(t))
	want := "Kustomization foundation deletes it, unless network has taken it over by then; suspend foundation before the push, and resume it when network is ready"
	moved := map[string]change.Outcome{}
	for _, s := range report.Sections {
		for _, c := range s.Changes {
			if c.Why == want {
				moved[c.Kind+"/"+c.Name] = c.Outcome
			}
		}
	}
	for _, object := range []string{"VPC/dev-1", "InternetGateway/dev-1", "NATGateway/dev-1-nat-a", "Subnet/dev-1-public-a"} {
		if moved[object] != change.Replace {
			t.Errorf("%s is not said to be replaced: %v", object, moved)
		}
	}
	if len(moved) != 8 {
		t.Errorf("%d objects are said to move: %v", len(moved), moved)
	}
}
