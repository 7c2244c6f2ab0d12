package aws

import (
	"fmt"
	"net/netip"
	"slices"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// family checks what an IP family shuts out (EKS API, KubernetesNetworkConfigRequest, RemoteNetworkConfigRequest).
func family(o *manifest.Object) diag.List {
	if o.Text("spec", "kubernetesNetworkConfig", "ipFamily") != "ipv6" {
		return nil
	}
	var problems diag.List
	if o.Text("spec", "kubernetesNetworkConfig", "serviceIPv4CIDR") != "" {
		problems = append(problems, o.Problem("spec.kubernetesNetworkConfig.serviceIPv4CIDR", "an IPv6 cluster has no IPv4 range of services", "EKS chooses one of IPv6; take it away"))
	}
	if o.Value("spec", "remoteNetworkConfig") != nil {
		problems = append(problems, o.Problem("spec.remoteNetworkConfig", "hybrid nodes have IPv4 addresses only", "use ipFamily ipv4, or take it away"))
	}
	return problems
}

// A held range belongs to something already.
type held struct {
	prefix netip.Prefix
	what   string
}

// remote checks the networks of hybrid nodes (Amazon EKS User Guide, Prepare networking for hybrid nodes).
func remote(t *manifest.Tree, o *manifest.Object) diag.List {
	var problems diag.List
	taken := heldBy(t, o)
	for _, list := range []string{"remoteNodeNetworks", "remotePodNetworks"} {
		for i, item := range o.List("spec", "remoteNetworkConfig", list) {
			fields, _ := item.(map[string]any)
			for j, text := range manifest.TextsOf(fields["cidrs"]) {
				at := fmt.Sprintf("spec.remoteNetworkConfig.%s[%d].cidrs[%d]", list, i, j)
				prefix, err := netip.ParsePrefix(text)
				if err != nil || !prefix.Addr().Is4() || prefix != prefix.Masked() {
					problems = append(problems, o.Problem(at, fmt.Sprintf("%q is no range of IPv4 addresses from its first one", text), "write one such as 192.168.0.0/16"))
					continue
				}
				k := slices.IndexFunc(taken, func(h held) bool { return h.prefix.Overlaps(prefix) })
				switch {
				case !inside(prefix, []any{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"}):
					problems = append(problems, o.Problem(at, fmt.Sprintf("%s is not a private range", prefix), "EKS takes ranges in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10"))
				case k >= 0:
					problems = append(problems, o.Problem(at, fmt.Sprintf("%s overlaps with %s, %s", prefix, taken[k].prefix, taken[k].what), "take a range that nothing else has"))
				}
				taken = append(taken, held{prefix, fmt.Sprintf("%s[%d].cidrs[%d]", list, i, j)})
			}
		}
	}
	if o.Value("spec", "remoteNetworkConfig", "remotePodNetworks") != nil && o.Value("spec", "remoteNetworkConfig", "remoteNodeNetworks") == nil {
		problems = append(problems, o.Problem("spec.remoteNetworkConfig.remotePodNetworks", "pods of hybrid nodes without hybrid nodes", "add remoteNodeNetworks"))
	}
	return problems
}

// heldBy are the ranges of a cluster's services and of its VPC, where that is in the tree.
func heldBy(t *manifest.Tree, cluster *manifest.Object) []held {
	var taken []held
	if prefix, err := netip.ParsePrefix(cluster.Text("spec", "kubernetesNetworkConfig", "serviceIPv4CIDR")); err == nil {
		taken = append(taken, held{prefix, "the range of services"})
	}
	subnets := subnetsOf(t, cluster)
	if len(subnets) == 0 {
		return taken
	}
	for _, vpc := range t.Find(cluster.Place(), apischema.GroupKind{Group: manifest.EC2Group, Kind: "VPC"}, cluster.Namespace(), subnets[0].Text("spec", "vpcRef", "from", "name")) {
		for _, text := range vpc.Texts("spec", "cidrBlocks") {
			if prefix, err := netip.ParsePrefix(text); err == nil {
				taken = append(taken, held{prefix, "a range of " + vpc.String()})
			}
		}
	}
	return taken
}
