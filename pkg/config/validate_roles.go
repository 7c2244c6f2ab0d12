package config

import (
	"fmt"
	"slices"
	"strings"
)

// roleSuffixes are the ends of the names of the IAM roles that a cluster makes.
func roleSuffixes(c *Cluster) []string {
	suffixes := []string{"cluster", "flux"}
	if c.Nodes.RoleARN == "" {
		suffixes = append(suffixes, "node")
	}
	if c.Components.ExternalDNS.Enabled {
		suffixes = append(suffixes, "external-dns")
	}
	if c.Components.CloudWatch.Enabled {
		suffixes = append(suffixes, "cloudwatch")
	}
	for _, a := range c.Addons {
		if a.ServiceAccount != nil {
			suffixes = append(suffixes, a.Name)
		}
	}
	for _, r := range c.Releases {
		if r.ServiceAccount != nil {
			suffixes = append(suffixes, r.Name)
		}
	}
	return suffixes
}

// checkDerivedNames: an IAM role's name has at most 64 characters (IAM User Guide, "IAM and STS
// quotas"), and gen names roles <cluster>-<suffix>.
func checkDerivedNames(c clusterScope) {
	longest := ""
	for _, suffix := range roleSuffixes(c.Cluster) {
		if len(suffix) > len(longest) {
			longest = suffix
		}
	}
	if name := c.Name + "-" + longest; len(name) > 64 && len(c.Name) <= 63 {
		c.fail(c.at("name"), fmt.Sprintf("the role %q would have %d characters", name, len(name)),
			fmt.Sprintf("IAM allows 64; shorten the cluster's name by %d", len(name)-64))
	}
}

// checkRoleNames: role names are unique in an account, whatever their letter case, and names
// that are put together may meet: a-b with node, and a with b-node.
func checkRoleNames(f fleetScope) {
	owner := map[string]clusterScope{}
	for i, c := range f.clusters {
		f.checkACKRoleTaken(i, c)
		for _, suffix := range roleSuffixes(c.Cluster) {
			key := c.AccountID + " " + strings.ToLower(c.Name+"-"+suffix)
			first, taken := owner[key]
			if taken && first.Name != c.Name && c.AccountID != "" {
				f.fail(f.at("clusters", i, "name"), fmt.Sprintf("the role %q would belong to this cluster and to %q", c.Name+"-"+suffix, first.Name),
					"role names are unique in an AWS account; rename a cluster, a release or an add-on")
			}
			if !taken {
				owner[key] = c
			}
		}
	}
}

// checkACKRoleTaken: the role that ACK assumes is in the same account.
func (f fleetScope) checkACKRoleTaken(i int, c clusterScope) {
	if c.Env == nil {
		return
	}
	arn := c.ACKRoleARN()
	name := arn[strings.LastIndex(arn, "/")+1:]
	for _, suffix := range roleSuffixes(c.Cluster) {
		if strings.EqualFold(name, c.Name+"-"+suffix) {
			f.fail(f.at("clusters", i, "name"), fmt.Sprintf("the role %q would belong to this cluster and to ACK", name),
				"ACK assumes a role of that name in the same account; rename the cluster or the release, or set ackRoleARN of the environment")
		}
	}
}

// takenSuffixes are the suffixes of gen's own roles, which no release or add-on may use.
func takenSuffixes() []string {
	return []string{"cluster", "flux", "node", "external-dns", "cloudwatch"}
}

func takenSuffix(name string) bool { return slices.Contains(takenSuffixes(), name) }
