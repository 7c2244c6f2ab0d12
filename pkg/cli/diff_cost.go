package cli

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/cost"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/layout"
)

// costChange is what a change does to the costs of a month, both by the support of Kubernetes versions of today; nil if nothing,
// and where one of the trees has no clusters.yaml that can be read: then something else says so.
func costChange(streams Streams, from, to diff.Source) *change.Cost {
	if from.Sums[layout.ClustersFile] == to.Sums[layout.ClustersFile] {
		return nil
	}
	prices, err := cost.Load()
	if err != nil {
		return nil
	}
	opts := cost.Options{Prices: prices, LogGB: cost.DefaultLogGB}
	if streams.Now != nil {
		opts.At = streams.Now()
	}
	before, ok := costOf(from, opts)
	after, too := costOf(to, opts)
	if !ok || !too || before.Month == after.Month {
		return nil
	}
	return &change.Cost{Before: before.Month, After: after.Month, Complete: before.Complete && after.Complete}
}

// costOf is what all clusters of a tree cost; without a clusters.yaml there are none.
func costOf(tree diff.Source, opts cost.Options) (cost.Sum, bool) {
	files, err := tree.Read([]string{layout.ClustersFile})
	source, there := files[layout.ClustersFile]
	if err != nil || !there {
		return cost.Sum{Complete: true}, err == nil
	}
	fleet, problems := config.LoadForHub(layout.ClustersFile, source)
	if fleet == nil || problems.HasErrors() {
		return cost.Sum{}, false
	}
	return cost.Estimate(fleet, func(string, string) bool { return true }, opts).Fleet, true
}
