package layout

import (
	"fmt"
	"path"

	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Retiring stands in the place of a component's name for what marks a stage while it is taken apart.
const Retiring = "retiring"

// Handover stands there for what marks a stage while the cluster is handed over.
const Handover = "handover"

// Named is a delivery and the component that makes it.
type Named struct {
	component.Delivery
	Component string
	// Chart is the component's own chart, if it has one.
	Chart flux.Chart
}

// stageOf is one stage of one cluster.
type stageOf struct {
	cluster *config.Cluster
	stage   component.Stage
	patched bool
}

func (s stageOf) substituted() bool { return component.Facts(s.cluster, s.stage) != "" }

// layOut writes one file for each component, a folder for each change to a base, and the kustomization.yaml.
func (s stageOf) layOut(tree *Tree, deliveries []Named) error {
	dir := StageDir(s.cluster, s.stage)
	var all resource.Set
	files := map[string][]resource.Object{}
	var k types.Kustomization
	for _, d := range deliveries {
		if err := all.Add(d.Objects...); err != nil {
			return err
		}
		if d.Base == "" {
			files[d.Component] = append(files[d.Component], d.Objects...)
			continue
		}
		if err := s.overlay(tree, d); err != nil {
			return err
		}
		k.Resources = append(k.Resources, d.Component)
	}
	for name, objects := range files {
		if err := addObjects(tree, dir+"/"+name+".yaml", objects, s.substituted()); err != nil {
			return err
		}
		k.Resources = append(k.Resources, name+".yaml")
	}
	if s.patched {
		k.Components = []string{relative(dir, PatchDir(s.cluster.Environment, s.cluster.Name, s.stage))}
	}
	return addKustomization(tree, dir, k)
}

// overlay writes what differs from a base, in a folder of its own: there it is complete before the user's
// patches see it.
func (s stageOf) overlay(tree *Tree, d Named) error {
	dir := StageDir(s.cluster, s.stage) + "/" + d.Component
	k := types.Kustomization{Namespace: s.cluster.Name, Resources: []string{relative(dir, baseDir(d.Base))}}
	for _, o := range d.Objects {
		patches, err := changes(tree, dir, d, o)
		if err != nil {
			return fmt.Errorf("change of base %s: %w", d.Base, err)
		}
		k.Patches = append(k.Patches, patches...)
	}
	return addKustomization(tree, dir, k)
}

// step is the Kustomization that applies the stage.
func (s stageOf) step(deliveries []Named) flux.Step {
	return flux.Step{
		Name:    path.Base(string(s.stage)),
		Path:    StageDir(s.cluster, s.stage),
		Kinds:   kindsOf(s.stage),
		Remote:  s.stage == component.Nodes || s.stage == component.Agent,
		Loose:   loose(s.cluster, s.stage),
		Timeout: max(timeout(s.stage), releasesTime(deliveries)),

		SubstituteFrom: component.Facts(s.cluster, s.stage),
	}
}

// loose reports whether nobody acts on what the stage holds: releases that are suspended.
func loose(c *config.Cluster, stage component.Stage) bool {
	switch stage {
	case component.Addons, component.Apps:
		return c.Handover()
	case component.Operator:
		return c.State == config.StateRetiring
	default:
		return false
	}
}
