package danger

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// staticRule finds static pools that lose nodes.
func staticRule() Rule {
	return Rule{
		Name: "static-pool-smaller",
		Doc:  "a static node pool gets fewer replicas",
		Why: `Karpenter removes nodes of a static pool down to its replicas, empty ones first, and no budget delays it (Karpenter,
NodePools, Static NodePool): pods on the others are evicted, and stay pending if no other pool accepts them.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind != "NodePool" || c.Change.Group != manifest.KarpenterGroup {
				return nil
			}
			return fieldDangers(c, func(f change.Field) string {
				if f.Name == "spec.replicas" && effect.Less(f.After, f.Before) {
					return "nodes of the pool end" + evicted + ", if another pool takes them: " + change.Transition(f)
				}
				return ""
			})
		},
	}
}
