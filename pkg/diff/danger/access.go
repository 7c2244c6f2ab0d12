package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// accessRule finds principals that get or lose a cluster.
func accessRule() Rule {
	return Rule{
		Name: "access",
		Doc:  "a principal gains or loses access to a cluster, or addresses lose access to its Kubernetes API",
		Why: `Whoever loses the entry is locked out at once, even the hub's own role. A principal cannot be changed: one entry is deleted and
another created.`,
		find: func(c *change.Scoped) []change.Danger {
			switch {
			case c.Change.Kind == "AccessEntry" && c.Change.Group == manifest.EKSGroup:
				return entryDangers(c)
			case c.Change.Kind == "Role" && c.Change.Group == manifest.IAMGroup:
				return fluxRoleDangers(c)
			case c.Change.Kind == "Cluster" && c.Change.Group == manifest.EKSGroup:
				return fieldDangers(c, func(f change.Field) string { return closed(f, &c.Change) })
			default:
				return nil
			}
		},
	}
}

// entryDangers are those of an access entry.
func entryDangers(c *change.Scoped) []change.Danger {
	if c.NewCluster && c.Cluster != "" || c.LostCluster {
		return nil // every entry of a cluster comes with it and goes with it
	}
	switch {
	case c.Change.After == nil && c.Change.Outcome != change.Delete:
		return nil
	case c.Change.After == nil && isFlux(c, manifest.TextAt(c.Change.Before, "spec", "principalARN")):
		return []change.Danger{{Message: "Flux loses the cluster: nothing is delivered into it any more"}}
	case c.Change.After == nil:
		return []change.Danger{{Message: manifest.TextAt(c.Change.Before, "spec", "principalARN") + " loses the cluster"}}
	case c.Change.Before == nil:
		return []change.Danger{{Message: manifest.TextAt(c.Change.After, "spec", "principalARN") + " gets into the cluster" + policiesText(c.Change.After)}}
	}
	principal := manifest.TextAt(c.Change.After, "spec", "principalARN")
	if isFlux(c, principal) && administers(c.Change.Before) && !administers(c.Change.After) {
		return []change.Danger{{Message: "Flux may no longer do everything in the cluster: what it may not is Forbidden, and with it the whole stage", Field: "spec.accessPolicies"}}
	}
	return fieldDangers(c, func(f change.Field) string {
		if strings.HasPrefix(f.Name, "spec.accessPolicies") || f.Name == "spec.kubernetesGroups" || f.Name == "spec.username" {
			return "what " + principal + " may do changes: " + change.Transition(f)
		}
		return ""
	})
}

// closed says who can no longer reach a cluster because of a field, or nothing. To list whom to let in, in the place of
// everybody, is no danger but a good deed.
func closed(f change.Field, c *change.Change) string {
	const config = "spec.resourcesVPCConfig."
	switch {
	case f.Name == config+"endpointPublicAccess" && f.Before == true && f.After != true:
		return "who is outside of the VPC loses the Kubernetes API, the hub too if it is"
	case f.Name == config+"endpointPrivateAccess" && f.Before == true && f.After != true:
		return "nodes lose the way to the Kubernetes API inside of the VPC: they need one through the internet"
	case f.Name == config+"publicAccessCIDRs" && f.Before != nil && !f.Order && isPublic(c.After) && !endpointForAll(c.After) && !everyAddress(change.Value(f.Before)) &&
		!covered(f.Before, manifest.ListAt(c.After, "spec", "resourcesVPCConfig", "publicAccessCIDRs")):
		return change.Value(f.Before) + " reaches the Kubernetes API only as far as the other ranges go"
	default:
		return ""
	}
}

// isPublic reports whether the Kubernetes API of a cluster can be reached from the internet.
func isPublic(cluster map[string]any) bool {
	return manifest.ValueAt(cluster, "spec", "resourcesVPCConfig", "endpointPublicAccess") != false
}

// policiesText names the access policies of an entry.
func policiesText(entry map[string]any) string {
	var names []string
	for _, item := range manifest.ListAt(entry, "spec", "accessPolicies") {
		policy, _ := item.(map[string]any)
		arn, _ := policy["policyARN"].(string)
		names = append(names, arn[strings.LastIndexByte(arn, '/')+1:])
	}
	if len(names) == 0 {
		return ""
	}
	return " with " + strings.Join(names, ", ")
}
