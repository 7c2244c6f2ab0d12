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

// InPublic reports whether a node class, or that of a node pool, selects public subnets: by their tag, or by one of the IDs.
func (x Index) InPublic(o *manifest.Object, ids map[string]bool) bool {
	if name := o.Text("spec", "template", "spec", "nodeClassRef", "name"); name != "" {
		o = x.Objects[manifest.ID{Place: o.Place(), Group: manifest.AutoGroup, Kind: "NodeClass", Name: name}]
	}
	return slices.ContainsFunc(manifest.ListAt(manifest.ContentOf(o), "spec", "subnetSelectorTerms"), func(term any) bool {
		content, _ := term.(map[string]any)
		return manifest.TextAt(content, "tags", "kubernetes.io/role/elb") != "" || ids[manifest.TextAt(content, "id")]
	})
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
