package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// operators are the condition operators and what they compare (IAM User Guide, IAM JSON policy elements: Condition
// operators).
func operators() map[string]valueKind {
	base := map[string]valueKind{
		"StringEquals": exactString, "StringNotEquals": exactString, "StringEqualsIgnoreCase": exactString,
		"StringNotEqualsIgnoreCase": exactString, "StringLike": stringValue, "StringNotLike": stringValue,
		"NumericEquals": numberValue, "NumericNotEquals": numberValue, "NumericLessThan": numberValue,
		"NumericLessThanEquals": numberValue, "NumericGreaterThan": numberValue, "NumericGreaterThanEquals": numberValue,
		"DateEquals": dateValue, "DateNotEquals": dateValue, "DateLessThan": dateValue, "DateLessThanEquals": dateValue,
		"DateGreaterThan": dateValue, "DateGreaterThanEquals": dateValue,
		"Bool": boolValue, "BinaryEquals": binaryValue, "IpAddress": addressValue, "NotIpAddress": addressValue,
		"ArnEquals": arnValue, "ArnLike": arnValue, "ArnNotEquals": arnValue, "ArnNotLike": arnValue,
	}
	all := map[string]valueKind{"Null": boolValue}
	for name, kind := range base {
		for _, set := range []string{"", "ForAllValues:", "ForAnyValue:"} {
			all[set+name], all[set+name+"IfExists"] = kind, kind
		}
	}
	return all
}

// globalKeys are the keys that every service has (IAM User Guide, AWS global condition context keys).
func globalKeys() []string {
	return strings.Fields(`AssumedRoot CalledVia CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime
		Ec2InstanceSourcePrivateIPv4 Ec2InstanceSourceVpc EpochTime FederatedProvider MultiFactorAuthAge
		MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths
		PrincipalServiceName PrincipalServiceNamesList PrincipalTag PrincipalType RequestTag RequestedRegion
		ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag SecureTransport SignInSessionArn SourceAccount
		SourceArn SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceVpc SourceVpcArn SourceVpce TagKeys
		TokenIssueTime UserAgent ViaAWSService VpcSourceIp VpceAccount VpceOrgID VpceOrgPaths referer userid username`)
}

// condition checks the operators, keys and values of a condition.
func (r *review) condition(n *node, path string) {
	if n.kind != object {
		r.fail(n.offset, path, "must be an object", refused)
		return
	}
	for _, operator := range n.members {
		kind, ok := r.operators[operator.name]
		if !ok {
			hint := refused
			if near := diag.Nearest(operator.name, slices.Collect(maps.Keys(r.operators))); near != "" {
				hint = "did you mean " + near + "?"
			}
			r.fail(operator.offset, path, fmt.Sprintf("there is no operator %q", operator.name), hint)
			continue
		}
		at := path + "." + operator.name
		if operator.value.kind != object {
			r.fail(operator.value.offset, at, "must be an object of keys and values", refused)
			continue
		}
		seen := map[string]bool{}
		for _, key := range operator.value.members {
			if seen[strings.ToLower(key.name)] {
				r.fail(key.offset, at, key.name+" stands twice", refused)
			}
			seen[strings.ToLower(key.name)] = true
			r.conditionKey(key, at)
			r.values(key.value, at+"["+key.name+"]", kind)
		}
	}
}

// conditionKey checks the form of a key, service:key or issuer:claim, and the names of those that all services have.
func (r *review) conditionKey(key member, path string) {
	i := strings.LastIndex(key.name, ":")
	prefix, _, _ := strings.Cut(key.name, ":")
	if i <= 0 || i == len(key.name)-1 || strings.ContainsAny(key.name[:strings.Index(key.name, ":")], " *?") {
		r.fail(key.offset, path, fmt.Sprintf("%q is not the name of a condition key, service:key", key.name), refused)
		return
	}
	if strings.Contains(prefix, ".") || strings.Contains(prefix, "${") || strings.EqualFold(prefix, "saml") {
		return // the claim of a provider that is no service of AWS
	}
	if !strings.EqualFold(prefix, "aws") {
		if message, hint := r.actions.UnknownService(strings.ToLower(prefix)); message != "" {
			r.warn(key.offset, path, message, hint)
		}
		return
	}
	name, _, _ := strings.Cut(key.name[len("aws:"):], "/")
	known := slices.ContainsFunc(r.globals, func(global string) bool { return strings.EqualFold(global, name) })
	if near := diag.Nearest(name, r.globals); !known && near != "" {
		r.warn(key.offset, path, "gen knows no condition key aws:"+name, "did you mean aws:"+near+"?")
	}
}

// values checks the values that a key is compared with.
func (r *review) values(n *node, path string, kind valueKind) {
	list := []*node{n}
	if n.kind == array {
		list = n.items
	}
	for _, value := range list {
		if value.kind == object || value.kind == array || value.value == "<nil>" {
			r.fail(value.offset, path, "must be a value or a list of values", refused)
			return
		}
		r.variables(value, path)
		if strings.Contains(value.value, "${") {
			continue
		}
		if wanted := kind.wants(value.value); wanted != "" {
			r.fail(value.offset, path, fmt.Sprintf("%q is not %s", value.value, wanted), refused)
		}
		if kind == exactString && strings.ContainsAny(value.value, "*?") {
			r.warn(value.offset, path, fmt.Sprintf("%q fits only these very characters, no others in place of * and ?", value.value), "use StringLike for wildcards")
		}
	}
}
