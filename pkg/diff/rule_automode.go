package diff

import "slices"

// autoModeRule finds changes of the switches of Auto Mode.
func autoModeRule() Rule {
	return Rule{
		Name: "auto-mode",
		Doc:  "one of the three switches of Auto Mode changes",
		Why: `Compute, block storage and load balancing are one switch in EKS: in parts it refuses them. Off, it ends all nodes and load
balancers of Auto Mode, and with them what runs there; and some versions of ACK never settle on a cluster without
(aws-controllers-k8s/community#3046).`,
		find: func(c *scoped) []Danger {
			found := fieldDangers(c, func(f Field) string {
				if c.change.Group != eksGroup || !slices.Contains(autoModeSwitches(), f.Name) {
					return ""
				}
				if f.Outcome == Update {
					return f.Why
				}
				return "Auto Mode is switched in parts: " + transitionText(f)
			})
			return slices.CompactFunc(found, func(a, b Danger) bool { return a.Message == b.Message })
		},
	}
}
