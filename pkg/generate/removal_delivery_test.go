package generate_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
)

// TestCheckDelivery: what delivers a cluster changes in two steps, or where it is named.
func TestCheckDelivery(t *testing.T) {
	t.Parallel()
	const (
		toAgent = `clusters/clusters.yaml:7:3: clusters[dev-1].delivery: cluster "dev-1" goes from delivery: hub to agent at once: ` +
			"Flux on the hub would delete its releases, and Helm uninstall them\n  hint: write delivery: handover, run gen clusters, push, " +
			"and write delivery: agent when gen status says that the cluster is ready; or run gen clusters --allow-destroy dev-1/delivery to let it happen\n"
		toHub = `clusters/clusters.yaml:7:3: clusters[dev-1].delivery: cluster "dev-1" goes from delivery: agent to hub at once: ` +
			"Flux in the cluster would stay, and both act on its releases\n  hint: write delivery: handover, run gen clusters, push, " +
			"and write delivery: hub when gen status says that the cluster is ready; or run gen clusters --allow-destroy dev-1/delivery to let it happen\n"
		retiring = `clusters/clusters.yaml:7:3: clusters[dev-1].delivery: cluster "dev-1" is retiring with delivery: agent, which cannot change any more` +
			"\n  hint: write delivery: agent\n"
	)
	for name, c := range map[string]struct {
		was, is, state, mode string
		allowed              []string
		want                 string
	}{
		"nothing":            {was: "hub", is: "hub", state: "active"},
		"to the cluster":     {was: "hub", is: "agent", state: "active", want: toAgent},
		"and allowed":        {was: "hub", is: "agent", state: "active", allowed: []string{"dev-1/delivery"}},
		"another is allowed": {was: "hub", is: "agent", state: "active", allowed: []string{"dev-2/delivery"}, want: toAgent},
		"back":               {was: "agent", is: "hub", state: "active", want: toHub},
		"the first step":     {was: "hub", is: "handover", state: "active"},
		"the second step":    {was: "handover", is: "agent", state: "active"},
		"the first back":     {was: "agent", is: "handover", state: "active"},
		"the second back":    {was: "handover", is: "hub", state: "active"},
		"while it retires":   {was: "agent", is: "hub", state: "retiring", want: retiring},
		"ACK only looked":    {was: "hub", is: "agent", state: "read-only"},
		"ACK only looks":     {was: "hub", is: "agent", state: "active", mode: "read-only"},
	} {
		cluster := config.Cluster{Name: "dev-1", Environment: "dev", Line: 7, Column: 3}
		cluster.Delivery, cluster.Adopt.Mode = c.is, c.mode
		fleet := &config.Fleet{Clusters: []config.Cluster{cluster}}
		delivered := []generate.Delivered{{Environment: "dev", Name: "dev-1", State: c.state, Delivery: c.was}, {Environment: "dev", Name: "gone", Delivery: "hub"}}
		var got strings.Builder
		if err := generate.CheckDelivery(fleet, delivered, c.allowed).Print(&got); err != nil {
			t.Fatal(err)
		}
		if got.String() != c.want {
			t.Errorf("%s: it says\n%s\nand not\n%s", name, &got, c.want)
		}
	}
}
