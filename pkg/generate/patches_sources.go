package generate

import (
	"fmt"
	"slices"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// hasOwnSources reports whether the cluster of a folder environment/cluster/sources has chart sources of its own.
func hasOwnSources(fleet *config.Fleet, parts []string) bool {
	return slices.ContainsFunc(fleet.Clusters, func(c config.Cluster) bool {
		return c.Environment == parts[0] && c.Name == parts[1] && c.Agent()
	})
}

// misplacedSources reports whether the folder patches/<environment>/sources belongs to no environment with chart sources.
func misplacedSources(fleet *config.Fleet, dir, environment string) (diag.Problem, bool) {
	var names []string
	for _, e := range fleet.Environments {
		names = append(names, e.Name)
		switch {
		case e.Name != environment:
		case hasSources(fleet, environment):
			return diag.Problem{}, false
		default:
			return diag.Problem{
				File: dir, Severity: diag.Warning,
				Message: fmt.Sprintf("no cluster of environment %q has a chart, so nothing applies these patches", environment),
				Hint:    "remove the folder, or enable a component or add a release",
			}, true
		}
	}
	problem := diag.Problem{
		File: dir, Severity: diag.Warning,
		Message: fmt.Sprintf("there is no environment %q, so nothing applies these patches", environment),
		Hint:    "remove the folder, or rename it to <environment>/" + string(component.Sources),
	}
	if near := diag.Nearest(environment, names); near != "" {
		problem.Hint = fmt.Sprintf("did you mean %s?", layout.SourcePatchDir(near))
	}
	return problem, true
}

// hasSources reports whether a cluster of the environment has a Helm chart.
func hasSources(fleet *config.Fleet, environment string) bool {
	for _, c := range fleet.ClustersOf(environment) {
		if len(c.Releases) > 0 || slices.ContainsFunc(config.ChartComponents(), func(p config.Component) bool { return p.ByHelm(c) }) {
			return true
		}
	}
	return false
}
