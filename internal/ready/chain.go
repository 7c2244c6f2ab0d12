package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/layout"
)

// stage is a Kustomization and what it applies.
type stage struct {
	name   string
	after  []string
	health map[string]check
	// timeout is how long Flux waits for the objects, retry when it begins again after that.
	timeout, retry time.Duration
	objects        []*object
}

// chain is the stages of a cluster that hold AWS objects.
type chain []*stage

// chainOf reads the chain from the tree that gen makes.
func chainOf(identity string) (chain, error) {
	tree, err := treeOf(identity)
	if err != nil {
		return nil, err
	}
	file, _ := tree.Get(layout.DeliveryDir("prod", cluster) + "/chain.yaml")
	var all chain
	for _, document := range documents(file) {
		var k kustomizev1.Kustomization
		if err := yaml.Unmarshal(document, &k); err != nil {
			return nil, fmt.Errorf("read the chain: %w", err)
		}
		if !component.Stage(k.Name).OnAWS() {
			continue
		}
		s, err := stageOf(&k)
		if err != nil {
			return nil, err
		}
		if s.objects, err = objectsIn(tree, strings.TrimPrefix(k.Spec.Path, "./")); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, all.connect()
}

func stageOf(k *kustomizev1.Kustomization) (*stage, error) {
	s := &stage{name: k.Name, timeout: k.Spec.Timeout.Duration, retry: k.Spec.RetryInterval.Duration, health: map[string]check{}}
	for _, d := range k.Spec.DependsOn {
		s.after = append(s.after, d.Name)
	}
	for _, e := range k.Spec.HealthCheckExprs {
		group, _, _ := strings.Cut(e.APIVersion, "/")
		if !strings.Contains(e.APIVersion, "/") {
			group = ""
		}
		c, err := newCheck(e.Current)
		if err != nil {
			return nil, err
		}
		s.health[e.Kind+"."+group] = c
	}
	return s, nil
}

// objectsIn are the objects in the files of a folder.
func objectsIn(tree *layout.Tree, dir string) ([]*object, error) {
	var objects []*object
	for _, path := range tree.Paths() {
		if !strings.HasPrefix(path, dir+"/") || strings.HasSuffix(path, "/kustomization.yaml") {
			continue
		}
		content, _ := tree.Get(path)
		for _, document := range documents(content) {
			o, err := readObject(document)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			objects = append(objects, o)
		}
	}
	return objects, nil
}

func documents(file []byte) [][]byte { return bytes.Split(file, []byte("\n---\n")) }

// before is the chain as it was: foundation had the whole network, and waited for endpoints until they were available.
func before(now chain) (chain, error) {
	var was chain
	for _, s := range now {
		earlier := *s
		earlier.objects = nil
		for _, o := range s.objects {
			earlier.objects = append(earlier.objects, o.fresh())
		}
		was = append(was, &earlier)
	}
	first, second := was[0], was[1]
	if first.name != string(component.Network) || second.name != string(component.Foundation) {
		return nil, fmt.Errorf("the chain begins with %s and %s", first.name, second.name)
	}
	second.after, second.objects = nil, slices.Concat(first.objects, second.objects)
	second.health = maps.Clone(second.health)
	second.health["VPCEndpoint.ec2.services.k8s.aws"] = second.health["Subnet.ec2.services.k8s.aws"]
	return was[1:], was[1:].connect()
}
