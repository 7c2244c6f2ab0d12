package verify

import (
	"fmt"
	"net/netip"
	"slices"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// quota is how many things of a kind a VPC may have (Amazon VPC quotas; AWS PrivateLink quotas).
type quota struct {
	kind, what string
	most       int
	// fixed is set where AWS gives nobody more.
	fixed bool
	// only is what the type of the object has to be, where that counts.
	only string
}

func vpcQuotas() []quota {
	return []quota{
		{"Subnet", "subnets", 200, false, ""},
		{"RouteTable", "route tables", 200, false, ""},
		{"InternetGateway", "internet gateways", 1, true, ""},
		{"EgressOnlyInternetGateway", "egress-only internet gateways", 1, true, ""},
		{"VPCEndpoint", "interface endpoints", 50, false, "Interface"},
		{"VPCEndpoint", "gateway endpoints", 20, false, "Gateway"},
	}
}

// vpc checks the ranges of a VPC and how much it has.
func (t *Tree) vpc(o *Object) diag.List {
	var problems diag.List
	blocks := o.list("spec", "cidrBlocks")
	switch {
	case len(blocks) > 50:
		problems = append(problems, o.problem("spec.cidrBlocks", fmt.Sprintf("has %d ranges, but may have 50", len(blocks)), "take fewer and larger ones"))
	case len(blocks) > 5:
		problems = append(problems, warning(o.problem("spec.cidrBlocks", fmt.Sprintf("has %d ranges, but the quota of a new account is 5", len(blocks)), "take fewer and larger ones, or have the quota raised")))
	}
	var before []netip.Prefix
	for i, item := range blocks {
		at := fieldOf([]any{"spec", "cidrBlocks", i})
		text, _ := item.(string)
		block, faults := o.block(at, text)
		problems = append(problems, faults...)
		if !block.IsValid() {
			continue
		}
		if j := slices.IndexFunc(before, block.Overlaps); j >= 0 {
			problems = append(problems, o.problem(at, fmt.Sprintf("%s overlaps with %s of the same VPC", block, before[j]), "take another range"))
		}
		before = append(before, block)
	}
	for _, q := range vpcQuotas() {
		problems = append(problems, t.within(o, q)...)
	}
	return problems
}

// within counts what a VPC has.
func (t *Tree) within(vpc *Object, q quota) diag.List {
	n := 0
	for _, o := range t.all(vpc.Place(), apischema.GroupKind{Group: vpc.Kind().Group, Kind: q.kind}, vpc.Namespace()) {
		if o.text("spec", "vpcRef", "from", "name") == vpc.Name() && (q.only == "" || orElse(o.text("spec", "vpcEndpointType"), "Gateway") == q.only) {
			n++
		}
	}
	switch {
	case n <= q.most:
		return nil
	case q.fixed:
		return diag.List{vpc.problem("", fmt.Sprintf("has %d %s, but may have %d", n, q.what, q.most), "take some away")}
	}
	return diag.List{warning(vpc.problem("", fmt.Sprintf("has %d %s, but the quota of a new account is %d", n, q.what, q.most), "take fewer, or have the quota raised"))}
}

// block checks a range of a VPC or a subnet: EC2 takes /16 to /28, from its first address.
func (o *Object) block(at, text string) (netip.Prefix, diag.List) {
	block, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !block.Addr().Is4():
		return netip.Prefix{}, diag.List{o.problem(at, fmt.Sprintf("%q is no range of IPv4 addresses", text), "write one such as 10.0.0.0/16")}
	case block.Bits() < 16 || block.Bits() > 28:
		return block, diag.List{o.problem(at, fmt.Sprintf("%s is not between /16 and /28", block), "EC2 takes no other size")}
	case block != block.Masked():
		return block, diag.List{o.problem(at, fmt.Sprintf("%s does not begin with its first address", block), "write "+block.Masked().String())}
	}
	return block, nil
}

// subnet checks that a subnet is inside of its VPC and has addresses of its own.
func (t *Tree) subnet(o *Object) diag.List {
	const at = "spec.cidrBlock"
	text := o.text("spec", "cidrBlock")
	if text == "" {
		return nil // it has IPv6 addresses only
	}
	block, problems := o.block(at, text)
	if len(problems) > 0 {
		return problems
	}
	vpc := o.text("spec", "vpcRef", "from", "name")
	for _, v := range t.find(o.Place(), apischema.GroupKind{Group: o.Kind().Group, Kind: "VPC"}, o.Namespace(), vpc) {
		if !inside(block, v.list("spec", "cidrBlocks")) {
			return diag.List{o.problem(at, fmt.Sprintf("%s is not inside of %s", block, v), "take a part of the range of the VPC")}
		}
	}
	for _, other := range t.all(o.Place(), o.Kind(), o.Namespace()) {
		theirs, err := netip.ParsePrefix(other.text("spec", "cidrBlock"))
		if err == nil && other.Name() < o.Name() && sameVPC(o, other) && theirs.Overlaps(block) {
			return diag.List{o.problem(at, fmt.Sprintf("%s overlaps with %s of %s", block, theirs, other), "take another part of the range of the VPC")}
		}
	}
	return nil
}

func sameVPC(a, b *Object) bool {
	return a.text("spec", "vpcRef", "from", "name") == b.text("spec", "vpcRef", "from", "name") && a.text("spec", "vpcID") == b.text("spec", "vpcID")
}

// inside tells whether a range is part of one of a list.
func inside(block netip.Prefix, list []any) bool {
	for _, item := range list {
		text, _ := item.(string)
		if whole, err := netip.ParsePrefix(text); err == nil && whole.Bits() <= block.Bits() && whole.Contains(block.Addr()) {
			return true
		}
	}
	return len(list) == 0
}
