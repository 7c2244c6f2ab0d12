package config

import "fmt"

// existingRole checks a role that gen does not make. EKS takes only roles of the cluster's account
// (Amazon EKS User Guide: Assign an IAM role to a Kubernetes service account).
func (c clusterScope) existingRole(s scope, account ServiceAccount) {
	if account.RoleARN == "" {
		return
	}
	at := s.at("roleARN")
	a, ok := parseARN(account.RoleARN)
	if !ok || a.service != "iam" || a.region != "" || !c.matches(`^role/([!-~]+/)?[\w+=,.@-]{1,64}$`, a.resource) {
		s.fail(at, fmt.Sprintf("%q is not the ARN of an IAM role", account.RoleARN), fmt.Sprintf("write arn:%s:iam::%s:role/<name>", c.Partition(), c.AccountID))
	} else {
		c.own(at, a, "role")
	}
	for _, name := range []string{"policyARNs", "statements"} {
		if s.has(name) {
			s.fail(s.at(name), "has no place with roleARN", "gen does not change a role that is there already; attach it there, or remove roleARN")
		}
	}
}

// addonAccounts: an add-on has one field for a role with IRSA, and a list with Pod Identity
// (Amazon EKS API Reference: CreateAddon).
func (c clusterScope) addonAccounts(i int, a Addon) {
	if c.Identity == IdentityIRSA && len(a.ServiceAccounts) > 1 {
		c.fail(c.at("addons", i, "serviceAccounts"), fmt.Sprintf("%d service accounts, but with irsa EKS gives an add-on one role", len(a.ServiceAccounts)),
			"write all permissions into one, or use identity: podIdentity")
	}
}

// furtherRoles: the role of a further service account has the account's name, which another release, add-on or account may have.
func (c clusterScope) furtherRoles() {
	line := map[string]int{}
	further := map[string]spot{}
	collect := func(kind string, i int, owner string, accounts []ServiceAccount) {
		for n, a := range accounts {
			at, suffix := c.at(kind, i, "serviceAccounts", n, "name"), RoleSuffix(owner, n, a)
			switch {
			case n == 0:
				line[suffix] = at.line
			case further[suffix].line > 0:
				c.roleTwice(at, suffix, further[suffix].line)
			default:
				further[suffix] = at
			}
		}
	}
	for i, a := range c.Addons {
		collect("addons", i, a.Name, a.ServiceAccounts)
	}
	for i, r := range c.Releases {
		collect("releases", i, r.Name, r.ServiceAccounts)
	}
	for _, suffix := range sortedKeys(further) {
		if line[suffix] > 0 {
			c.roleTwice(further[suffix], suffix, line[suffix])
		}
	}
}

func (c clusterScope) roleTwice(at spot, suffix string, line int) {
	c.fail(at, fmt.Sprintf("the role %s-%s belongs to what line %d says", c.Name, suffix, line),
		"the first account of a release or add-on has the role of its name, each further one that of its own; change their order")
}
