package release

import (
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// systemTaint is on the nodes of EKS's own pool system (Amazon EKS User Guide, "Review built-in node pools").
const systemTaint = "CriticalAddonsOnly"

// SchedulingCheck holds the pods of releases to the taints of the cluster's pools.
func SchedulingCheck() check.Check {
	return check.Check{
		Name: "scheduling",
		Doc:  "Where every node pool has taints, each release that gen knows tolerates those of at least one pool.",
		Why: "Karpenter launches no node for a pod that tolerates the taints of no pool. It stays Pending, the release is never ready, " +
			"and the chain waits for it until its timeout.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			facts := known{}
			for _, release := range t.OfKind(manifest.HelmGroup, "HelmRelease") {
				of := facts.of(t, release)
				pools, ok := pools(t, release)
				if of == nil || !ok {
					continue
				}
				if pods := pending(of, release, pools); pods != "" {
					problems = append(problems, check.Warning(at(t, release, pods+" of "+release.String()+" tolerates the taints of no node pool, and stays Pending",
						"add a pool without taints, such as builtIn: [general-purpose], or tolerations to the values of the release")))
				}
			}
			return problems
		},
	}
}

// at is the place of a problem with all pools of the cluster of a release: a patch that gives one of them taints, or the pools in
// clusters.yaml.
func at(t *manifest.Tree, release *manifest.Object, message, hint string) diag.Problem {
	for _, pool := range t.OfKind(manifest.KarpenterGroup, "NodePool") {
		const taints = "spec.template.spec.taints"
		if pool.Home() == release.Home() && pool.Value(manifest.KeysOf(taints)...) != nil {
			if p := pool.Problem(taints, message, hint); manifest.ByUser(p.File) {
				return p
			}
		}
	}
	return t.InClusters(t.EKSCluster(release).Problem("spec.computeConfig.nodePools", message, hint), "nodes", "pools")
}

// pools are the taints of each pool of the cluster of a release. They are known where the cluster is in the tree, has a pool, and
// nothing of it could not be built.
func pools(t *manifest.Tree, release *manifest.Object) (taints [][]any, known bool) {
	cluster := t.EKSCluster(release)
	if cluster == nil || t.Broken[""] || t.Broken[release.Destination()] {
		return nil, false
	}
	for _, name := range cluster.Texts("spec", "computeConfig", "nodePools") {
		var own []any
		if name == "system" {
			own = []any{map[string]any{"key": systemTaint, "effect": "NoSchedule"}}
		}
		taints = append(taints, own)
	}
	for _, pool := range t.OfHome(manifest.KarpenterGroup, "NodePool", release.Namespace()) {
		taints = append(taints, pool.List("spec", "template", "spec", "taints"))
	}
	return taints, len(taints) > 0
}

// pending is the first workload of a release whose pods fit no pool, or empty.
func pending(facts *charts.Facts, release *manifest.Object, pools [][]any) string {
	values, _ := release.Value("spec", "values").(map[string]any)
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

// toleratesAll reports whether tolerations stand for all taints that keep pods away (Kubernetes, Taints and Tolerations).
func toleratesAll(tolerations, taints []any) bool {
	for _, taint := range taints {
		if manifest.Field(taint, "effect") != "PreferNoSchedule" && !tolerates(tolerations, taint) {
			return false
		}
	}
	return true
}

func tolerates(tolerations []any, taint any) bool {
	for _, t := range tolerations {
		exists := manifest.Field(t, "operator") == "Exists"
		key := manifest.Field(t, "key")
		sameKey := key == manifest.Field(taint, "key") || key == "" && exists
		sameEffect := manifest.Field(t, "effect") == "" || manifest.Field(t, "effect") == manifest.Field(taint, "effect")
		if sameKey && sameEffect && (exists || manifest.Field(t, "value") == manifest.Field(taint, "value")) {
			return true
		}
	}
	return false
}
