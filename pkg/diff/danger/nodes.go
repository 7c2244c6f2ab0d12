package danger

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// evicted is what happens to pods when their node is replaced.
const evicted = ": their pods are evicted and start on new nodes"

// nodesRule finds what makes Karpenter replace nodes.
func nodesRule() Rule {
	return Rule{
		Name: "nodes-replaced",
		Doc:  "nodes are replaced because their pool or their class changes",
		Why: `Karpenter replaces nodes that have drifted from their NodePool and NodeClass (Karpenter, Disruption, Drift). Budgets and
PodDisruptionBudgets delay it until the terminationGracePeriod of a node is over: a pod with one replica is down for as long as it
needs to start, and what is in an emptyDir is lost.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Before == nil || c.Change.After == nil {
				return nil
			}
			found := once(fieldDangers(c, func(f change.Field) string { return drifted(f, &c.Change) }))
			if unplaced(c) {
				for i := range found {
					found[i].Message = strings.TrimSuffix(found[i].Message, evicted) + ", and pods that do not tolerate its taints find no place on the new ones"
				}
			}
			return found
		},
	}
}

// once keeps the first of the dangers that say the same.
func once(dangers []change.Danger) []change.Danger {
	var kept []change.Danger
	for _, d := range dangers {
		if !slices.ContainsFunc(kept, func(other change.Danger) bool { return other.Message == d.Message }) {
			kept = append(kept, d)
		}
	}
	return kept
}

// drifted says which nodes a field makes Karpenter replace, or nothing. What a pool or a class admits in addition replaces none.
func drifted(f change.Field, c *change.Change) string {
	switch {
	case c.Kind == "NodeClass" && c.Group == manifest.AutoGroup:
		return classDrift(f)
	case c.Kind != "NodePool" || !strings.HasPrefix(f.Name, "spec.template."):
		return ""
	case !strings.HasPrefix(f.Name, requirements):
		return "all nodes of the pool are replaced, " + budgets(c.After) + evicted
	case narrows(f, c.After):
		return "nodes that the pool no longer admits are replaced, " + budgets(c.After) + evicted
	default:
		return ""
	}
}

// classDrift says which nodes a field of a node class makes Karpenter replace, or nothing.
func classDrift(f change.Field) string {
	selects := strings.HasPrefix(f.Name, "spec.subnetSelectorTerms") || strings.HasPrefix(f.Name, "spec.securityGroupSelectorTerms")
	reserves := strings.HasPrefix(f.Name, "spec.capacityReservationSelectorTerms")
	switch {
	case !strings.HasPrefix(f.Name, "spec.") || f.Outcome != change.Update:
		return ""
	case reserves && f.Before == nil:
		return ""
	case reserves:
		return "nodes in capacity reservations that the class no longer selects are replaced, within the budgets of its pools" + evicted
	case selects && f.Before == nil && !strings.Contains(f.Name, "Terms."):
		return "" // one more way to be selected
	case selects:
		return "nodes that the class no longer selects subnets or security groups for are replaced, within the budgets of its pools" + evicted
	default:
		return "all nodes of the class are replaced, within the budgets of its pools" + evicted
	}
}

// requirements is where a pool says which nodes it makes.
const requirements = "spec.template.spec.requirements"

// narrows reports whether a field of a requirement shuts out nodes that the pool admitted.
func narrows(f change.Field, pool map[string]any) bool {
	switch strings.TrimPrefix(f.Name, requirements) {
	case "":
		return f.Before == nil
	case ".minValues":
		return false
	case ".values":
		return (f.After == nil) != (operatorOf(f.Path, pool) == "NotIn")
	default:
		return true
	}
}

// operatorOf is the operator of the requirement that a path leads into.
func operatorOf(path string, pool map[string]any) string {
	_, rest, _ := strings.Cut(path, "[")
	for _, item := range manifest.ListAt(pool, "spec", "template", "spec", "requirements") {
		requirement, _ := item.(map[string]any)
		if strings.HasPrefix(rest, manifest.TextAt(requirement, "key")+"]") {
			return manifest.TextAt(requirement, "operator")
		}
	}
	return ""
}

// budgets says how many nodes of a pool go at a time (Karpenter, Disruption, NodePool Disruption Budgets: without any, 10%).
func budgets(pool map[string]any) string {
	var list []string
	for _, item := range manifest.ListAt(pool, "spec", "disruption", "budgets") {
		budget, _ := item.(map[string]any)
		reasons := manifest.ListAt(budget, "reasons")
		if len(reasons) > 0 && !slices.Contains(reasons, any("Drifted")) {
			continue
		}
		text := nodesOf(item)
		if schedule := manifest.TextAt(budget, "schedule"); schedule != "" {
			text += " from " + schedule + " for " + manifest.TextAt(budget, "duration")
		}
		list = append(list, text)
	}
	switch {
	case len(manifest.ListAt(pool, "spec", "disruption", "budgets")) == 0:
		return "at most 10% of them at a time"
	case len(list) == 0:
		return "all at a time, as no budget holds for drift"
	case slices.Contains(list, "0"), slices.Contains(list, "0%"):
		return "but a budget lets Karpenter end none before they expire"
	default:
		return "at most " + strings.Join(list, ", ") + " of them at a time"
	}
}
