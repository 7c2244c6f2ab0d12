package aws

import (
	"fmt"
	"net/netip"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// NetworkCheck looks for networks that AWS makes and in which a cluster does not work.
func NetworkCheck() check.Check {
	return check.Check{
		Name: "network",
		Doc:  "The Kubernetes API can be reached, nodes have DNS and a way out of their subnets, pods can be allowed traffic, and no security group is open to everybody.",
		Why: "AWS accepts all of it without an error. Nodes without a default route or without DNS host names never join, " +
			"load balancers in subnets without an internet gateway receive no traffic, and a cluster whose endpoint is closed " +
			"on both sides can be reopened only through the AWS API.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range t.Objects() {
				switch o.Kind().String() {
				case "Cluster.eks.services.k8s.aws":
					problems = append(problems, endpoint(o)...)
				case "VPC.ec2.services.k8s.aws":
					problems = append(problems, hostNames(t, o)...)
				case "Subnet.ec2.services.k8s.aws":
					problems = append(problems, wayOut(t, o)...)
				case "SecurityGroup.ec2.services.k8s.aws":
					problems = append(problems, open(o)...)
				case "NodeClass.eks.amazonaws.com":
					problems = append(problems, denies(t, o)...)
				}
			}
			return problems
		},
	}
}

// endpoint is who reaches the Kubernetes API (Amazon EKS User Guide, "Cluster API server endpoint"). EKS's own default
// is public.
func endpoint(o *manifest.Object) diag.List {
	const at = "spec.resourcesVPCConfig."
	var problems diag.List
	if o.Value(manifest.KeysOf(at+"endpointPublicAccess")...) == false && o.Value(manifest.KeysOf(at+"endpointPrivateAccess")...) != true {
		problems = append(problems, o.Problem(at+"endpointPrivateAccess", config.EndpointClosed, "set endpointPublicAccess or endpointPrivateAccess to true"))
	}
	ranges := o.Texts("spec", "resourcesVPCConfig", "publicAccessCIDRs")
	if len(ranges) == 0 && o.Value(manifest.KeysOf(at+"endpointPublicAccess")...) != false {
		problems = append(problems, check.Warning(o.Problem(at+"publicAccessCIDRs", "names no range, so that the Kubernetes API is open to every address",
			"name the ranges that may reach it, also 0.0.0.0/0 if that is meant")))
	}
	for i, text := range ranges {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			continue // the check limits says it
		}
		if fault := config.PublicRangeFault(prefix); fault != "" {
			problems = append(problems, o.Problem(fmt.Sprintf("%spublicAccessCIDRs[%d]", at, i), fault,
				"no request to the public endpoint comes from there, and EKS refuses it; endpointPrivateAccess: true covers the VPC"))
		}
	}
	return problems
}

// hostNames: nodes join by the names of their VPC (Amazon EKS User Guide, "Amazon EKS networking requirements for VPC and
// subnets"). EC2 gives a new VPC DNS, but no host names.
func hostNames(t *manifest.Tree, o *manifest.Object) diag.List {
	if !hasCluster(t, o.Namespace()) {
		return nil
	}
	var problems diag.List
	if o.Value("spec", "enableDNSHostnames") != true {
		problems = append(problems, o.Problem("spec.enableDNSHostnames", "is not true: without DNS host names no node joins, and private names of endpoints lead nowhere", "set it to true"))
	}
	if o.Value("spec", "enableDNSSupport") == false {
		problems = append(problems, o.Problem("spec.enableDNSSupport", "is false: without DNS in the VPC no node finds the Kubernetes API", "set it to true"))
	}
	return problems
}

func hasCluster(t *manifest.Tree, namespace string) bool {
	for _, cluster := range t.OfKind(manifest.EKSGroup, "Cluster") {
		if cluster.Namespace() == namespace {
			return true
		}
	}
	return false
}

// open are the rules that let every address in to everything, or to where people log in (Amazon VPC User Guide, Security
// group rules). Other ports may be for the world.
func open(o *manifest.Object) diag.List {
	var problems diag.List
	for i, item := range o.List("spec", "ingressRules") {
		rule, _ := item.(map[string]any)
		what := loginOf(rule)
		for _, part := range []string{"ipRanges", "ipv6Ranges"} {
			ranges, _ := rule[part].([]any)
			for j, item := range ranges {
				text := manifest.OrElse(manifest.Field(item, "cidrIP"), manifest.Field(item, "cidrIPv6"))
				prefix, err := netip.ParsePrefix(text)
				if what != "" && err == nil && prefix.Bits() == 0 {
					problems = append(problems, check.Warning(o.Problem(manifest.FieldOf([]any{"spec", "ingressRules", i, part, j}),
						fmt.Sprintf("lets every address in to %s", what), "name the ranges and the ports that are needed")))
				}
			}
		}
	}
	return problems
}

// loginOf is what a rule opens that is for nobody outside: all ports, or those of SSH and RDP. Empty if it is neither.
func loginOf(rule map[string]any) string {
	switch protocol := manifest.Field(rule, "ipProtocol"); protocol {
	case "-1":
		return "all ports"
	case "tcp", "6":
	default:
		return ""
	}
	from, hasFrom := rule["fromPort"].(int64)
	to, hasTo := rule["toPort"].(int64)
	switch {
	case !hasFrom || !hasTo:
		return ""
	case from <= 1 && to >= 65535:
		return "all ports"
	case from <= 22 && 22 <= to:
		return "port 22, SSH"
	case from <= 3389 && 3389 <= to:
		return "port 3389, RDP"
	}
	return ""
}
