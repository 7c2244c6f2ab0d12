package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
)

// placementRule finds pools that ordinary pods lose.
func placementRule() Rule {
	return Rule{
		Name: "pods-unplaced",
		Doc:  "a pool that accepted pods without tolerations no longer does, or is removed",
		Why: `A pod that does not tolerate the taints of any pool stays pending when its node is removed (Kubernetes, Taints and Tolerations), CoreDNS
and the controllers of the cluster among them; NodePool system accepts only what tolerates CriticalAddonsOnly.`,
		find: func(c *change.Scoped) []change.Danger {
			if !unplaced(c) {
				return nil
			}
			if len(c.Pools) > 0 {
				return []change.Danger{{Message: "pods without tolerations start on nodes of " + strings.Join(c.Pools, ", ") + " when their nodes go"}}
			}
			return []change.Danger{{Message: "no pool takes pods without tolerations any more: they stay pending when their nodes go"}}
		},
	}
}

// unplaced reports whether a pool took pods without tolerations, and takes them no more.
func unplaced(c *change.Scoped) bool {
	return c.Change.Kind == "NodePool" && !c.LostCluster && !c.Retires && effect.TakesAll(c.Change.Before) && !effect.TakesAll(c.Change.After)
}
