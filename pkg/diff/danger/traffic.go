package danger

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// egressRule finds networks that lose their way out.
func egressRule() Rule {
	return Rule{
		Name: "egress-lost",
		Doc:  "a route table loses its default route, or a VPC endpoint is removed",
		Why: `What runs in its subnets immediately loses its way out, open connections included: images are not pulled,
external services do not answer, and an AWS service can be reached only through its own VPC endpoint (Amazon EKS User
Guide, Deploy private clusters with limited internet access). Nodes that cannot reach EKS, EC2, ECR and STS do not join.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.LostCluster {
				return nil
			}
			if c.Change.Kind == "VPCEndpoint" && c.Change.Outcome == change.Delete {
				return []change.Danger{{Message: "pods and nodes reach " + manifest.TextAt(c.Change.Before, "spec", "serviceName") + " through the internet alone, if they have a way there"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind != "RouteTable" || f.Name != "spec.routes" || f.After != nil || hasDefault(c.Change.After) {
					return ""
				}
				if !isDefault(f.Before) {
					return ""
				}
				return "nodes and pods in its subnets lose the way to the internet at once: images from registries outside are not pulled, " +
					"and AWS services without a VPC endpoint are out of reach"
			})
		},
	}
}

// isDefault reports whether a route is for every address of IPv4 or IPv6.
func isDefault(route any) bool {
	content, _ := route.(map[string]any)
	return manifest.TextAt(content, "destinationCIDRBlock") == "0.0.0.0/0" || manifest.TextAt(content, "destinationIPv6CIDRBlock") == "::/0"
}

// hasDefault reports whether a route table has a default route.
func hasDefault(table map[string]any) bool {
	return slices.ContainsFunc(manifest.ListAt(table, "spec", "routes"), isDefault)
}

// publicRule finds nodes that go into public subnets.
func publicRule() Rule {
	return Rule{
		Name: "nodes-public",
		Doc:  "nodes move from private to public subnets, or get public addresses",
		Why: `A node in a public subnet that assigns public addresses is on the internet, protected only by its security group; where
it gets none it has no way out, because an internet gateway translates only public addresses (Amazon EKS User Guide, Amazon EKS VPC and
subnet requirements and considerations).`,
		find: func(c *change.Scoped) []change.Danger {
			return once(fieldDangers(c, func(f change.Field) string {
				switch {
				case c.Public && strings.HasPrefix(f.Name, "spec.template.spec.nodeClassRef"):
					return "the other class has public subnets: new nodes are made there, and those in private subnets are replaced"
				case c.Change.Kind != "NodeClass":
					return ""
				case strings.HasPrefix(f.Path, "spec.subnetSelectorTerms") && c.Public && f.After != nil && !strings.HasSuffix(f.Path, "tags"):
					return "new nodes are made in public subnets, and those in private subnets are replaced"
				case strings.HasSuffix(f.Name, ".associatePublicIPAddress") && f.After == true:
					return "new nodes get a public address, and the internet reaches them as far as their security groups allow"
				default:
					return ""
				}
			}))
		},
	}
}

// denyRule finds node classes that begin to refuse traffic.
func denyRule() Rule {
	return Rule{
		Name: "traffic-denied",
		Doc:  "nodes drop pod traffic that no NetworkPolicy allows",
		Why: `On a node with DefaultDeny, a pod has no traffic, not even DNS, until a NetworkPolicy allows it, and none at all without the
network policy controller, which ConfigMap kube-system/amazon-vpc-cni turns on (Amazon EKS User Guide, Use Network Policies with EKS
Auto Mode).`,
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind != "NodeClass" || f.Name != "spec.networkPolicy" || f.After != "DefaultDeny" {
					return ""
				}
				if !c.Enforces {
					return "pods have no traffic on the new nodes, DNS included, and no NetworkPolicy can allow any: ConfigMap kube-system/amazon-vpc-cni with " +
						"enable-network-policy-controller: \"true\" is not in the tree"
				}
				return "pods have no traffic on the new nodes, DNS included, but for what a NetworkPolicy allows: apply the policies first"
			})
		},
	}
}
