package aws

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Role is an IAM role: its documents are JSON.
type Role struct {
	ARN, Trust string
	Policies   []string
}

// Account is what an AWS account has besides what ACK makes in it.
type Account struct {
	ID    string
	Roles []Role
	// Issuers are the addresses of its OpenID Connect providers.
	Issuers []string
}

// Open adds an account, or replaces what it has besides what ACK makes in it.
func (a *AWS) Open(account Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.roles, func(arn string, _ Role) bool { return accountOf(arn) == account.ID })
	maps.DeleteFunc(a.providers, func(arn string, _ bool) bool { return accountOf(arn) == account.ID })
	for _, role := range account.Roles {
		a.roles[role.ARN] = role
	}
	for _, issuer := range account.Issuers {
		a.providers[providerARN(account.ID, issuer)] = true
	}
}

// providerARN names the OpenID Connect provider of an issuer in an account.
func providerARN(account, issuer string) string {
	return fmt.Sprintf("arn:aws:iam::%s:oidc-provider/%s", account, strings.TrimPrefix(issuer, "https://"))
}

// role finds a role that somebody or that ACK has made. a.mu is held.
func (a *AWS) role(arn string) (Role, bool) {
	if role, ok := a.roles[arn]; ok {
		return role, true
	}
	for id, o := range a.objects {
		if id.Kind != "Role" || roleARN(o) != arn {
			continue
		}
		role := Role{ARN: arn}
		role.Trust, _ = o.Spec["assumeRolePolicyDocument"].(string)
		inline, _ := o.Spec["inlinePolicies"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(inline)) {
			policy, _ := inline[name].(string)
			role.Policies = append(role.Policies, policy)
		}
		return role, true
	}
	return Role{}, false
}

// roleARN is the ARN of a role that ACK has made.
func roleARN(o Object) string {
	name, _ := o.Spec["name"].(string)
	path, _ := o.Spec["path"].(string)
	if path == "" {
		path = "/"
	}
	return "arn:aws:iam::" + o.Account + ":role" + path + name
}

// hasProvider reports whether an account trusts tokens of an issuer at all. a.mu is held.
func (a *AWS) hasProvider(account, issuer string) bool {
	if a.providers[providerARN(account, issuer)] {
		return true
	}
	for id, o := range a.objects {
		if url, _ := o.Spec["url"].(string); id.Kind == "OpenIDConnectProvider" && o.Account == account && url == issuer {
			return true
		}
	}
	return false
}

// may is nil when the policies of a session's role allow an action, and else says no as AWS does. a.mu is held.
// A role that was deleted allows nothing any more.
func (a *AWS) may(s *Session, action, resource string) error {
	role, ok := a.role(s.Role)
	if ok && allows(role.Policies, request{action: action, resource: resource}) {
		return nil
	}
	return &Denied{Message: fmt.Sprintf("AccessDenied: User: %s is not authorized to perform: %s on resource: %s", s.ARN(), action, resource)}
}

// Denied is AWS's answer to a request that the caller may not make.
type Denied struct{ Message string }

func (e *Denied) Error() string { return e.Message }
