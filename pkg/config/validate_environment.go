package config

import (
	"fmt"
	"net/netip"
	"strings"
)

// checkEnvironments checks what an environment says itself; its settings are checked with the
// clusters that inherit them.
func checkEnvironments(f fleetScope) {
	for i, e := range f.Environments {
		name := f.at("environments", i, "name")
		f.label(name, e.Name)
		switch {
		case reservedName(e.Name) || e.Name == "hub" || e.Name == "base" || e.Name == "sources":
			f.fail(name, fmt.Sprintf("%q is a name that gen or Kubernetes uses itself", e.Name), "choose another, such as dev or prod")
		case len("fleet-"+e.Name) > 63:
			f.fail(name, fmt.Sprintf("%q is too long", e.Name), "its namespace on the hub is fleet-<name>, at most 63 characters; use at most 57")
		}
		if e.Branch != "" && !branchName(e.Branch) {
			f.fail(f.at("environments", i, "branch"), fmt.Sprintf("%q is not the name of a Git branch", e.Branch), `write the branch as "git branch" prints it`)
		}
		if e.CIDRPool != "" {
			f.cidr(f.at("environments", i, "cidrPool"), e.CIDRPool)
		}
	}
	f.uniqueNames(f.environmentNames(), "environment", "environments")
}

// reservedName tells whether gen, Flux or Kubernetes has its own namespace or folder of that name.
func reservedName(name string) bool {
	return name == "flux-system" || name == "default" || strings.HasPrefix(name, "kube-") || strings.HasPrefix(name, "fleet-")
}

// branchName follows git check-ref-format.
func branchName(s string) bool {
	if strings.ContainsAny(s, " ~^:?*[\\\x7f\t") || strings.HasPrefix(s, "-") || s == "@" || s == "HEAD" ||
		strings.Contains(s, "..") || strings.Contains(s, "@{") || strings.HasSuffix(s, ".") {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".lock") {
			return false
		}
	}
	return true
}

// checkPools warns of two environments whose pools overlap: their VPCs could not be connected.
func checkPools(f fleetScope) {
	for i, e := range f.Environments {
		pool, err := netip.ParsePrefix(e.CIDRPool)
		if err != nil {
			continue
		}
		for _, other := range f.Environments[:i] {
			if otherPool, err := netip.ParsePrefix(other.CIDRPool); err == nil && pool.Overlaps(otherPool) {
				f.warn(f.at("environments", i, "cidrPool"), fmt.Sprintf("%s overlaps the pool %s of %q", pool, otherPool, other.Name),
					"VPCs of the two could not be connected; give each environment a range of its own")
			}
		}
	}
}

// checkSharedAccounts warns of environments that AWS does not separate although they should
// be: one account holds clusters of both, and one of them is protected or both are
// administered by one role.
func checkSharedAccounts(f fleetScope) {
	for i, e := range f.Environments {
		for _, other := range f.Environments[:i] {
			account, shared := f.sharedAccount(e.Name, other.Name)
			if shared && (e.Protect || other.Protect || e.Hub.RoleARN == other.Hub.RoleARN) {
				f.warn(f.at("environments", i, "name"), fmt.Sprintf("%q and %q share the AWS account %s", other.Name, e.Name, account),
					"AWS itself does not separate them; give each an account, or at least its own hub.roleARN")
				break
			}
		}
	}
}

// sharedAccount returns an account with clusters of both environments.
func (f fleetScope) sharedAccount(a, b string) (string, bool) {
	accounts := map[string]bool{}
	for _, c := range f.clusters {
		if c.Environment == a {
			accounts[c.AccountID] = true
		}
	}
	for _, c := range f.clusters {
		if c.Environment == b && a != b && c.AccountID != "" && accounts[c.AccountID] {
			return c.AccountID, true
		}
	}
	return "", false
}
