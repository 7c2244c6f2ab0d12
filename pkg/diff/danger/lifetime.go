package danger

import (
	"time"

	"eks-auto-gitops/pkg/diff/change"
)

// lifetimeRule finds nodes that end earlier, and pods that get less time to end.
func lifetimeRule() Rule {
	return Rule{
		Name: "node-lifetime",
		Doc:  "nodes of a pool expire in half the time or less, pods on them get less time to terminate, or nodes become Spot only",
		Why: `Expiration and the end of the terminationGracePeriod are forceful (Karpenter, Disruption, Automated Forceful Methods): no budget
and no PodDisruptionBudget delays them. EC2 reclaims a Spot instance after two minutes' notice.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind != "NodePool" || c.Change.Before == nil || c.Change.After == nil {
				return nil
			}
			return fieldDangers(c, func(f change.Field) string {
				before, after, known := lifetimes(f)
				switch {
				case f.Name == "spec.template.spec.expireAfter" && known && after <= before/2:
					return "every node ends " + change.Value(f.After) + " after its start, whatever budgets say, and its pods are evicted: " + change.Transition(f)
				case f.Name == "spec.template.spec.terminationGracePeriod" && known && after < before:
					return "pods that have not ended by then are killed, whatever their PodDisruptionBudget says: " + change.Transition(f)
				case f.Path == requirements+"[karpenter.sh/capacity-type].values[on-demand]" && f.After == nil:
					return "EC2 may take every node back with two minutes' notice: no On-Demand instance is made any more"
				default:
					return ""
				}
			})
		},
	}
}

// lifetimes are two durations; Never, or none, is the longest.
func lifetimes(f change.Field) (before, after time.Duration, known bool) {
	const never = time.Duration(1<<63 - 1)
	var durations [2]time.Duration
	for i, value := range []any{f.Before, f.After} {
		text, _ := value.(string)
		d, err := time.ParseDuration(text)
		if text == "" || text == "Never" {
			d, err = never, nil
		}
		if err != nil {
			return 0, 0, false
		}
		durations[i] = d
	}
	return durations[0], durations[1], true
}
