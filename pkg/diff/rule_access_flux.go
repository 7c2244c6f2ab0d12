package diff

import "strings"

// isFlux tells whether a principal is Flux on the hub, by the name that gen gives to its role.
func isFlux(c *scoped, principal string) bool {
	return c.Cluster != "" && strings.HasSuffix(principal, "/"+c.Cluster+"-flux")
}

// administers tells whether an access entry lets its principal do everything in the cluster.
func administers(entry map[string]any) bool {
	for _, item := range listAt(entry, "spec", "accessPolicies") {
		policy, _ := item.(map[string]any)
		if strings.HasSuffix(textAt(policy, "policyARN"), "/AmazonEKSClusterAdminPolicy") && textAt(policy, "accessScope", "type") == "cluster" {
			return true
		}
	}
	return false
}

// fluxRoleDangers are those of the role by which Flux finds a cluster: it is asked for by its name, trusts the hub, and may
// describe the cluster.
func fluxRoleDangers(c *scoped) []Danger {
	role := c.change.After
	if role == nil {
		role = c.change.Before
	}
	if c.newCluster || c.lostCluster || c.change.Before == nil || !isFlux(c, "/"+textAt(role, "spec", "name")) {
		return nil
	}
	if c.change.After == nil {
		if c.change.Outcome != Delete {
			return nil
		}
		return []Danger{{Message: "Flux loses the role by which it finds the cluster"}}
	}
	for _, f := range c.change.Fields {
		switch {
		case strings.HasPrefix(f.Name, "spec.assumeRolePolicyDocument"):
			return []Danger{{Message: "who may be Flux changes: the hub must still be let in", Field: "spec.assumeRolePolicyDocument"}}
		case strings.HasPrefix(f.Name, "spec.inlinePolicies"), strings.HasPrefix(f.Name, "spec.permissionsBoundary"):
			return []Danger{{Message: "what Flux may ask of AWS changes: it must still be allowed to describe the cluster", Field: f.Path}}
		}
	}
	return nil
}
