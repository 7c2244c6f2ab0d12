package layout

import (
	"fmt"
	"slices"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Cluster lays out everything of one cluster: its stages and its delivery. patched reports for which stages
// the user has patches; the encoder is that of all clusters, which have objects of the same types.
func Cluster(c *config.Cluster, encoder *resource.Encoder, deliveries []Named, patched func(component.Stage) bool) (*Tree, error) {
	tree := newTree(encoder)
	byStage := map[component.Stage][]Named{}
	for _, d := range deliveries {
		byStage[d.Stage] = append(byStage[d.Stage], d)
	}
	var steps, own []flux.Step
	for _, stage := range order(c) {
		if len(byStage[stage]) == 0 {
			continue
		}
		s := stageOf{cluster: c, stage: stage, patched: patched(stage)}
		if err := s.layOut(tree, byStage[stage]); err != nil {
			return nil, fmt.Errorf("cluster %s, stage %s: %w", c.Name, stage, err)
		}
		step := s.step(byStage[stage])
		step.Emptied = c.Handover() && stage == component.Operator || !slices.ContainsFunc(byStage[stage], func(d Named) bool { return d.Component != Retiring })
		if stage.InCluster() {
			own = append(own, step)
			continue
		}
		steps = append(steps, step)
	}
	if len(byStage[component.Agent]) == 0 || !c.Agent() || len(own) == 0 && c.State == config.StateRetiring {
		return tree, delivery(tree, c, steps, nil)
	}
	chain, err := agent(tree, c, own, byStage, patched(component.OwnSources))
	if err != nil {
		return nil, fmt.Errorf("cluster %s: %w", c.Name, err)
	}
	return tree, delivery(tree, c, steps, chain)
}

// order is the order of delivery. A retiring cluster is taken apart from its end: applications first, while
// ExternalDNS still removes their records, then the add-ons, then the nodes.
func order(c *config.Cluster) []component.Stage {
	stages := append(component.Stages(), component.OwnAddons, component.OwnApps)
	if c.State != config.StateRetiring {
		return stages
	}
	nodes := slices.Index(stages, component.Nodes)
	end := slices.Index(stages, component.Apps) + 1
	slices.Reverse(stages[nodes:end])
	slices.Reverse(stages[end:])
	return stages
}
