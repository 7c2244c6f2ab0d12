package cluster

import (
	"fmt"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// clusterKey is the tag by which gen tells the subnets of clusters apart. Subnets with other tags may be in the VPC
// without being in the tree.
const clusterKey = "Cluster"

// selected are the subnets of the tree that a node class selects by their tags. EKS takes those of the VPC of the cluster
// only, and pools of a class that has none never make a node (Amazon EKS User Guide, "Create a Node Class for Amazon EKS").
func selected(t *manifest.Tree, class *manifest.Object) diag.List {
	subnets := t.All("", apiSubnet(), class.Home())
	if len(subnets) == 0 {
		return nil // the VPC is somebody else's
	}
	var problems diag.List
	for i, item := range class.List("spec", "subnetSelectorTerms") {
		term, _ := item.(map[string]any)
		tags, _ := term["tags"].(map[string]any)
		if len(tags) == 0 {
			continue
		}
		at := manifest.FieldOf([]any{"spec", "subnetSelectorTerms", i, "tags"})
		private, public := split(subnets, tags)
		switch {
		case private == nil && public == nil && otherCluster(t, class, tags) != nil:
			problems = append(problems, class.Problem(at, fmt.Sprintf("selects %s, which is another cluster's, and none of this one: no pool of the class makes a node", otherCluster(t, class, tags)),
				"write tags that subnets of this cluster have, such as "+clusterKey+": "+clusterTag(subnets)))
		case private == nil && public == nil && tags[clusterKey] != nil:
			problems = append(problems, class.Problem(at, "no subnet of the cluster has these tags, so that no pool of the class makes a node", "write tags that subnets of the cluster have"))
		case private != nil && public != nil:
			problems = append(problems, class.Problem(at, fmt.Sprintf("selects %s, which is private, and %s, which is public, so that a node is in either of them by chance", private, public),
				"add the tag kubernetes.io/role/internal-elb for private subnets, or kubernetes.io/role/elb for public ones"))
		}
	}
	return problems
}

// split returns the first private and the first public subnet that has some tags.
func split(subnets []*manifest.Object, tags map[string]any) (private, public *manifest.Object) {
	for _, subnet := range subnets {
		switch isPublic := subnet.Value("spec", "mapPublicIPOnLaunch") == true; {
		case !tagged(subnet, tags):
		case isPublic && public == nil:
			public = subnet
		case !isPublic && private == nil:
			private = subnet
		}
	}
	return private, public
}

// tagged reports whether a subnet has all of some tags; the value * stands for any (Karpenter, NodeClasses,
// spec.subnetSelectorTerms).
func tagged(subnet *manifest.Object, tags map[string]any) bool {
	values := map[string]string{}
	for _, item := range subnet.List("spec", "tags") {
		values[manifest.Field(item, "key")] = manifest.Field(item, "value")
	}
	for key := range tags {
		value, has := values[key]
		if want := manifest.Field(tags, key); !has || want != "*" && want != value {
			return false
		}
	}
	return true
}

// otherCluster is a subnet of another cluster that has some tags, or nil.
func otherCluster(t *manifest.Tree, class *manifest.Object, tags map[string]any) *manifest.Object {
	for _, subnet := range t.OfKind(manifest.EC2Group, "Subnet") {
		if subnet.Namespace() != class.Home() && tagged(subnet, tags) {
			return subnet
		}
	}
	return nil
}

// clusterTag is the value of that tag on the subnets of a cluster.
func clusterTag(subnets []*manifest.Object) string {
	for _, item := range subnets[0].List("spec", "tags") {
		if manifest.Field(item, "key") == clusterKey {
			return manifest.Field(item, "value")
		}
	}
	return subnets[0].Namespace()
}
