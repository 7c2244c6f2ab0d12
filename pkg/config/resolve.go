package config

import (
	"cmp"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// A resolved file has every cluster with what it inherits, in the order of the file.
type resolved struct {
	fleet    *Fleet
	clusters []clusterScope
	// idle are the environments without a cluster, as if they had one.
	idle []clusterScope
}

// resolve decodes the tree and merges defaults, environments and clusters.
func (t *tree) resolve(root *yaml.Node) (*resolved, error) {
	r := &resolved{fleet: &Fleet{}}
	if err := root.Decode(r.fleet); err != nil {
		return nil, fmt.Errorf("decode the file: %w", err)
	}
	_, defaults := find(root, "defaults")
	base := t.pick(defaults, settingNames())
	environments, err := t.resolveEnvironments(r, root, base)
	if err != nil {
		return nil, err
	}
	_, list := find(root, "clusters")
	for i := range r.fleet.Clusters {
		c := &r.fleet.Clusters[i]
		inherited, env := base, r.fleet.environmentOf(c.Environment)
		if env != nil {
			inherited = t.pick(environments[env.Name], settingNames())
		}
		merged := t.inherit(inherited, list.Content[i], false)
		*c = Cluster{}
		if err := merged.Decode(c); err != nil {
			return nil, fmt.Errorf("decode a cluster: %w", err)
		}
		scoped := scope{tree: t, root: merged}
		at := scoped.at("name")
		c.Fleet, c.Env, c.Line, c.Column = r.fleet, env, at.line, at.column
		r.clusters = append(r.clusters, clusterScope{scope: scoped, Cluster: c, top: root})
	}
	return r, t.resolveIdle(r, root, environments)
}

// resolveEnvironments gives every environment the defaults and returns its mapping by name.
// Of two environments with one name the first counts; the second is reported later.
func (t *tree) resolveEnvironments(r *resolved, root, base *yaml.Node) (map[string]*yaml.Node, error) {
	byName := map[string]*yaml.Node{}
	_, list := find(root, "environments")
	for i := range r.fleet.Environments {
		e := &r.fleet.Environments[i]
		merged := t.inherit(base, list.Content[i], false)
		byName[e.Name] = cmp.Or(byName[e.Name], merged)
		*e = Environment{}
		if err := merged.Decode(e); err != nil {
			return nil, fmt.Errorf("decode an environment: %w", err)
		}
	}
	return byName, nil
}

// resolveIdle makes a nameless cluster of every environment without one.
func (t *tree) resolveIdle(r *resolved, root *yaml.Node, environments map[string]*yaml.Node) error {
	for i := range r.fleet.Environments {
		e := &r.fleet.Environments[i]
		if slices.ContainsFunc(r.clusters, func(c clusterScope) bool { return c.Env != nil && c.Env.Name == e.Name }) {
			continue
		}
		settings := t.pick(environments[e.Name], settingNames())
		c := &Cluster{}
		if err := settings.Decode(c); err != nil {
			return fmt.Errorf("decode an environment: %w", err)
		}
		c.Fleet, c.Env = r.fleet, e
		r.idle = append(r.idle, clusterScope{scope: scope{tree: t, root: settings, written: true}, Cluster: c, top: root})
	}
	return nil
}

// environmentOf returns the first environment with the name; for a misspelt name the nearest,
// so that what the cluster inherits from it is not reported as missing.
func (f *Fleet) environmentOf(name string) *Environment {
	if name == "" {
		return nil
	}
	names := f.environmentNames()
	i := slices.Index(names, name)
	if near := diag.Nearest(name, names); i < 0 && near != "" {
		i = slices.Index(names, near)
	}
	if i < 0 {
		return nil
	}
	return &f.Environments[i]
}

func (f *Fleet) environmentNames() []string {
	return named(f.Environments, func(e Environment) string { return e.Name })
}

// finish puts everything whose order has no meaning in one order, so that the order in the
// file cannot change the output.
func (f *Fleet) finish() {
	slices.SortFunc(f.Environments, func(a, b Environment) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(f.Clusters, func(a, b Cluster) int { return cmp.Compare(a.Name, b.Name) })
	for i := range f.Clusters {
		c := &f.Clusters[i]
		c.Env = f.environmentOf(c.Environment)
		normalise(c)
	}
}
