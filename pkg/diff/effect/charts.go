package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
)

// IsChartSource distinguishes a GitRepository with a chart from the one that an environment is delivered from: both are in the
// environment's namespace, and the latter has its own name.
func IsChartSource(c *change.Change) bool {
	return c.Kind == "GitRepository" && c.Name != flux.Repository && strings.HasPrefix(c.Namespace, flux.Namespace(""))
}

// PullsCharts distinguishes the service account that pulls an environment's charts from those that find a cluster.
func PullsCharts(c *change.Change) bool {
	return c.Kind == "ServiceAccount" && c.Place == "hub" && strings.HasPrefix(c.Namespace, flux.Namespace(""))
}

// judgeGit says one thing of a repository with a chart, and another of the one that an environment is delivered from.
func judgeGit(ofChart, ofEnvironment string) func(change.Field, Subject) (change.Outcome, string) {
	return func(_ change.Field, c Subject) (change.Outcome, string) {
		if IsChartSource(c.Change) {
			return change.Update, ofChart
		}
		return change.Update, ofEnvironment
	}
}
