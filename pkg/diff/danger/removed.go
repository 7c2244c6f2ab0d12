package danger

import (
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

// removedRule finds releases that are uninstalled. Where Helm does not get to uninstall one, removal-order says it; where a whole
// cluster retires, one danger stands for all of its releases.
func removedRule() Rule {
	return Rule{
		Name: "release-removed",
		Doc:  "a Helm release is uninstalled",
		Why: `Its pods are terminated at once. Helm deletes volume claims that the chart itself creates, and load balancers are deleted with their
Services; CRDs that are templates of the chart take every object of their kinds with them (Helm, Custom Resource
Definitions). With state: retiring the whole cluster is removed in order.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Retires {
				return fieldDangers(c, func(f change.Field) string { return takenApart(f, &c.Change) })
			}
			if c.Change.Kind != "HelmRelease" || c.Change.Before == nil || c.LostCluster || len(c.Order) > 0 || manifest.IsExternalDNS(c.Change.Before) {
				return nil
			}
			if c.Change.Outcome != change.Delete {
				return nil
			}
			return []change.Danger{{Message: removedText(c)}}
		},
	}
}

// takenApart says once what becomes of all that runs in a cluster that retires.
func takenApart(f change.Field, c *change.Change) string {
	if c.Kind != "Namespace" || c.Place != "hub" || f.Name != "metadata.annotations."+flux.StateAnnotation || f.After != config.StateRetiring {
		return ""
	}
	return "the cluster is taken apart: all releases are uninstalled with the volume claims and load balancers of their charts, then its nodes go"
}

// removedText says what becomes of a release that goes.
func removedText(c *change.Scoped) string {
	switch {
	case c.Successor != "":
		return "the release is renamed: Helm uninstalls it, with its pods and the volume claims of its chart, and installs " + c.Successor + " without its data"
	case lostWith(manifest.TextAt(c.Change.Before, "spec", "chart", "spec", "chart")) != "":
		return "Helm uninstalls it: " + lostWith(manifest.TextAt(c.Change.Before, "spec", "chart", "spec", "chart"))
	default:
		return "Helm uninstalls it: its pods end, and volume claims and load balancers of its chart go with it"
	}
}

// lostWith is what goes with a component, by the name of its chart; empty where it is only its pods.
func lostWith(chart string) string {
	for _, c := range config.AllComponents() {
		if c.Chart != nil && c.Chart.Name == chart && chart != "" {
			return c.Chart.Lost
		}
	}
	return ""
}

// addonRule finds add-ons of EKS that go, or go back.
func addonRule() Rule {
	return Rule{
		Name: "addon",
		Doc:  "an EKS add-on is removed or downgraded",
		Why: `EKS also deletes what the add-on has installed in the cluster, and its clients get no answer (Amazon EKS User Guide, Remove an Amazon EKS
add-on from a cluster). A downgrade is an update like any other: its pods restart, and fields and stored data of the newer version stay.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Group != manifest.EKSGroup || c.Change.Kind != "Addon" || c.LostCluster || c.Retires {
				return nil
			}
			if c.Change.Outcome == change.Delete && len(c.Order) == 0 {
				return []change.Danger{{Message: "EKS deletes the add-on with all that it has in the cluster: its pods end"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				before, after := versionIn(f.Before), versionIn(f.After)
				if f.Name != "spec.addonVersion" || before == nil || after == nil || slices.Compare(after, before) >= 0 {
					return ""
				}
				return "the add-on goes back, and its pods restart: " + change.Transition(f)
			})
		},
	}
}
