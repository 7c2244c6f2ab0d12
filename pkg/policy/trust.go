package policy

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// trust checks what only trust policies have to keep to.
func (r *review) trust(list []statement) {
	for _, s := range list {
		for _, action := range s.actions {
			if service, _, ok := strings.Cut(strings.ToLower(action.value), ":"); ok && service != "sts" {
				r.fail(action.offset, s.at+".Action", action.value+" has no place in a trust policy", "only actions of sts, such as sts:AssumeRole, let in")
			}
		}
		if s.allows() && s.elements["Principal"] != nil {
			r.anybody(s)
			r.subject(s)
		}
	}
	if !slices.ContainsFunc(r.faults, func(f Fault) bool { return f.Severity == diag.Error }) {
		r.sessions(list) // else what is missing may be what is wrong
	}
}

// anybody warns of a role that whoever has an AWS account may assume.
func (r *review) anybody(s statement) {
	if s.elements["Condition"] != nil {
		return
	}
	for _, n := range append(s.principals("AWS"), s.elements["Principal"]) {
		if n.kind == text && n.value == "*" {
			r.warn(n.offset, s.at+".Principal", "lets in everybody with an AWS account", "name the account or role, or add a condition")
		}
	}
}

// principals are those of a kind.
func (s statement) principals(kind string) []*node {
	n := s.elements["Principal"]
	if n == nil {
		return nil
	}
	for _, m := range n.members {
		switch {
		case m.name != kind:
		case m.value.kind == array:
			return m.value.items
		default:
			return []*node{m.value}
		}
	}
	return nil
}

// needed are the actions that a service has to be allowed for roles of EKS Auto Mode to work (Amazon EKS User Guide,
// Amazon EKS Auto Mode cluster IAM role; How EKS Pod Identity works).
func needed(service string) []string {
	name, _, _ := strings.Cut(service, ".amazonaws.")
	if name == "eks" || name == "pods.eks" || name == "capabilities.eks" {
		return []string{"sts:AssumeRole", "sts:TagSession"}
	}
	return nil
}

// sessions checks that EKS may tag the sessions that it makes: its policies compare these tags.
func (r *review) sessions(list []statement) {
	allowed, where := map[string][]string{}, map[string]*node{}
	var services []string
	for _, s := range list {
		if !s.allows() || s.elements["Action"] == nil {
			continue
		}
		for _, n := range s.principals("Service") {
			if where[n.value] == nil {
				where[n.value], services = n, append(services, n.value)
			}
			for _, action := range s.actions {
				allowed[n.value] = append(allowed[n.value], strings.ToLower(action.value))
			}
		}
	}
	for _, service := range services {
		for _, action := range needed(service) {
			if !slices.ContainsFunc(allowed[service], func(pattern string) bool {
				fits, err := path.Match(pattern, strings.ToLower(action))
				return fits && err == nil
			}) {
				r.fail(where[service].offset, "", service+" may not "+action, "add "+action+" to its actions")
			}
		}
	}
}

// subject checks that a statement for an OIDC provider of EKS says which service account it is for, in the provider's
// own keys (Amazon EKS User Guide, Assign IAM roles to Kubernetes service accounts).
func (r *review) subject(s statement) {
	for _, n := range s.principals("Federated") {
		_, issuer, found := strings.Cut(n.value, ":oidc-provider/")
		if !found || !strings.HasPrefix(issuer, "oidc.eks.") {
			continue
		}
		keys := s.conditionKeys()
		if i := slices.IndexFunc(keys, func(m member) bool {
			return strings.HasPrefix(m.name, "oidc.eks.") && !strings.HasPrefix(m.name, issuer+":")
		}); i >= 0 {
			r.fail(keys[i].offset, s.at+".Condition", fmt.Sprintf("%s is not a key of the provider %s", keys[i].name, issuer), "begin it with "+issuer+":")
			continue
		}
		i := slices.IndexFunc(keys, func(m member) bool { return m.name == issuer+":sub" })
		if i < 0 {
			r.warn(n.offset, s.at, "lets in every service account of the cluster", `add a condition on "`+issuer+`:sub"`)
			continue
		}
		for _, value := range r.texts(keys[i].value, s.at+".Condition") {
			if len(strings.Split(value.value, ":")) != 4 || !strings.HasPrefix(value.value, "system:serviceaccount:") {
				r.fail(value.offset, s.at+".Condition", fmt.Sprintf("%q is no service account", value.value), "write system:serviceaccount:<namespace>:<name>")
			}
		}
	}
}

// conditionKeys are the keys of all operators.
func (s statement) conditionKeys() []member {
	var keys []member
	if n := s.elements["Condition"]; n != nil {
		for _, operator := range n.members {
			keys = append(keys, operator.value.members...)
		}
	}
	return keys
}
