package effect

import (
	"maps"
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// judgeSubnets: EKS lets a cluster have other subnets, but not other zones. Which zones these are is known where a
// subnet comes or goes with the change; otherwise the tree may not say of all of them where they are.
func judgeSubnets(_ change.Field, c Subject) (change.Outcome, string) {
	before, after := subnetsOf(c.Before), subnetsOf(c.After)
	news := func(name string) bool {
		return !slices.Contains(before, name) && c.subnet(0, name) == nil && c.subnet(1, name) != nil ||
			!slices.Contains(after, name) && c.subnet(1, name) == nil && c.subnet(0, name) != nil
	}
	if !slices.ContainsFunc(before, news) && !slices.ContainsFunc(after, news) {
		return change.Update, sameZones
	}
	if len(after) == 0 || len(before) == 0 {
		return change.Refused, "EKS keeps the VPC that the cluster was made with"
	}
	old, known := c.zones(before)
	now, alsoKnown := c.zones(after)
	if known && alsoKnown && !maps.Equal(old, now) {
		return change.Refused, sameZones + ": the cluster stays un-synced, and what comes after it in the chain waits"
	}
	return change.Update, sameZones
}

// subnetsOf are the names of the subnets that a cluster refers to.
func subnetsOf(cluster map[string]any) []string {
	var names []string
	for _, item := range manifest.ListAt(cluster, "spec", "resourcesVPCConfig", "subnetRefs") {
		ref, _ := item.(map[string]any)
		names = append(names, manifest.TextAt(ref, "from", "name"))
	}
	return names
}

// zones are those of some subnets. ok is false if one of them is not known.
func (c Subject) zones(names []string) (zones map[string]bool, ok bool) {
	zones = map[string]bool{}
	for _, name := range names {
		subnet := c.subnet(0, name) // what is in AWS stays in its zone, whatever the new tree says
		if subnet == nil {
			subnet = c.subnet(1, name)
		}
		zone := manifest.TextAt(subnet, "spec", "availabilityZone")
		zones[zone], ok = true, zone != ""
		if !ok {
			return nil, false
		}
	}
	return zones, true
}

// subnet is a subnet of one of the trees, in the namespace of the subject, or nil.
func (c Subject) subnet(side int, name string) map[string]any {
	return manifest.ContentOf(c.Trees[side].Objects[manifest.ID{Group: manifest.EC2Group, Kind: "Subnet", Namespace: c.Namespace, Name: name}])
}
