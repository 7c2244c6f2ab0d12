package iam

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"

	"eks-auto-gitops/pkg/config"
)

// takenOut reports whether a role, or what gives it to pods, is left of something that clusters.yaml takes out of the cluster:
// it stays until the pods are gone. gen names both after the cluster and what they are for.
func takenOut(t *manifest.Tree, o *manifest.Object) bool {
	fleet := t.Fleet()
	if fleet == nil {
		return false
	}
	home := o.Home()
	for i := range fleet.Clusters {
		c := &fleet.Clusters[i]
		if c.Name != home {
			continue
		}
		return slices.ContainsFunc(c.Retiring(), func(r config.Retiring) bool {
			own := c.Name + "-" + r.Name
			return o.Name() == own || strings.HasPrefix(o.Name(), own+"-")
		})
	}
	return false
}
