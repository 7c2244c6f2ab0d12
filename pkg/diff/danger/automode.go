package danger

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// autoModeRule finds changes of the switches of Auto Mode.
func autoModeRule() Rule {
	return Rule{
		Name: "auto-mode",
		Doc:  "one of the three switches of Auto Mode changes",
		Why: `Compute, block storage and load balancing are one switch in EKS, which refuses part of it. Turning it off terminates all nodes and load
balancers of Auto Mode, and what runs on them; and some versions of ACK never finish reconciling a cluster without it
(aws-controllers-k8s/community#3046).`,
		find: func(c *change.Scoped) []change.Danger {
			found := fieldDangers(c, func(f change.Field) string {
				if c.Change.Group != manifest.EKSGroup || !slices.Contains(effect.AutoModeSwitches(), f.Name) {
					return ""
				}
				if f.Outcome == change.Update {
					return f.Why
				}
				return "Auto Mode is switched in parts: " + change.Transition(f)
			})
			return slices.CompactFunc(found, func(a, b change.Danger) bool { return a.Message == b.Message })
		},
	}
}
