package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// deliveryRule finds what changes how Flux delivers.
func deliveryRule() Rule {
	return Rule{
		Name: "delivery-changed",
		Doc:  "Flux delivers from another source, to another destination, with another identity or credentials, or not at all",
		Why:  "One such line redirects everything that is delivered; what is suspended gets no change, not even a fix.",
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string { return redirected(f, &c.Change) })
		},
	}
}

// redirected says what a field does to the delivery, or nothing.
func redirected(f change.Field, c *change.Change) string {
	isFlux := strings.HasSuffix(c.Group, ".toolkit.fluxcd.io")
	switch {
	case isFlux && f.Name == "spec.suspend" && f.After == true:
		return "Flux stops to deliver it"
	case isFlux && f.Name == "spec.path" && movedText(f) != "":
		return movedText(f)
	case isFlux && strings.HasPrefix(f.Name, "spec.sourceRef.") && effect.SameFolders(c):
		return ""
	case isFlux && (f.Name == "spec.sourceRef.name" || f.Name == "spec.sourceRef.namespace" || f.Name == "spec.path"):
		return "Flux delivers from elsewhere: " + change.Transition(f)
	case c.Kind == "GitRepository" && f.Name == "spec.url" && !effect.IsChartSource(c):
		return "Flux delivers from elsewhere: " + change.Transition(f)
	case c.Kind == manifest.GeneratorKind().Kind && strings.HasPrefix(f.Name, "spec."):
		return "Flux delivers clusters from other files: " + change.Transition(f)
	case c.Kind == flux.InstanceKind && strings.HasPrefix(f.Name, "spec.sync.") && f.Name != "spec.sync.interval":
		return "Flux in the cluster delivers from elsewhere: " + change.Transition(f)
	case isFlux && strings.HasSuffix(c.Kind, "Repository") && (f.Name == "spec.provider" || strings.HasPrefix(f.Name, "spec.secretRef")):
		return "Flux fetches with other credentials: " + change.Transition(f)
	case isFlux && f.Name == "spec.serviceAccountName":
		return "Flux acts as someone else: " + change.Transition(f)
	case isFlux && strings.HasPrefix(f.Name, "spec.kubeConfig."):
		return "Flux delivers to another cluster: " + change.Transition(f)
	case c.Kind == "ConfigMap" && c.Name == flux.KubeConfig && c.Place == "hub" && strings.HasPrefix(f.Name, "data."):
		return kubeConfigText(f)
	case effect.PullsCharts(c) && f.Name == "metadata.annotations."+flux.RoleAnnotation:
		return chartRoleText(f)
	case c.Kind == "ServiceAccount" && c.Place == "hub" && f.Name == "metadata.annotations."+flux.RoleAnnotation && f.After == nil:
		return "Flux has no role any more by which it could find the cluster"
	case c.Kind == "ServiceAccount" && c.Place == "hub" && f.Name == "metadata.annotations."+flux.RoleAnnotation:
		return "Flux looks for the cluster as another role: " + change.Transition(f)
	case c.Kind == "Kustomization" && f.Name == "spec.prune":
		return "what is gone from the tree is treated in another way: prune " + change.Transition(f)
	default:
		return ""
	}
}

// movedText says that a cluster goes to another environment, which is the same for all of its stages, or nothing.
func movedText(f change.Field) string {
	before, cluster, ok := layout.ClusterOf(strings.TrimPrefix(change.Value(f.Before), "./"))
	after, same, still := layout.ClusterOf(strings.TrimPrefix(change.Value(f.After), "./"))
	if !ok || !still || cluster != same || before == after {
		return ""
	}
	return "Flux delivers from the folders of another environment: " + before + " -> " + after
}

// kubeConfigText says what a line of a kubeconfig does to the way into the cluster (Flux, Kustomization API, KubeConfig).
func kubeConfigText(f change.Field) string {
	switch {
	case f.Name == "data.cluster":
		return "Flux delivers to another cluster: " + change.Transition(f)
	case f.Name == "data.serviceAccountName" && f.After == nil:
		return "Flux looks for the cluster as the hub, in the hub's account"
	case f.Name == "data.serviceAccountName":
		return "Flux looks for the cluster as someone else: " + change.Transition(f)
	default:
		return "Flux takes another way into the cluster: " + change.Transition(f)
	}
}

// chartRoleText says what becomes of the charts. A role that comes is no danger: without it there was nothing to pull.
func chartRoleText(f change.Field) string {
	switch {
	case f.Before == nil:
		return ""
	case f.After == nil:
		return "Flux has no role any more with which it could pull charts"
	default:
		return "Flux pulls charts with another role: " + change.Transition(f)
	}
}
