package config

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// checkServiceAccounts checks the permissions of add-ons and releases. EKS associates a service
// account with one role, so each may be named once.
func checkServiceAccounts(c clusterScope) {
	c.furtherRoles()
	taken := componentAccounts(c.Cluster)
	for i, a := range c.Addons {
		for n, account := range a.ServiceAccounts {
			c.serviceAccount(c.sub("addons", i, "serviceAccounts", n), a.Namespace, account, taken)
		}
	}
	for i, r := range c.Releases {
		for n, account := range r.ServiceAccounts {
			c.serviceAccount(c.sub("releases", i, "serviceAccounts", n), r.Namespace.Name, account, taken)
		}
	}
}

func (c clusterScope) serviceAccount(s scope, namespace string, a ServiceAccount, taken map[string]string) {
	at := s.at("name")
	s.subdomain(at, a.Name, "a service account")
	who := namespace + "/" + a.Name
	if owner, ok := taken[who]; ok && namespace != "" && a.Name != "" {
		s.fail(at, fmt.Sprintf("the service account %s belongs to %s already", who, owner), "it can have one role; put all permissions in one place, or choose another name")
	} else {
		taken[who] = fmt.Sprintf("what line %d says", at.line)
	}
	c.existingRole(s, a)
	for i, policy := range a.PolicyARNs {
		c.policyARN(s.at("policyARNs", i), policy)
	}
	s.distinct(a.PolicyARNs, "policyARNs")
	if len(a.PolicyARNs) > 10 {
		s.fail(s.at("policyARNs"), fmt.Sprintf("%d policies", len(a.PolicyARNs)), "IAM attaches 10 to a role; join them in statements")
	}
	if text, err := json.Marshal(a.Statements); err == nil && len(text) > 10240 {
		s.fail(s.at("statements"), fmt.Sprintf("about %d characters of policy", len(text)), "IAM takes 10240 in a role; use * in actions and resources, or policyARNs")
	}
	for i, statement := range a.Statements {
		c.statement(s.sub("statements", i), statement)
	}
}

// statement follows the IAM User Guide, "IAM JSON policy elements reference".
func (c clusterScope) statement(s scope, st Statement) {
	s.oneOf(s.at("effect"), st.Effect, "an effect", []string{"Allow", "Deny"})
	for i, action := range st.Actions {
		if action != "*" && !c.matches(`^[a-z0-9-]+:[A-Za-z0-9*?]+$`, action) {
			s.fail(s.at("actions", i), fmt.Sprintf("%q is not an action", action), "write service:Action, such as s3:GetObject")
		}
	}
	for i, resource := range st.Resources {
		c.statementResource(s.at("resources", i), resource)
	}
	if len(st.Actions) == 0 && s.sound("actions") {
		s.fail(s.at("actions"), "is empty", "list at least one action, such as s3:GetObject")
	}
	if len(st.Resources) == 0 && s.sound("resources") {
		s.fail(s.at("resources"), "is empty", "list ARNs")
	}
	if st.Effect == "Allow" && slices.Contains(st.Actions, "*") && slices.Contains(st.Resources, "*") {
		s.fail(s.at("actions"), "allows everything on everything", "list the actions that are needed")
	}
	for operator := range st.Conditions {
		if !conditionOperator(operator) {
			s.fail(s.keyAt("conditions", operator), fmt.Sprintf("%q is not a condition operator of IAM", operator), choose(operator, conditionOperators()))
		}
	}
}

func (c clusterScope) statementResource(at spot, value string) {
	a, ok := parseARN(value)
	switch {
	case value == "*":
	case !ok:
		c.fail(at, fmt.Sprintf("%q is not an ARN", value), `write an ARN, or "*"`)
	case a.partition != c.Partition() && a.partition != "*":
		c.fail(at, fmt.Sprintf("the resource is in the partition %q, the cluster in %q", a.partition, c.Partition()),
			fmt.Sprintf("an ARN of %s starts with arn:%s:", c.Region, c.Partition()))
	}
}

func conditionOperator(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "ForAllValues:"), "ForAnyValue:")
	return s == "Null" || slices.Contains(conditionOperators(), strings.TrimSuffix(s, "IfExists"))
}

func conditionOperators() []string {
	return []string{
		"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
		"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
		"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
		"Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
	}
}
