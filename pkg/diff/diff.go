// Package diff says what a change of the tree does: in the clusters, in AWS, and to whom.
//
// In: two trees of manifests and CRDs. Out: a [change.Report]: each object that differs, with what happens to it; what is
// dangerous about it; and which lines of clusters.yaml are the cause. Both trees are built as Flux builds them, but only the
// folders that a changed file can reach.
//
// This package compares; what controllers do with a difference is in effect, what is dangerous in danger, and how it is
// written in report. It knows no cluster: what drifted there is not its business.
package diff

import (
	"fmt"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// Compare compares two trees. An error means that one of them cannot be read; folders that cannot be built are
// problems of the report.
func Compare(from, to Source, crds *schema.Set) (*change.Report, error) {
	before, after, err := load(from, to, crds)
	if err != nil {
		return nil, err
	}
	return compare(from, to, before, after, crds)
}

// compare compares two trees that are built.
func compare(from, to Source, before, after *manifest.Tree, crds *schema.Set) (report *change.Report, err error) {
	c := comparison{crds: crds, effects: effect.NewTable(crds), sides: effect.Trees{effect.NewIndex(before), effect.NewIndex(after)}, subnets: &subnetIDs{sources: [2]Source{from, to}}}
	deployed, err := addHub(from, to, &c.sides)
	if err != nil {
		return nil, err
	}
	changes := c.changes()
	report = &change.Report{From: from.Name, To: to.Name, Problems: problems(from, to, before, after)}
	found, err := causes(from, to)
	if err != nil {
		return nil, err
	}
	if report.Hub, err = hubOf(to, changes, deployed); err != nil {
		return nil, err
	}
	report.Reconciled = reconciled(from, to, after, changes)
	fill(report, changes, found)
	report.Chains = c.chains(changes)
	return report, nil
}

// problems are the folders that one of the trees could not build.
func problems(from, to Source, before, after *manifest.Tree) []change.Problem {
	var found []change.Problem
	for _, p := range before.Problems().Sort() {
		found = append(found, change.Problem{Side: from.Name, Message: fmt.Sprint(p)})
	}
	for _, p := range after.Problems().Sort() {
		found = append(found, change.Problem{Side: to.Name, Message: fmt.Sprint(p)})
	}
	return found
}
