package layout

import (
	"fmt"
	"path"
	"slices"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// This file lays out what is different for a cluster with delivery: agent. Its own Flux follows the folder sync, whose
// Kustomizations are the stages nodes, addons and apps. The hub has the stages before, and those by which Flux comes into the
// cluster.

// agent writes the folder that the Flux of the cluster follows, and returns its Kustomizations. In a cluster that retires the
// nodes go last, and so with the hub: the pods of Flux run on them.
func agent(tree *Tree, c *config.Cluster, steps []flux.Step, byStage map[component.Stage][]Named, patched bool) ([]*kustomizev1.Kustomization, error) {
	if c.State != config.StateRetiring {
		nodes := stageOf{cluster: c, stage: component.Nodes}.step(byStage[component.Nodes])
		nodes.Remote, nodes.Stays = false, true
		steps = append([]flux.Step{nodes}, steps...)
	}
	chain := flux.OwnChain(c, steps)
	objects := make([]resource.Object, 0, len(chain))
	for _, k := range chain {
		objects = append(objects, k)
	}
	dir := component.SyncDir(c)
	own := sources{stage: component.OwnSources, dir: dir + "/" + path.Base(string(component.OwnSources)), namespace: c.Name}
	if patched {
		own.patches = PatchDir(c.Environment, c.Name, component.OwnSources)
	}
	any, err := own.layOut(tree, byStage[component.OwnSources])
	if err != nil {
		return nil, err
	}
	k := types.Kustomization{Resources: []string{"chain.yaml", "namespace.yaml"}}
	if any {
		k.Resources = append(k.Resources, path.Base(own.dir))
	}
	if err := addObjects(tree, dir+"/chain.yaml", objects, false); err != nil {
		return nil, err
	}
	if err := addObjects(tree, dir+"/namespace.yaml", []resource.Object{component.TargetNamespace(c.Name)}, false); err != nil {
		return nil, err
	}
	return chain, addKustomization(tree, dir, k)
}

// firstNodes changes the stage nodes of the hub for a cluster with a Flux of its own. Flux needs nodes to run on, so the hub
// makes what is not there yet. What is there it leaves alone: from then on the nodes are changed by the cluster's own Flux, with
// the hub or without it (Flux, Kustomization API: Controlling the apply behavior of resources, IfNotPresent).
func firstNodes(tree *Tree, c *config.Cluster, steps []flux.Step, own []*kustomizev1.Kustomization) ([]flux.Step, error) {
	if len(own) == 0 {
		return steps, nil
	}
	steps = slices.Clone(steps)
	for i := range steps {
		switch steps[i].Name {
		case string(component.Nodes):
			if c.State == config.StateRetiring {
				continue
			}
			dir := path.Dir(steps[i].Path) + "/first-nodes"
			err := addKustomization(tree, dir, types.Kustomization{
				CommonAnnotations: map[string]string{"kustomize.toolkit.fluxcd.io/ssa": kustomizev1.IfNotPresentValue},
				Resources:         []string{"../" + path.Base(steps[i].Path)},
			})
			if err != nil {
				return nil, fmt.Errorf("first nodes: %w", err)
			}
			steps[i].Path, steps[i].First = dir, true
		case string(component.Agent):
			for _, k := range own {
				steps[i].Timeout = min(steps[i].Timeout+k.GetTimeout(), mostTime)
			}
		}
	}
	return steps, nil
}
