package diff

import (
	"strings"

	"eks-auto-gitops/pkg/flux"
)

// isChartSource tells a GitRepository with a chart from the one that an environment is delivered from: both are in the
// environment's namespace, and that one has a name of its own.
func isChartSource(c *Change) bool {
	return c.Kind == "GitRepository" && c.Name != flux.Repository && strings.HasPrefix(c.Namespace, flux.Namespace(""))
}

// pullsCharts tells the account that pulls an environment's charts from those that find a cluster.
func pullsCharts(c *Change) bool {
	return c.Kind == "ServiceAccount" && c.Place == "hub" && strings.HasPrefix(c.Namespace, flux.Namespace(""))
}

// chartRoleText says what becomes of the charts. A role that comes is no danger: without it there was nothing to pull.
func chartRoleText(f Field) string {
	switch {
	case f.Before == nil:
		return ""
	case f.After == nil:
		return "Flux has no role any more with which it could pull charts"
	default:
		return "Flux pulls charts with another role: " + transitionText(f)
	}
}

// judgeGit says one thing of a repository with a chart, and another of the one that an environment is delivered from.
func judgeGit(ofChart, ofEnvironment string) func(Field, subject) (Outcome, string) {
	return func(_ Field, c subject) (Outcome, string) {
		if isChartSource(c.Change) {
			return Update, ofChart
		}
		return Update, ofEnvironment
	}
}
