package effect

import (
	"slices"

	"eks-auto-gitops/pkg/manifest"
)

// TakesAll reports whether a pool accepts pods without tolerations; one that does not exist accepts none (Kubernetes, Taints and
// Tolerations: PreferNoSchedule keeps no pod away).
func TakesAll(pool map[string]any) bool {
	for _, item := range manifest.ListAt(pool, "spec", "template", "spec", "taints") {
		taint, _ := item.(map[string]any)
		if manifest.TextAt(taint, "effect") != "PreferNoSchedule" {
			return false
		}
	}
	return pool != nil
}

// Pools are the pools of a cluster that take pods without tolerations; EKS's own pool general-purpose is one (Amazon EKS User Guide,
// Enable or Disable Built-in NodePools).
func (x Index) Pools(cluster string) []string {
	var names []string
	for _, key := range x.Order {
		o := x.Objects[key]
		switch {
		case o.Cluster() != cluster:
		case key.Kind == "NodePool" && TakesAll(o.Content):
			names = append(names, key.Name)
		case key.Group == manifest.EKSGroup && key.Kind == "Cluster" &&
			slices.Contains(manifest.ListAt(o.Content, "spec", "computeConfig", "nodePools"), any("general-purpose")):
			names = append(names, "general-purpose")
		}
	}
	return names
}
