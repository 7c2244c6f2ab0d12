package aws

import (
	"fmt"
	"net/netip"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// routes checks that a route table has one route to each destination.
func routes(o *manifest.Object) diag.List {
	var problems diag.List
	seen := map[string]bool{}
	for i, route := range o.List("spec", "routes") {
		for _, name := range []string{"destinationCIDRBlock", "destinationIPv6CIDRBlock"} {
			text := manifest.Field(route, name)
			at := manifest.FieldOf([]any{"spec", "routes", i, name})
			if _, err := netip.ParsePrefix(text); text != "" && err != nil {
				problems = append(problems, o.Problem(at, fmt.Sprintf("%q is no range of addresses", text), "write one such as 0.0.0.0/0"))
			} else if text != "" && seen[text] {
				problems = append(problems, o.Problem(at, "there is a route to "+text+" already", "keep one of the two"))
			}
			seen[text] = true
		}
	}
	return problems
}

// groupRules counts the rules of a security group: EC2 makes one of each range, group and list (Amazon VPC quotas).
func groupRules(o *manifest.Object) diag.List {
	var problems diag.List
	for _, direction := range []string{"ingressRules", "egressRules"} {
		n := 0
		for i, rule := range o.List("spec", direction) {
			fields, _ := rule.(map[string]any)
			for _, part := range []string{"ipRanges", "ipv6Ranges", "prefixListIDs", "userIDGroupPairs"} {
				items, _ := fields[part].([]any)
				n += len(items)
				for j, item := range items {
					text := manifest.OrElse(manifest.Field(item, "cidrIP"), manifest.Field(item, "cidrIPv6"))
					if _, err := netip.ParsePrefix(text); text != "" && err != nil {
						problems = append(problems, o.Problem(manifest.FieldOf([]any{"spec", direction, i, part, j}), fmt.Sprintf("%q is no range of addresses", text), "write one such as 10.0.0.0/16"))
					}
				}
			}
		}
		if n > 60 {
			problems = append(problems, check.Warning(o.Problem("spec."+direction, fmt.Sprintf("has %d rules, but the quota of a new account is 60", n), "join ranges, or have the quota raised")))
		}
	}
	return problems
}
