package generate

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// Selection is the part of the fleet that a run is about. Nothing selected means everything.
type Selection struct {
	Environments, Clusters []string
}

// All reports whether the run is about the whole fleet.
func (s Selection) All() bool { return len(s.Environments)+len(s.Clusters) == 0 }

// Has reports whether the run is about the cluster.
func (s Selection) Has(environment, cluster string) bool {
	return s.All() || slices.Contains(s.Environments, environment) || slices.Contains(s.Clusters, cluster)
}

// Check finds names that the fleet does not have.
func (s Selection) Check(fleet *config.Fleet) diag.List {
	var environments, clusters []string
	for _, e := range fleet.Environments {
		environments = append(environments, e.Name)
	}
	for _, c := range fleet.Clusters {
		clusters = append(clusters, c.Name)
	}
	return append(unknown("--environment", s.Environments, environments), unknown("--cluster", s.Clusters, clusters)...)
}

func unknown(flag string, names, known []string) diag.List {
	var problems diag.List
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		problem := diag.Problem{Message: fmt.Sprintf("%s %s: not in %s", flag, name, layout.ClustersFile), Hint: "it has " + strings.Join(known, ", ")}
		if near := diag.Nearest(name, known); near != "" {
			problem.Hint = fmt.Sprintf("did you mean %s?", near)
		}
		problems = append(problems, problem)
	}
	return problems
}

// touchesEnvironment reports whether the run is about the environment or a cluster of it.
func (s Selection) touchesEnvironment(fleet *config.Fleet, environment string) bool {
	return slices.ContainsFunc(fleet.ClustersOf(environment), func(c *config.Cluster) bool { return s.Has(environment, c.Name) }) ||
		s.All() || slices.Contains(s.Environments, environment)
}

// Listed says which clusters an environment's kustomization.yaml may name: those of this run and those that
// are on disk already, so that it never names a folder that is not there.
func (s Selection) Listed(delivered []Delivered) func(environment, cluster string) bool {
	return func(environment, cluster string) bool {
		return s.Has(environment, cluster) || slices.ContainsFunc(delivered, func(d Delivered) bool {
			return d.Environment == environment && d.Name == cluster
		})
	}
}

// CheckRemoved refuses a run on a part of an environment that has lost a cluster: what the environment's
// clusters share would be right neither with it nor without.
func (s Selection) CheckRemoved(fleet *config.Fleet, delivered []Delivered) diag.List {
	var problems diag.List
	clusters := byName(fleet)
	for _, d := range delivered {
		if clusters[d.id()] != nil || s.Has(d.Environment, d.Name) || !s.touchesEnvironment(fleet, d.Environment) {
			continue
		}
		problems = append(problems, diag.Problem{
			File: layout.ClustersFile, Line: 1, Column: 1, Path: "clusters",
			Message: fmt.Sprintf("cluster %q of environment %q is gone from the file", d.Name, d.Environment),
			Hint:    fmt.Sprintf("run gen clusters --environment %s, or without any selection", d.Environment),
		})
	}
	return problems
}

// Scope says which paths the run may write and delete. Outside of a full run, what several environments
// share is written but never deleted.
func (s Selection) Scope(fleet *config.Fleet, tree *layout.Tree) func(path string) bool {
	if s.All() {
		return func(string) bool { return true }
	}
	return func(path string) bool {
		parts := strings.Split(path, "/")
		switch {
		case len(parts) < 3 || parts[1] == "base" || parts[1] == "hub" && len(parts) < 4:
			_, planned := tree.Get(path)
			return planned
		case parts[1] == "hub":
			return s.touchesEnvironment(fleet, parts[2])
		case len(parts) < 4 || parts[2] == "sources":
			return s.touchesEnvironment(fleet, parts[1])
		default:
			return s.Has(parts[1], parts[2])
		}
	}
}
