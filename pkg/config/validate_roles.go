package config

import (
	"fmt"
	"strings"
)

// roleSuffixes are the ends of the names of the IAM roles that a cluster makes.
func roleSuffixes(c *Cluster) []string {
	var suffixes []string
	for _, p := range AllComponents() {
		suffixes = append(suffixes, p.rolesIn(c)...)
	}
	for _, a := range c.Addons {
		suffixes = append(suffixes, accountSuffixes(a.Name, a.ServiceAccounts)...)
	}
	for _, r := range c.Releases {
		suffixes = append(suffixes, accountSuffixes(r.Name, r.ServiceAccounts)...)
	}
	return suffixes
}

// RoleSuffix ends the name of the role, and of the association, of the nth service account of a release or an add-on: the first
// has the name of its owner, so that the role stays when another account comes to it, and the others have their own.
func RoleSuffix(owner string, n int, account ServiceAccount) string {
	if n == 0 {
		return owner
	}
	return account.Name
}

// accountSuffixes are those of the roles that gen makes.
func accountSuffixes(owner string, accounts []ServiceAccount) []string {
	var suffixes []string
	for n, a := range accounts {
		if a.RoleARN == "" {
			suffixes = append(suffixes, RoleSuffix(owner, n, a))
		}
	}
	return suffixes
}

// suffixes: the roles of an owner's service accounts must not be gen's own; s is the owner.
func (c clusterScope) suffixes(s scope, owner string, accounts []ServiceAccount) {
	for n, a := range accounts {
		suffix, at := RoleSuffix(owner, n, a), s.at("name")
		if n > 0 {
			at = s.at("serviceAccounts", n, "name")
		}
		if takenSuffix(suffix) && (n > 0 || ComponentNamed(suffix).Chart == nil) {
			c.fail(at, fmt.Sprintf("the role %s-%s is gen's own", c.Name, suffix), "a service account with AWS permissions needs another name here")
		}
	}
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
