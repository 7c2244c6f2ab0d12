package aws

import (
	"fmt"
	"net/netip"
	"slices"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

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
func vpc(t *manifest.Tree, o *manifest.Object) diag.List {
	var problems diag.List
	blocks := o.List("spec", "cidrBlocks")
	switch {
	case len(blocks) > 50:
		problems = append(problems, o.Problem("spec.cidrBlocks", fmt.Sprintf("has %d ranges, but may have 50", len(blocks)), "take fewer and larger ones"))
	case len(blocks) > 5:
		problems = append(problems, check.Warning(o.Problem("spec.cidrBlocks", fmt.Sprintf("has %d ranges, but the quota of a new account is 5", len(blocks)), "take fewer and larger ones, or have the quota raised")))
	}
	var before []netip.Prefix
	for i, item := range blocks {
		at := manifest.FieldOf([]any{"spec", "cidrBlocks", i})
		text, _ := item.(string)
		block, faults := block(o, at, text)
		problems = append(problems, faults...)
		if !block.IsValid() {
			continue
		}
		if j := slices.IndexFunc(before, block.Overlaps); j >= 0 {
			problems = append(problems, o.Problem(at, fmt.Sprintf("%s overlaps with %s of the same VPC", block, before[j]), "take another range"))
		}
		before = append(before, block)
	}
	for _, q := range vpcQuotas() {
		problems = append(problems, within(t, o, q)...)
	}
	return problems
}

// within counts what a VPC has.
func within(t *manifest.Tree, vpc *manifest.Object, q quota) diag.List {
	n := 0
	for _, o := range t.All(vpc.Place(), apischema.GroupKind{Group: vpc.Kind().Group, Kind: q.kind}, vpc.Namespace()) {
		if o.Text("spec", "vpcRef", "from", "name") == vpc.Name() && (q.only == "" || manifest.OrElse(o.Text("spec", "vpcEndpointType"), "Gateway") == q.only) {
			n++
		}
	}
	switch {
	case n <= q.most:
		return nil
	case q.fixed:
		return diag.List{vpc.Problem("", fmt.Sprintf("has %d %s, but may have %d", n, q.what, q.most), "take some away")}
	}
	return diag.List{check.Warning(vpc.Problem("", fmt.Sprintf("has %d %s, but the quota of a new account is %d", n, q.what, q.most), "take fewer, or have the quota raised"))}
}

// block checks a range of a VPC or a subnet: EC2 takes /16 to /28, from its first address.
func block(o *manifest.Object, at, text string) (netip.Prefix, diag.List) {
	block, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !block.Addr().Is4():
		return netip.Prefix{}, diag.List{o.Problem(at, fmt.Sprintf("%q is no range of IPv4 addresses", text), "write one such as 10.0.0.0/16")}
	case block.Bits() < 16 || block.Bits() > 28:
		return block, diag.List{o.Problem(at, fmt.Sprintf("%s is not between /16 and /28", block), "EC2 takes no other size")}
	case block != block.Masked():
		return block, diag.List{o.Problem(at, fmt.Sprintf("%s does not begin with its first address", block), "write "+block.Masked().String())}
	}
	return block, nil
}

// subnet checks that a subnet is inside of its VPC and has addresses of its own.
func subnet(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.cidrBlock"
	text := o.Text("spec", "cidrBlock")
	if text == "" {
		return nil // it has IPv6 addresses only
	}
	block, problems := block(o, at, text)
	if len(problems) > 0 {
		return problems
	}
	vpc := o.Text("spec", "vpcRef", "from", "name")
	for _, v := range t.Find(o.Place(), apischema.GroupKind{Group: o.Kind().Group, Kind: "VPC"}, o.Namespace(), vpc) {
		if !inside(block, v.List("spec", "cidrBlocks")) {
			return diag.List{o.Problem(at, fmt.Sprintf("%s is not inside of %s", block, v), "take a part of the range of the VPC")}
		}
	}
	for _, other := range t.All(o.Place(), o.Kind(), o.Namespace()) {
		theirs, err := netip.ParsePrefix(other.Text("spec", "cidrBlock"))
		if err == nil && other.Name() < o.Name() && sameVPC(o, other) && theirs.Overlaps(block) {
			return diag.List{o.Problem(at, fmt.Sprintf("%s overlaps with %s of %s", block, theirs, other), "take another part of the range of the VPC")}
		}
	}
	return nil
}

func sameVPC(a, b *manifest.Object) bool {
	return a.Text("spec", "vpcRef", "from", "name") == b.Text("spec", "vpcRef", "from", "name") && a.Text("spec", "vpcID") == b.Text("spec", "vpcID")
}

// inside reports whether a range is part of one of a list.
func inside(block netip.Prefix, list []any) bool {
	for _, item := range list {
		text, _ := item.(string)
		if whole, err := netip.ParsePrefix(text); err == nil && whole.Bits() <= block.Bits() && whole.Contains(block.Addr()) {
			return true
		}
	}
	return len(list) == 0
}
