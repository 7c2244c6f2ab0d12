// Package generate is the pipeline from clusters.yaml to the tree, top to bottom. Read this file first.
//
// In: a valid fleet and which patches the user has. Out: the whole tree in memory.
package generate

import (
	"fmt"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// Options are what the tree depends on besides clusters.yaml.
type Options struct {
	// Patches are the folders with the user's patches.
	Patches Patches
	// Listed says which clusters an environment's kustomization.yaml names; nil means all.
	Listed func(environment, cluster string) bool
}

// Tree makes every file of the fleet. The error is a fault of gen, not of the user.
func Tree(fleet *config.Fleet, opts Options) (*layout.Tree, error) {
	charts, err := readCharts()
	if err != nil {
		return nil, err
	}
	made, err := clusters(fleet, opts.Patches, charts)
	if err != nil {
		return nil, err
	}
	tree := layout.NewTree()
	var shared []layout.Named
	for _, m := range made {
		if err := tree.Merge(m.tree); err != nil {
			return nil, fmt.Errorf("join clusters: %w", err)
		}
		shared = append(shared, m.deliveries...)
	}
	more, err := environments(fleet, made, opts)
	if err != nil {
		return nil, err
	}
	if fleet.Flux.PerCluster() {
		note, err := layout.BaseNote()
		if err != nil {
			return nil, fmt.Errorf("lay out: %w", err)
		}
		more = append(more, note)
	}
	for _, name := range bases(shared) {
		base, err := layout.Base(name, charts[name])
		if err != nil {
			return nil, fmt.Errorf("lay out: %w", err)
		}
		more = append(more, base)
	}
	hub, err := layout.Hub(fleet)
	if err != nil {
		return nil, fmt.Errorf("lay out the hub: %w", err)
	}
	for _, t := range append(more, hub) {
		if err := tree.Merge(t); err != nil {
			return nil, fmt.Errorf("join: %w", err)
		}
	}
	return tree, addSchema(tree)
}

// readCharts reads the components' charts from the templates, once for all clusters.
func readCharts() (map[string]flux.Chart, error) {
	charts := map[string]flux.Chart{}
	for _, part := range catalog.All() {
		if !part.HasChart() {
			continue
		}
		chart, err := flux.Template(part.Name)
		if err != nil {
			return nil, fmt.Errorf("component %s: %w", part.Name, err)
		}
		charts[part.Name] = chart
	}
	return charts, nil
}

// made is one cluster's part of the tree and what it delivers.
type made struct {
	cluster    *config.Cluster
	tree       *layout.Tree
	deliveries []layout.Named
}

// clusters makes all clusters at once; the order of the result is that of the fleet.
func clusters(fleet *config.Fleet, patches Patches, charts map[string]flux.Chart) ([]made, error) {
	all := make([]made, len(fleet.Clusters))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range fleet.Clusters {
		group.Go(func() error {
			var err error
			all[i], err = cluster(&fleet.Clusters[i], patches, charts)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("make clusters: %w", err)
	}
	return all, nil
}

func cluster(c *config.Cluster, patches Patches, charts map[string]flux.Chart) (made, error) {
	var deliveries []layout.Named
	for _, part := range catalog.All() {
		if !part.In(c) {
			continue
		}
		more, err := part.Deliveries(c, charts[part.Name])
		if err != nil {
			return made{}, fmt.Errorf("cluster %s: %w", c.Name, err)
		}
		for _, d := range more {
			deliveries = append(deliveries, layout.Named{Delivery: d, Component: part.Name, Chart: charts[part.Name]})
		}
	}
	deliveries = append(deliveries, emptied(c, deliveries)...)
	if c.State == config.StateRetiring {
		deliveries = retire(c, deliveries)
	}
	if c.Adopted() {
		deliveries = adopt(c, deliveries)
	}
	tree, err := layout.Cluster(c, deliveries, func(stage component.Stage) bool { return patches.Has(c, stage) })
	if err != nil {
		return made{}, fmt.Errorf("lay out: %w", err)
	}
	return made{c, tree, deliveries}, nil
}

// environments makes what the clusters of each environment share.
func environments(fleet *config.Fleet, all []made, opts Options) ([]*layout.Tree, error) {
	var trees []*layout.Tree
	for _, env := range fleet.Environments {
		var names []string
		var deliveries []layout.Named
		for _, m := range all {
			if m.cluster.Environment != env.Name {
				continue
			}
			deliveries = append(deliveries, m.deliveries...)
			if opts.Listed == nil || opts.Listed(env.Name, m.cluster.Name) {
				names = append(names, m.cluster.Name)
			}
		}
		tree, err := layout.Environment(env.Name, names, deliveries, opts.Patches[layout.SourcePatchDir(env.Name)])
		if err != nil {
			return nil, fmt.Errorf("lay out: %w", err)
		}
		trees = append(trees, tree)
	}
	return trees, nil
}

// bases are the components whose manifests under flux/base are in use.
func bases(deliveries []layout.Named) []string {
	set := map[string]bool{}
	for _, d := range deliveries {
		if d.Base != "" {
			set[d.Base] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func addSchema(tree *layout.Tree) error {
	schema, err := config.Schema()
	if err != nil {
		return fmt.Errorf("JSON Schema: %w", err)
	}
	return tree.Add(layout.SchemaFile, schema)
}
