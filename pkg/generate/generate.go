// Package generate is the pipeline from clusters.yaml to the tree, top to bottom. Read this file first.
//
// In: a valid fleet and which patches the user has. Out: the whole tree in memory.
package generate

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

// Options are what the tree depends on besides clusters.yaml.
type Options struct {
	// Patches are the folders with the user's patches.
	Patches Patches
	// Listed says which clusters an environment's kustomization.yaml names; nil means all.
	Listed func(environment, cluster string) bool
}

// Tree generates every file of the fleet. The error is a bug in gen, not the user's mistake.
func Tree(fleet *config.Fleet, opts Options) (*layout.Tree, error) {
	charts, err := readCharts()
	if err != nil {
		return nil, err
	}
	made, err := clusters(fleet, opts.Patches, charts, nil)
	if err != nil {
		return nil, err
	}
	tree := layout.NewTree()
	for i, m := range made {
		if err := tree.Merge(m.tree); err != nil {
			return nil, fmt.Errorf("join clusters: %w", err)
		}
		made[i].tree = nil // its files are in the tree of all
	}
	more, err := shared(fleet, made, charts, opts)
	if err != nil {
		return nil, err
	}
	for _, t := range more {
		if err := tree.Merge(t); err != nil {
			return nil, fmt.Errorf("join: %w", err)
		}
	}
	return tree, nil
}

// Each makes the same files as [Tree], and calls visit with those of one cluster at a time and then with what clusters share, so that
// they need not all be there at once. The clusters come in no order; visit is never called twice at once.
func Each(fleet *config.Fleet, opts Options, visit func(*layout.Tree) error) error {
	charts, err := readCharts()
	if err != nil {
		return err
	}
	made, err := clusters(fleet, opts.Patches, charts, visit)
	if err != nil {
		return err
	}
	more, err := shared(fleet, made, charts, opts)
	if err != nil {
		return err
	}
	for _, t := range more {
		if err := visit(t); err != nil {
			return err
		}
	}
	return nil
}

// shared makes what belongs to no cluster alone: of the environments, the bases, the hub, and the schema.
func shared(fleet *config.Fleet, made []made, charts map[string]flux.Chart, opts Options) ([]*layout.Tree, error) {
	trees, err := environments(fleet, made, opts)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for _, m := range made {
		for _, base := range m.bases {
			used[base] = true
		}
	}
	if fleet.Flux.PerCluster() {
		note, err := layout.BaseNote()
		if err != nil {
			return nil, fmt.Errorf("lay out: %w", err)
		}
		trees = append(trees, note)
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		base, err := layout.Base(name, charts[name])
		if err != nil {
			return nil, fmt.Errorf("lay out: %w", err)
		}
		trees = append(trees, base)
	}
	hub, err := layout.Hub(fleet)
	if err != nil {
		return nil, fmt.Errorf("lay out the hub: %w", err)
	}
	schema := layout.NewTree()
	return append(trees, hub, schema), addSchema(schema)
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

// made is one cluster's part of the tree, and what its environment needs to know of it.
type made struct {
	cluster *config.Cluster
	tree    *layout.Tree
	// sources are what it delivers to the environment; bases are the components whose manifests under flux/base it uses.
	sources []layout.Named
	bases   []string
}

// clusters makes all clusters at once; the order of the result is that of the fleet. If there is a visit, it gets the files of each,
// which are then let go of.
func clusters(fleet *config.Fleet, patches Patches, charts map[string]flux.Chart, visit func(*layout.Tree) error) ([]made, error) {
	all, encoder := make([]made, len(fleet.Clusters)), &resource.Encoder{}
	var group errgroup.Group
	var one sync.Mutex
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range fleet.Clusters {
		group.Go(func() error {
			m, err := cluster(&fleet.Clusters[i], encoder, patches, charts)
			if err == nil && visit != nil {
				one.Lock()
				defer one.Unlock()
				err, m.tree = visit(m.tree), nil
			}
			all[i] = m
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("make clusters: %w", err)
	}
	return all, nil
}

func cluster(c *config.Cluster, encoder *resource.Encoder, patches Patches, charts map[string]flux.Chart) (made, error) {
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
	deliveries = handOver(c, deliveries)
	deliveries = append(deliveries, emptied(c, deliveries)...)
	if c.State == config.StateRetiring {
		deliveries = retire(c, deliveries)
	}
	if c.Adopted() {
		deliveries = adopt(c, deliveries)
	}
	tree, err := layout.Cluster(c, encoder, deliveries, func(stage component.Stage) bool { return patches.Has(c, stage) })
	if err != nil {
		return made{}, fmt.Errorf("lay out: %w", err)
	}
	m := made{cluster: c, tree: tree}
	for _, d := range deliveries {
		if d.Base != "" {
			m.bases = append(m.bases, d.Base)
		}
		if d.Stage == component.Sources {
			m.sources = append(m.sources, d)
		}
	}
	return m, nil // without the objects of the other stages: of a thousand clusters they take more memory than the files
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
			deliveries = append(deliveries, m.sources...)
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

func addSchema(tree *layout.Tree) error {
	schema, err := config.Schema()
	if err != nil {
		return fmt.Errorf("JSON Schema: %w", err)
	}
	return tree.Add(layout.SchemaFile, schema)
}
