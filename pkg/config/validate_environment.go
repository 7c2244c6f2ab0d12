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
		} else if short, ok := strings.CutPrefix(e.Branch, "refs/heads/"); ok {
			f.fail(f.at("environments", i, "branch"), fmt.Sprintf("Flux would look for a branch named %q in refs/heads/", e.Branch), fmt.Sprintf("write %s", short))
		}
		if e.CIDRPool != "" {
			f.cidr(f.at("environments", i, "cidrPool"), e.CIDRPool)
		}
	}
	f.uniqueNames(f.environmentNames(), "environment", "environments")
	checkBranches(f)
}

// checkBranches warns where a protected environment takes what an unprotected one takes, at the same moment.
func checkBranches(f fleetScope) {
	for i, e := range f.Environments {
		for j, other := range f.Environments {
			if e.Protect && !other.Protect && e.Branch != "" && e.Branch == other.Branch {
				f.warn(f.at("environments", i, "branch"), fmt.Sprintf("the environment %q on line %d follows this branch too, and is not protected", other.Name, f.at("environments", j, "name").line),
					"a change would reach both at the same time, untried; give each its branch")
				break
			}
		}
	}
}

// reservedName reports whether gen, Flux or Kubernetes has its own namespace or folder of that name. The admission policies
// take every namespace that ends in -system for one of the hub (pkg/flux: hubNamespaces).
func reservedName(name string) bool {
	return strings.HasSuffix(name, "-system") || name == "default" || strings.HasPrefix(name, "kube-") || strings.HasPrefix(name, "fleet-")
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

// checkSharedAccounts: nothing separates environments that share an AWS account. ACK's role there is one, and what an
// environment may do in AWS is what its account's role may do. A protected environment does not share.
func checkSharedAccounts(f fleetScope) {
	for i, e := range f.Environments {
		for _, other := range f.Environments[:i] {
			account, shared := f.sharedAccount(e, other)
			if !shared || e.Name == other.Name {
				continue
			}
			message := fmt.Sprintf("%q and %q share the AWS account %s", other.Name, e.Name, account)
			if e.Protect || other.Protect {
				f.fail(f.at("environments", i, "name"), message,
					"a commit on one branch could then change the clusters of the other, and one of the two is protected; give each an account of its own")
			} else {
				f.warn(f.at("environments", i, "name"), message,
					"AWS does not separate them: a commit on one branch can change the clusters of the other; if that matters, give each an account of its own")
			}
			break
		}
	}
}

// sharedAccount returns an account that both environments use: by their own accountID or that of a cluster.
func (f fleetScope) sharedAccount(a, b Environment) (string, bool) {
	used := f.accountsOf(a)
	for account := range f.accountsOf(b) {
		if used[account] {
			return account, true
		}
	}
	return "", false
}

func (f fleetScope) accountsOf(e Environment) map[string]bool {
	accounts := map[string]bool{}
	for _, c := range f.clusters {
		if c.Environment == e.Name && c.AccountID != "" {
			accounts[c.AccountID] = true
		}
	}
	if e.AccountID != "" {
		accounts[e.AccountID] = true
	}
	return accounts
}

// checkNamePrefixes: a prefix is an environment's own, so that no other can take the name of a cluster to come.
func checkNamePrefixes(f fleetScope) {
	for i, e := range f.Environments {
		if e.NamePrefix == "" {
			continue
		}
		at := f.at("environments", i, "namePrefix")
		if !f.matches(`^[a-z0-9][a-z0-9-]{0,61}$`, e.NamePrefix) {
			f.fail(at, fmt.Sprintf("%q is not the beginning of a DNS label", e.NamePrefix), "use a to z, 0 to 9 and dashes, such as prod-")
		}
		for _, other := range f.Environments[:i] {
			if other.NamePrefix != "" && (strings.HasPrefix(e.NamePrefix, other.NamePrefix) || strings.HasPrefix(other.NamePrefix, e.NamePrefix)) {
				f.fail(at, fmt.Sprintf("names with %q could belong to %q too", e.NamePrefix, other.Name), fmt.Sprintf("its prefix is %q; choose one that does not begin like it", other.NamePrefix))
			}
		}
	}
	for i, c := range f.clusters {
		at := f.at("clusters", i, "name")
		for _, e := range f.Environments {
			own := c.Environment == e.Name
			switch prefixed := strings.HasPrefix(c.Name, e.NamePrefix); {
			case e.NamePrefix == "" || c.Env == nil:
			case own && !prefixed:
				f.fail(at, fmt.Sprintf("%q does not begin with %q, as names of %s do", c.Name, e.NamePrefix, e.Name), "write "+e.NamePrefix+c.Name)
			case !own && prefixed:
				f.fail(at, fmt.Sprintf("names that begin with %q are for clusters of %s", e.NamePrefix, e.Name), "choose another name")
			}
		}
	}
}
