package verify

import (
	"fmt"
	"net/netip"

	"eks-auto-gitops/pkg/diag"
)

// routes checks that a route table has one route to each destination.
func (o *Object) routes() diag.List {
	var problems diag.List
	seen := map[string]bool{}
	for i, route := range o.list("spec", "routes") {
		for _, name := range []string{"destinationCIDRBlock", "destinationIPv6CIDRBlock"} {
			text := field(route, name)
			at := fieldOf([]any{"spec", "routes", i, name})
			if _, err := netip.ParsePrefix(text); text != "" && err != nil {
				problems = append(problems, o.problem(at, fmt.Sprintf("%q is no range of addresses", text), "write one such as 0.0.0.0/0"))
			} else if text != "" && seen[text] {
				problems = append(problems, o.problem(at, "there is a route to "+text+" already", "keep one of the two"))
			}
			seen[text] = true
		}
	}
	return problems
}

// rules counts the rules of a security group: EC2 makes one of each range, group and list (Amazon VPC quotas).
func (o *Object) rules() diag.List {
	var problems diag.List
	for _, direction := range []string{"ingressRules", "egressRules"} {
		n := 0
		for i, rule := range o.list("spec", direction) {
			fields, _ := rule.(map[string]any)
			for _, part := range []string{"ipRanges", "ipv6Ranges", "prefixListIDs", "userIDGroupPairs"} {
				items, _ := fields[part].([]any)
				n += len(items)
				for j, item := range items {
					text := orElse(field(item, "cidrIP"), field(item, "cidrIPv6"))
					if _, err := netip.ParsePrefix(text); text != "" && err != nil {
						problems = append(problems, o.problem(fieldOf([]any{"spec", direction, i, part, j}), fmt.Sprintf("%q is no range of addresses", text), "write one such as 10.0.0.0/16"))
					}
				}
			}
		}
		if n > 60 {
			problems = append(problems, warning(o.problem("spec."+direction, fmt.Sprintf("has %d rules, but the quota of a new account is 60", n), "join ranges, or have the quota raised")))
		}
	}
	return problems
}
