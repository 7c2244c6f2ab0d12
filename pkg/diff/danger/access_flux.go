package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// isFlux reports whether a principal is Flux on the hub, by the name that gen gives to its role.
func isFlux(c *change.Scoped, principal string) bool {
	return c.Cluster != "" && strings.HasSuffix(principal, "/"+c.Cluster+"-flux")
}

// administers reports whether an access entry lets its principal do everything in the cluster.
func administers(entry map[string]any) bool {
	for _, item := range manifest.ListAt(entry, "spec", "accessPolicies") {
		policy, _ := item.(map[string]any)
		if strings.HasSuffix(manifest.TextAt(policy, "policyARN"), "/AmazonEKSClusterAdminPolicy") && manifest.TextAt(policy, "accessScope", "type") == "cluster" {
			return true
		}
	}
	return false
}

// fluxRoleDangers are those of the role by which Flux finds a cluster: it is asked for by its name, trusts the hub, and may
// describe the cluster.
func fluxRoleDangers(c *change.Scoped) []change.Danger {
	role := c.Change.After
	if role == nil {
		role = c.Change.Before
	}
	if c.NewCluster || c.LostCluster || c.Change.Before == nil || !isFlux(c, "/"+manifest.TextAt(role, "spec", "name")) {
		return nil
	}
	if c.Change.After == nil {
		if c.Change.Outcome != change.Delete {
			return nil
		}
		return []change.Danger{{Message: "Flux loses the role by which it finds the cluster"}}
	}
	for _, f := range c.Change.Fields {
		switch {
		case strings.HasPrefix(f.Name, "spec.assumeRolePolicyDocument"):
			return []change.Danger{{Message: "who may be Flux changes: the hub must still be let in", Field: "spec.assumeRolePolicyDocument"}}
		case strings.HasPrefix(f.Name, "spec.inlinePolicies"), strings.HasPrefix(f.Name, "spec.permissionsBoundary"):
			return []change.Danger{{Message: "what Flux may ask of AWS changes: it must still be allowed to describe the cluster", Field: f.Path}}
		}
	}
	return nil
}
