package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// drawing makes a graph of a tree.
type drawing struct {
	tree  *manifest.Tree
	graph *Graph
	boxes map[*manifest.Object]*Box
}

func (d *drawing) box(o *manifest.Object, label, note string) *Box {
	b := &Box{ID: fmt.Sprintf("n%d", len(d.boxes)+1), Label: label, Note: note}
	d.boxes[o] = b
	return b
}

// arrow adds one if both are drawn, once.
func (d *drawing) arrow(from, to *manifest.Object) {
	a := Arrow{d.boxes[from], d.boxes[to]}
	if a.From != nil && a.To != nil && a.From != a.To && !slices.Contains(d.graph.Arrows, a) {
		d.graph.Arrows = append(d.graph.Arrows, a)
	}
}

// Draw draws the clusters that has reports true for: their stages, or with objects the AWS objects in them.
func Draw(tree *manifest.Tree, has func(environment, cluster string) bool, objects bool) *Graph {
	d := &drawing{tree, &Graph{Title: "delivery"}, map[*manifest.Object]*Box{}}
	if objects {
		d.graph.Title = "AWS objects"
	}
	clusters := d.clusters(has)
	for _, environment := range environments(clusters) {
		d.environment(environment, clusters, objects)
	}
	if objects {
		d.references()
	} else {
		d.order(clusters)
	}
	return d.graph
}

// cluster is one with its stages, which are Flux's Kustomizations.
type cluster struct {
	environment, name string
	stages            []*manifest.Object
}

// clusters are those that are asked for, by environment and name, their stages in the order of delivery.
func (d *drawing) clusters(has func(environment, cluster string) bool) []*cluster {
	var all []*cluster
	for _, o := range d.tree.OfKind(manifest.KustomizeGroup, "Kustomization") {
		environment, name, ok := layout.ClusterOf(folder(o))
		if !ok || !has(environment, name) {
			continue
		}
		i := slices.IndexFunc(all, func(c *cluster) bool { return c.environment == environment && c.name == name })
		if i < 0 {
			i = len(all)
			all = append(all, &cluster{environment: environment, name: name})
		}
		all[i].stages = append(all[i].stages, o)
	}
	slices.SortStableFunc(all, func(a, b *cluster) int {
		return cmp.Or(strings.Compare(a.environment, b.environment), strings.Compare(a.name, b.name))
	})
	for _, c := range all {
		slices.SortStableFunc(c.stages, func(a, b *manifest.Object) int { return cmp.Compare(rank(a), rank(b)) })
	}
	return all
}

// folder is what a Kustomization applies.
func folder(o *manifest.Object) string { return strings.TrimPrefix(o.Text("spec", "path"), "./") }

// rank is the place of a stage among those of gen; one of the user comes last, and what the cluster's own Flux applies behind all of
// the hub's, first the one that brings the others.
func rank(o *manifest.Object) int {
	all := len(component.Stages())
	i := slices.Index(component.Stages(), component.Stage(o.Name()))
	switch {
	case o.Place() != "" && o.Namespace() == flux.SystemNamespace:
		return all + 1
	case i < 0:
		i = all
	}
	if o.Place() != "" {
		i += all + 2
	}
	return i
}

func environments(clusters []*cluster) []string {
	var names []string
	for _, c := range clusters {
		names = append(names, c.environment)
	}
	return slices.Compact(names)
}

// root is what delivers an environment, or nil.
func (d *drawing) root(environment string) *manifest.Object {
	for _, o := range d.tree.OfKind(manifest.KustomizeGroup, "Kustomization") {
		if folder(o) == "flux/"+environment {
			return o
		}
	}
	return nil
}
