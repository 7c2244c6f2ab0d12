package danger

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// versionRule finds upgrades that are more than a step, and those backwards.
func versionRule() Rule {
	return Rule{
		Name: "kubernetes-version",
		Doc:  "the Kubernetes version is rolled back, or upgraded by more than one minor version",
		Why: `EKS rolls back one minor version, within 7 days of the upgrade, and only by hand: first the older version
is pushed, so that ACK does not upgrade again, then EKS is rolled back. ACK upgrades through several versions without a pause, so that nobody can see what breaks
at which, and nodes must not be more than three minor versions behind.`,
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Group != manifest.EKSGroup || f.Name != "spec.version" {
					return ""
				}
				before, after, ok := effect.Minors(f)
				switch {
				case ok && after == before-1:
					return "Kubernetes goes back by one version: " + change.Transition(f) + "; merge this first, or ACK upgrades again, then within 7 days " +
						"of the upgrade run aws eks update-cluster-version --name " + manifest.TextAt(c.Change.After, "spec", "name") +
						" --kubernetes-version " + change.Value(f.After)
				case ok && after < before:
					return "Kubernetes goes back: " + change.Transition(f)
				case ok && after > before+1:
					return "Kubernetes goes up by more than one version: " + change.Transition(f)
				default:
					return ""
				}
			})
		},
	}
}
