package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// opensRange says which further addresses a list of ranges lets in, or nothing. Where such a list is empty, every address is let in:
// of load balancers that are made for ingresses and services (Amazon EKS User Guide, Create an IngressClass to configure an
// Application Load Balancer; Use Service Annotations to configure Network Load Balancers).
func opensRange(f change.Field, c *change.Change) string {
	switch {
	case c.Kind == "IngressClassParams" && c.Group == manifest.AutoGroup && strings.HasPrefix(f.Name, "spec.inboundCIDRs"):
		return letIn(f, c, "load balancers of the class let", "spec", "inboundCIDRs")
	case c.Kind == "Service" && c.Group == "" && strings.HasPrefix(f.Name, "spec.loadBalancerSourceRanges"):
		return letIn(f, c, "the load balancer lets", "spec", "loadBalancerSourceRanges")
	case c.Kind == "SecurityGroup" && strings.HasPrefix(f.Name, "spec.ingressRules"):
		return groupOpened(f, c)
	default:
		return ""
	}
}

// letIn says what a field of a list adds to it. From none to one it lets in less than before.
func letIn(f change.Field, c *change.Change, who string, list ...string) string {
	before, after := manifest.ListAt(c.Before, list...), manifest.ListAt(c.After, list...)
	switch {
	case len(before) == 0:
		return ""
	case len(after) == 0:
		return who + " every address in at once: where no range is named, that is the default"
	case f.After == nil || covered(f.After, before):
		return ""
	default:
		return who + " " + change.Value(f.After) + " in at once"
	}
}

// groupOpened says which addresses a security group lets in that it let in by none of its rules, or nothing.
func groupOpened(f change.Field, c *change.Change) string {
	if f.After != nil && everyAddress(change.Value(f.After)) {
		return "the security group opens to every address"
	}
	before := ranges(manifest.ListAt(c.Before, "spec", "ingressRules"))
	for _, r := range ranges(f.After) {
		if !covered(r, before) {
			return "the security group lets " + change.Value(r) + " in at once"
		}
	}
	return ""
}

// ranges are the texts in a value that are ranges of addresses.
func ranges(value any) []any {
	var found []any
	switch v := value.(type) {
	case map[string]any:
		for _, key := range []string{"ipRanges", "ipv6Ranges", "cidrIP", "cidrIPv6"} {
			found = append(found, ranges(v[key])...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, ranges(inner)...)
		}
	case string:
		if _, ok := prefix(v); ok {
			found = append(found, v)
		}
	}
	return found
}
