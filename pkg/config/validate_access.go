package config

import (
	"cmp"
	"fmt"
	"strings"
)

// checkPrincipals checks every principal of a cluster: its form, that it is named once, and that
// EKS does not make its access entry itself (EKS User Guide, "Create access entries").
func checkPrincipals(c clusterScope) {
	seen := map[string]string{c.FluxRoleARN(): "as the role of Flux, which has an entry anyway"}
	for _, node := range c.nodeRoles() {
		seen[node] = "as a node role, which has an entry anyway"
	}
	for i, principal := range c.Admins {
		at := c.at("admins", i)
		if c.once(seen, at, principal) {
			c.principal(at, principal)
		}
	}
	for i, access := range c.Access {
		at := c.at("access", i, "principalARN")
		if c.once(seen, at, access.PrincipalARN) {
			c.principal(at, access.PrincipalARN)
		}
	}
}

// nodeRoles are the roles that nodes run as. EKS makes the entry of the built-in pools' role
// itself, and gen those of the classes.
func (c clusterScope) nodeRoles() []string {
	prefix := fmt.Sprintf("arn:%s:iam::%s:role/", c.Partition(), c.AccountID)
	roles := []string{cmp.Or(c.Nodes.RoleARN, prefix+c.Name+"-node")}
	for _, class := range c.Nodes.Classes {
		if class.Role != "" {
			roles = append(roles, prefix+class.Role)
		}
	}
	return roles
}

// once reports a principal that has an entry already.
func (c clusterScope) once(seen map[string]string, at spot, principal string) bool {
	if principal == "" {
		return true
	}
	if where, taken := seen[principal]; taken {
		c.fail(at, fmt.Sprintf("%q is there already, %s", principal, where), "a principal has one access entry in a cluster; remove this one")
		return false
	}
	seen[principal] = fmt.Sprintf("on line %d", at.line)
	return true
}

// principal checks the ARN of an IAM role or user; EKS takes nothing else.
func (c clusterScope) principal(at spot, value string) {
	a, ok := parseARN(value)
	kind, name, _ := strings.Cut(a.resource, "/")
	switch {
	case value == "":
	case ok && a.service == "sts" && kind == "assumed-role":
		role, _, _ := strings.Cut(name, "/")
		hint := fmt.Sprintf("write arn:%s:iam::%s:role/%s", a.partition, a.account, role)
		if strings.HasPrefix(role, ssoPrefix) {
			hint = ssoHint(role)
		}
		c.fail(at, fmt.Sprintf("%q is a session, not a role", value), hint)
	case ok && a.service == "iam" && strings.HasPrefix(name, ssoPrefix):
		c.fail(at, fmt.Sprintf("%q lacks the path of the role", value), ssoHint(name))
	case ok && a.service == "iam" && a.resource == "root":
		c.fail(at, "the root of an account cannot have an access entry", "name a role or a user")
	case !ok || a.service != "iam" || a.region != "" || !accountID(a.account) || kind != "role" && kind != "user" || !c.matches(`^([!-~]+/)?[\w+=,.@-]{1,64}$`, name):
		c.fail(at, fmt.Sprintf("%q is not the ARN of an IAM role or user", value),
			c.principalHint(value))
	case strings.HasPrefix(name, "aws-service-role/"):
		c.fail(at, "a service-linked role cannot have an access entry", "name a role that you can assume")
	case a.partition != c.Partition():
		c.own(at, a, "principal")
	case a.account != c.AccountID && accountID(c.AccountID):
		c.warn(at, fmt.Sprintf("the principal is in the account %s, the cluster in %s", a.account, c.AccountID),
			"EKS allows it; check that the account is the one you mean")
	}
}

// ssoPrefix begins the names of roles that IAM Identity Center makes. They have a path with the region of Identity Center, and
// an access entry takes the ARN with its path (EKS User Guide, "Create access entries"; IAM Identity Center User Guide,
// "Referencing permission sets in resource policies, Amazon EKS").
const ssoPrefix = "AWSReservedSSO_"

func ssoHint(role string) string {
	return fmt.Sprintf("IAM Identity Center's roles have a path; write the ARN that aws iam get-role --role-name %s --query Role.Arn prints", role)
}

// checkAccess refuses what EKS refuses in access entries (EKS API, CreateAccessEntry and AssociateAccessPolicy).
func checkAccess(c clusterScope) {
	types := []string{"STANDARD", "FARGATE_LINUX", "EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"}
	for i, access := range c.Access {
		s := c.sub("access", i)
		s.oneOf(s.at("type"), access.Type, "a type of access entry", types)
		if access.Type != "STANDARD" && access.Username != "" {
			s.fail(s.at("username"), "has no place in an entry of type "+access.Type, "EKS sets it; only STANDARD takes one")
		}
		if access.Type != "STANDARD" && len(access.KubernetesGroups) > 0 {
			s.fail(s.at("kubernetesGroups"), "has no place in an entry of type "+access.Type, "EKS sets them; only STANDARD takes them")
		}
		if access.Type != "STANDARD" && access.Type != "EC2" && len(access.Policies) > 0 {
			s.fail(s.at("policies"), "has no place in an entry of type "+access.Type, "only STANDARD and EC2 take policies")
		}
		if a, ok := parseARN(access.PrincipalARN); ok && access.Type != "STANDARD" && strings.HasPrefix(a.resource, "user/") {
			s.fail(s.at("principalARN"), "an entry of type "+access.Type+" is for a role", "nodes have no IAM user; name their role")
		}
		s.subject(s.at("username"), access.Username, "user")
		for j, group := range access.KubernetesGroups {
			s.subject(s.at("kubernetesGroups", j), group, "group")
		}
		s.distinct(access.KubernetesGroups, "kubernetesGroups")
		for j, policy := range access.Policies {
			c.accessPolicy(c.sub("access", i, "policies", j), policy)
			c.policyOfEKS(i, j, policy)
		}
	}
}

// subject: names with these prefixes belong to Kubernetes and AWS.
func (s scope) subject(at spot, name, what string) {
	if message, hint := SubjectFault(name, what); message != "" {
		s.fail(at, message, hint)
	}
}

// SubjectFault is why EKS does not take a name for a user or a group, and what to do; both are empty for one that it takes
// (Amazon EKS API, CreateAccessEntry).
func SubjectFault(name, what string) (message, hint string) {
	for _, prefix := range []string{"system:", "eks:", "aws:", "amazon:", "iam:"} {
		if strings.HasPrefix(name, prefix) {
			return fmt.Sprintf("%q is not a name that EKS takes for a %s", name, what),
				fmt.Sprintf("names with %s are reserved; bind a %s of your own, or use an access policy", prefix, what)
		}
	}
	return "", ""
}

// principalHint is how to write a principal that is no ARN.
func (c clusterScope) principalHint(value string) string {
	account := "arn:" + c.Partition() + ":iam::" + c.AccountID
	if c.matches(`^[\w+=,.@-]{1,64}$`, value) {
		return fmt.Sprintf("write %s:role/%s, or %s:user/%s if it is a user", account, value, account, value)
	}
	return "write " + account + ":role/<name>"
}
