package danger

import (
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// replicasRule finds workloads that are switched off.
func replicasRule() Rule {
	return Rule{
		Name: "replicas-zero",
		Doc:  "a workload is scaled to zero",
		Why:  "It is off, and everything that calls it gets an error.",
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string {
				last := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
				if (last == "replicas" || last == "replicaCount") && c.Change.Kind != "NodePool" && change.Value(f.After) == "0" {
					return "no replica is left: " + change.Transition(f)
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
		Doc:  "a limit of a node pool or a quota is lowered, or a limit of a pool removed",
		Why: `With a limit below what is in use, no node is launched any more: evicted pods stay pending. Without a limit Karpenter launches nodes as long as pods are pending
(Karpenter, NodePools, spec.limits), up to the account's vCPU quota (Amazon EC2 User Guide, Amazon EC2 instance type quotas).`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind == "NodePool" && unlimited(c.Change.After) && (c.Change.Before == nil && !c.NewCluster || c.Change.Before != nil && !unlimited(c.Change.Before)) {
				return []change.Danger{{Message: "the pool has no limit of cpu or memory: nothing but the quota of the account stops what it costs", Field: "spec.limits"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				switch {
				case c.Change.Kind == "NodePool" && strings.HasPrefix(f.Name, "spec.limits.") && f.After == nil:
					return "the limit goes: " + change.Transition(f)
				case (strings.HasPrefix(f.Name, "spec.limits.") || strings.HasPrefix(f.Name, "spec.hard.")) && effect.Less(f.After, f.Before):
					return "the limit goes down: " + change.Transition(f)
				default:
					return ""
				}
			})
		},
	}
}

// unlimited reports whether nothing limits the nodes of a pool: neither CPUs, memory or nodes, nor that their number is fixed (Karpenter,
// NodePools, spec.limits).
func unlimited(pool map[string]any) bool {
	if pool == nil || manifest.ValueAt(pool, "spec", "replicas") != nil {
		return false
	}
	for _, resource := range []string{"cpu", "memory", "nodes"} {
		if manifest.ValueAt(pool, "spec", "limits", resource) != nil {
			return false
		}
	}
	return true
}

// disruptionRule finds budgets by which Karpenter may end most nodes at once, or any where it could end none.
func disruptionRule() Rule {
	return Rule{
		Name: "disruption-budget",
		Doc:  "Karpenter may disrupt more than half of a pool's nodes at once, or some where it could disrupt none",
		Why:  "The next drift, such as an upgrade, then replaces most of a pool at the same time, or nodes of a pool that was to be left alone.",
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind == "NodePool" && c.Change.Before != nil && !c.Retires && (c.Change.Outcome == change.Delete || c.Change.Outcome == change.Replace) {
				return []change.Danger{{Message: "the pool is removed: Karpenter removes all of its nodes, whatever its budgets say"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				switch {
				case c.Change.Group == manifest.EKSGroup && f.Name == "spec.computeConfig.nodePools" && f.After == nil:
					return "EKS's own pool " + change.Value(f.Before) + " is turned off, and all of its nodes are removed"
				case c.Change.Kind == "NodePool" && (f.Name == "spec.disruption.budgets" || f.Name == "spec.disruption.budgets.nodes"):
					return loosened(nodesOf(f.Before), nodesOf(f.After))
				default:
					return ""
				}
			})
		},
	}
}

// nodesOf is how many nodes a budget lets Karpenter end, given the budget or its field nodes; empty without one.
func nodesOf(value any) string {
	if budget, ok := value.(map[string]any); ok {
		value = budget["nodes"]
	}
	if value == nil {
		return ""
	}
	return change.Value(value)
}

// loosened says what Karpenter may do by a budget, a number or a share of the nodes, or nothing. The strictest of the budgets
// of a pool counts (Karpenter, Disruption, NodePool Disruption Budgets).
func loosened(before, after string) string {
	share, isShare := strings.CutSuffix(after, "%")
	n, err := strconv.Atoi(share)
	switch {
	case isShare && err == nil && n > 50:
		return "Karpenter may end " + after + " of the nodes at once"
	case (before == "0" || before == "0%") && before != after:
		return "a budget goes that let Karpenter end no node"
	default:
		return ""
	}
}
