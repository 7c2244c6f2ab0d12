package config

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// checkCapabilities follows the EKS API (CreateCapability, ArgoCdConfigRequest).
func checkCapabilities(c clusterScope) {
	line := map[string]int{}
	for i, one := range c.Capabilities {
		s := c.sub("capabilities", i)
		s.oneOf(s.at("type"), one.Type, "a type of capability", capabilityTypes())
		if first := line[one.Type]; first > 0 && one.Type != "" {
			s.fail(s.at("type"), fmt.Sprintf("a capability of this type is on line %d", first), "two would work on the same objects; put the permissions of both into one")
		}
		line[one.Type] = s.at("type").line
		if s.has("name") && !c.matches(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`, one.Name) {
			s.fail(s.at("name"), fmt.Sprintf("%q is not a name of a capability", one.Name), "use up to 63 small letters, digits and hyphens, such as ack")
		}
		c.capabilityRole(s, one)
		c.argoCD(s, one)
	}
	c.uniqueNames(named(c.Capabilities, func(one Capability) string { return one.Name }), "capability", "capabilities")
}

// capabilityRole checks the permissions of a capability. kro has none of its own to need: it makes Kubernetes objects.
func (c clusterScope) capabilityRole(s scope, one Capability) {
	c.existingRole(s, ServiceAccount{RoleARN: one.RoleARN})
	for i, policy := range one.PolicyARNs {
		at := s.at("policyARNs", i)
		if name := path.Base(policy); strings.Contains(policy, ":aws:policy/") && slices.Contains([]string{"AdministratorAccess", "PowerUserAccess", "IAMFullAccess"}, name) {
			s.warn(at, fmt.Sprintf("with %s, whoever may make its objects in the cluster has the account", name), "write statements with the actions that are needed")
			continue
		}
		c.policyARN(at, policy)
	}
	s.distinct(one.PolicyARNs, "policyARNs")
	if len(one.PolicyARNs) > 10 {
		s.fail(s.at("policyARNs"), fmt.Sprintf("%d policies", len(one.PolicyARNs)), "IAM attaches 10 to a role; join them in statements")
	}
	if text, err := json.Marshal(one.Statements); err == nil && len(text) > 10240 {
		s.fail(s.at("statements"), fmt.Sprintf("about %d characters of policy", len(text)), "IAM takes 10240 in a role; use * in actions and resources, or policyARNs")
	}
	for i, statement := range one.Statements {
		c.statement(s.sub("statements", i), statement)
	}
	if one.Type == CapabilityACK && one.RoleARN == "" && len(one.PolicyARNs)+len(one.Statements) == 0 && s.sound("policyARNs") && s.sound("statements") {
		s.warn(s.at("type"), "its role has no permissions, so that ACK can make nothing in AWS", "write policyARNs or statements, or roleARN")
	}
}

// argoCD checks the settings of Argo CD.
func (c clusterScope) argoCD(s scope, one Capability) {
	a := one.ArgoCD
	if a == nil || one.Type != CapabilityArgoCD {
		if a != nil && slices.Contains(capabilityTypes(), one.Type) {
			s.fail(s.at("argoCD"), "has a meaning only with type: ARGOCD", "remove it")
		}
		if a == nil && one.Type == CapabilityArgoCD && s.sound("argoCD") {
			s.fail(s.at("argoCD"), "is missing", "users log in by IAM Identity Center: write argoCD: {awsIDC: {idcInstanceARN: …}, rbacRoleMappings: […]}")
		}
		return
	}
	s = s.sub("argoCD")
	arn, ok := parseARN(a.AWSIDC.IDCInstanceARN)
	switch at := s.at("awsIDC", "idcInstanceARN"); {
	case a.AWSIDC.IDCInstanceARN == "":
	case !ok || arn.service != "sso" || !c.matches(`^instance/(sso)?ins-[0-9a-zA-Z.-]{16}$`, arn.resource):
		s.fail(at, fmt.Sprintf("%q is not an instance of IAM Identity Center", a.AWSIDC.IDCInstanceARN), fmt.Sprintf("write arn:%s:sso:::instance/ssoins-…; aws sso-admin list-instances has it", c.Partition()))
	case arn.partition != c.Partition():
		s.fail(at, fmt.Sprintf("the instance is in the partition %q, the cluster in %q", arn.partition, c.Partition()), fmt.Sprintf("an ARN of %s starts with arn:%s:", c.Region, c.Partition()))
	}
	if s.has("awsIDC", "idcRegion") && !slices.Contains(regions(), a.AWSIDC.IDCRegion) {
		s.fail(s.at("awsIDC", "idcRegion"), fmt.Sprintf("%q is not an AWS region", a.AWSIDC.IDCRegion), "write the region of the instance, such as eu-west-1")
	}
	s.label(s.at("namespace"), a.Namespace)
	for i, id := range a.VPCEIDs {
		s.id(s.at("vpceIDs", i), id, "vpce")
	}
	s.distinct(a.VPCEIDs, "vpceIDs")
	c.roleMappings(s, a.RBACRoleMappings)
}

// roleMappings checks who has which role in Argo CD.
func (c clusterScope) roleMappings(s scope, mappings []ArgoCDRoleMapping) {
	admin := false
	for i, m := range mappings {
		s.oneOf(s.at("rbacRoleMappings", i, "role"), m.Role, "a role of Argo CD", []string{"ADMIN", "EDITOR", "VIEWER"})
		admin = admin || m.Role == "ADMIN"
		for j, identity := range m.Identities {
			s.oneOf(s.at("rbacRoleMappings", i, "identities", j, "type"), identity.Type, "a type of identity", []string{"SSO_USER", "SSO_GROUP"})
		}
		if len(m.Identities) == 0 && s.sound("rbacRoleMappings", i, "identities") {
			s.fail(s.at("rbacRoleMappings", i, "identities"), "is empty", "list users or groups of IAM Identity Center: {id: …, type: SSO_GROUP}")
		}
	}
	if !admin && s.sound("rbacRoleMappings") {
		s.warn(s.at("rbacRoleMappings"), "nobody is ADMIN, so that nobody can add a repository or a cluster", "give a group of IAM Identity Center the role ADMIN")
	}
}
