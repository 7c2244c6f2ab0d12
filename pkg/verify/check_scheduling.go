package verify

import (
	"strings"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// systemTaint is on the nodes of EKS's own pool system (Amazon EKS User Guide, "Review built-in node pools").
const systemTaint = "CriticalAddonsOnly"

// schedulingCheck holds the pods of releases to the taints of the cluster's pools.
func schedulingCheck() Check {
	return Check{
		Name: "scheduling",
		Doc:  "Where every node pool has taints, each release that gen knows tolerates those of one of them.",
		Why: "Karpenter makes no node for a pod that tolerates the taints of no pool. It stays Pending, the release is never ready, " +
			"and the chain waits for it until its time-out.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, release := range t.kind(helmGroup, "HelmRelease") {
				facts := t.facts(release)
				pools, known := t.pools(release)
				if facts == nil || !known {
					continue
				}
				if pods := pending(facts, release, pools); pods != "" {
					problems = append(problems, warning(t.eksCluster(release).problem("spec.computeConfig.nodePools", pods+" of "+release.String()+" tolerates the taints of no node pool, and stays Pending",
						"add a pool without taints, such as builtIn: [general-purpose], or tolerations to the values of the release")))
				}
			}
			return problems
		},
	}
}

// pools are the taints of each pool of the cluster of a release. They are known where the cluster is in the tree, has a pool, and
// nothing of it could not be built.
func (t *Tree) pools(release *Object) (taints [][]any, known bool) {
	cluster := t.eksCluster(release)
	if cluster == nil || t.broken[""] || t.broken[release.destination()] {
		return nil, false
	}
	for _, name := range cluster.texts("spec", "computeConfig", "nodePools") {
		var own []any
		if name == "system" {
			own = []any{map[string]any{"key": systemTaint, "effect": "NoSchedule"}}
		}
		taints = append(taints, own)
	}
	for _, pool := range t.kind(karpenterGroup, "NodePool") {
		if pool.home() == release.Namespace() {
			taints = append(taints, pool.list("spec", "template", "spec", "taints"))
		}
	}
	return taints, len(taints) > 0
}

// pending is the first workload of a release whose pods fit no pool, or empty.
func pending(facts *charts.Facts, release *Object, pools [][]any) string {
	values, _ := release.value("spec", "values").(map[string]any)
	for _, pods := range facts.Pods {
		if strings.Contains(pods.Name, "windows") {
			continue // Auto Mode has no such nodes
		}
		tolerations := pods.With(values)
		fits := false
		for _, taints := range pools {
			fits = fits || toleratesAll(tolerations, taints)
		}
		if !fits {
			return pods.Name
		}
	}
	return ""
}

// toleratesAll tells whether tolerations stand for all taints that keep pods away (Kubernetes, Taints and Tolerations).
func toleratesAll(tolerations, taints []any) bool {
	for _, taint := range taints {
		if field(taint, "effect") != "PreferNoSchedule" && !tolerates(tolerations, taint) {
			return false
		}
	}
	return true
}

func tolerates(tolerations []any, taint any) bool {
	for _, t := range tolerations {
		exists := field(t, "operator") == "Exists"
		key := field(t, "key")
		sameKey := key == field(taint, "key") || key == "" && exists
		sameEffect := field(t, "effect") == "" || field(t, "effect") == field(taint, "effect")
		if sameKey && sameEffect && (exists || field(t, "value") == field(taint, "value")) {
			return true
		}
	}
	return false
}
