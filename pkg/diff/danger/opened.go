package danger

import (
	"net/netip"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// openedRule finds what becomes reachable for more of the world.
func openedRule() Rule {
	return Rule{
		Name: "endpoint-opened",
		Doc:  "the Kubernetes API, a security group or a load balancer opens to more addresses",
		Why: `Whatever listens there is found within minutes. Without ranges, the public endpoint of a cluster is open to every address (Amazon EKS
User Guide, Configure network access to cluster API server endpoint).`,
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string { return opened(f, &c.Change) })
		},
	}
}

// opened says what a field opens, or nothing.
func opened(f change.Field, c *change.Change) string {
	switch {
	case f.Name == "spec.resourcesVPCConfig.endpointPublicAccess" && f.After == true:
		return "the Kubernetes API opens to the internet, some minutes after the push"
	case f.Name == "spec.resourcesVPCConfig.publicAccessCIDRs" && f.After != nil && !covered(f.After, manifest.ListAt(c.Before, "spec", "resourcesVPCConfig", "publicAccessCIDRs")):
		return "the Kubernetes API opens to " + change.Value(f.After) + ", some minutes after the push"
	case strings.HasPrefix(f.Name, "spec.resourcesVPCConfig.publicAccessCIDRs") && f.After == nil && endpointForAll(c.After):
		return "the Kubernetes API opens to every address: where no range is named, EKS takes 0.0.0.0/0"
	case f.After == "internet-facing", leavesInternal(f):
		return "load balancers open to the internet: " + change.Transition(f)
	default:
		return opensRange(f, c)
	}
}

// endpointForAll reports whether a cluster has a public endpoint and names no range for it.
func endpointForAll(cluster map[string]any) bool {
	return cluster != nil && manifest.ValueAt(cluster, "spec", "resourcesVPCConfig", "endpointPublicAccess") != false &&
		len(manifest.ListAt(cluster, "spec", "resourcesVPCConfig", "publicAccessCIDRs")) == 0
}

// everyAddress reports whether a rule of a security group is for all of IPv4 or IPv6.
func everyAddress(text string) bool {
	return strings.Contains(text, "0.0.0.0/0") || strings.Contains(text, "::/0")
}

// leavesInternal reports whether an Ingress goes from a class that is for inside, by its name, to one that is not.
func leavesInternal(f change.Field) bool {
	last := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
	if last != "className" && last != "ingressClassName" || f.After == nil {
		return false
	}
	return strings.Contains(change.Value(f.Before), "internal") && !strings.Contains(change.Value(f.After), "internal")
}

// covered reports whether a range of addresses lies in one of a list.
func covered(value any, list []any) bool {
	inner, ok := prefix(value)
	for _, item := range list {
		outer, known := prefix(item)
		if ok && known && outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr()) {
			return true
		}
	}
	return false
}

func prefix(value any) (netip.Prefix, bool) {
	text, _ := value.(string)
	p, err := netip.ParsePrefix(text)
	return p, err == nil
}
