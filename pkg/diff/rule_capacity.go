package diff

import (
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// replicasRule finds workloads that are switched off.
func replicasRule() Rule {
	return Rule{
		Name: "replicas-zero",
		Doc:  "a workload goes down to no replicas",
		Why:  "It is off, and everything that asks it gets an error.",
		find: func(c *scoped) []Danger {
			return fieldDangers(c, func(f Field) string {
				last := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
				if (last == "replicas" || last == "replicaCount") && Value(f.After) == "0" {
					return "no replica is left: " + transitionText(f)
				}
				return ""
			})
		},
	}
}

// limitsRule finds limits of node pools that go down.
func limitsRule() Rule {
	return Rule{
		Name: "limits-lowered",
		Doc:  "a limit of a node pool or a quota goes down, or of a pool away",
		Why:  "Below what is in use no node is made any more: pods that are moved stay pending. Without a limit nothing stops the bill.",
		find: func(c *scoped) []Danger {
			return fieldDangers(c, func(f Field) string {
				switch {
				case c.change.Kind == "NodePool" && strings.HasPrefix(f.Name, "spec.limits.") && f.After == nil:
					return "the limit goes: " + transitionText(f)
				case (strings.HasPrefix(f.Name, "spec.limits.") || strings.HasPrefix(f.Name, "spec.hard.")) && less(f.After, f.Before):
					return "the limit goes down: " + transitionText(f)
				default:
					return ""
				}
			})
		},
	}
}

// less compares two quantities such as 64 or 256Gi.
func less(a, b any) bool {
	if a == nil || b == nil {
		return false
	}
	x, err := resource.ParseQuantity(Value(a))
	y, other := resource.ParseQuantity(Value(b))
	return err == nil && other == nil && x.Cmp(y) < 0
}

// disruptionRule finds budgets by which Karpenter may end most nodes at once.
func disruptionRule() Rule {
	return Rule{
		Name: "disruption-budget",
		Doc:  "Karpenter may end more than half of a pool's nodes at once",
		Why:  "The next drift, such as an upgrade, then takes most of a pool at the same time.",
		find: func(c *scoped) []Danger {
			if c.change.Kind == "NodePool" && c.change.Before != nil && (c.change.Outcome == Delete || c.change.Outcome == Replace) {
				return []Danger{{Message: "the pool goes: Karpenter ends all of its nodes, whatever its budgets say"}}
			}
			return fieldDangers(c, func(f Field) string {
				if c.change.Group == eksGroup && f.Name == "spec.computeConfig.nodePools" && f.After == nil {
					return "EKS's own pool " + Value(f.Before) + " goes, with all of its nodes"
				}
				if c.change.Kind != "NodePool" || !strings.HasPrefix(f.Name, "spec.disruption.budgets") || f.After == nil {
					return ""
				}
				nodes := f.After
				if budget, ok := f.After.(map[string]any); ok {
					nodes = budget["nodes"]
				}
				share, isShare := strings.CutSuffix(Value(nodes), "%")
				if n, err := strconv.Atoi(share); isShare && err == nil && n > 50 {
					return "Karpenter may end " + share + "% of the nodes at once"
				}
				return ""
			})
		},
	}
}
