package policy

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// principal checks who is named (IAM User Guide, AWS JSON policy elements: Principal).
func (r *review) principal(n *node, path string) {
	switch {
	case n.kind == text && n.value == "*":
		return
	case n.kind != object || len(n.members) == 0:
		r.fail(n.offset, path, `must be "*" or an object such as {"Service": "eks.amazonaws.com"}`, refused)
		return
	}
	for _, m := range n.members {
		at := path + "." + m.name
		check := map[string]func(*node, string){"AWS": r.awsPrincipal, "Service": r.servicePrincipal, "Federated": r.federated, "CanonicalUser": nil}
		one, known := check[m.name]
		if !known {
			r.fail(m.offset, path, fmt.Sprintf("there is no kind of principal %q", m.name), "write AWS, Service or Federated")
			continue
		}
		for _, name := range r.texts(m.value, at) {
			if one != nil && !strings.Contains(name.value, "${") {
				one(name, at)
			}
		}
	}
}

// awsPrincipal checks an account, a role or a user.
func (r *review) awsPrincipal(n *node, path string) {
	account := n.value
	if parts, ok := splitARN(n.value); ok {
		r.partition(n, path, parts[1])
		kind, name, _ := strings.Cut(parts[5], "/")
		named := name != "" && (parts[2] == "iam" && (kind == "role" || kind == "user") || parts[2] == "sts" && (kind == "assumed-role" || kind == "federated-user"))
		if !named && parts[2]+":"+parts[5] != "iam:root" {
			r.fail(n.offset, path, n.value+" is no account, role, user or session", refused)
			return
		}
		account = parts[4]
	}
	switch {
	case n.value == "*":
	case strings.ContainsAny(n.value, "*?"):
		r.fail(n.offset, path, n.value+" has a wildcard, which principals do not have", "name the account, and compare aws:PrincipalArn in a condition")
	case len(account) != 12 || strings.Trim(account, "0123456789") != "":
		r.fail(n.offset, path, fmt.Sprintf("%q is no account and no ARN of one", n.value), refused)
	case account != r.Place.Account && len(r.accounts) > 0 && !r.accounts[account]:
		r.warn(n.offset, path, "lets in account "+account+", which is none of this fleet", "make sure that it is meant")
	}
}

// servicePrincipal checks the name of a service, which is a domain of AWS. That of the whole of AWS counts in every
// partition; China has some under its own.
func (r *review) servicePrincipal(n *node, path string) {
	const everywhere = ".amazonaws.com"
	own := "." + r.Place.DNSSuffix
	name, ok := strings.CutSuffix(n.value, everywhere)
	if !ok && r.Place.DNSSuffix != "" {
		name, ok = strings.CutSuffix(n.value, own)
	}
	if !ok || name == "" {
		r.fail(n.offset, path, fmt.Sprintf("%q is no service of AWS here", n.value), "a service is called such as eks"+everywhere)
		return
	}
	label, _, _ := strings.Cut(name, ".")
	if slices.Contains(servicePrincipals(), name) || r.actions.Service(label) {
		return
	}
	if near := diag.Nearest(name, servicePrincipals()); near != "" {
		r.warn(n.offset, path, "gen knows no service "+n.value, "did you mean "+near+everywhere+"?")
	}
}

// servicePrincipals are those that roles of a fleet trust.
func servicePrincipals() []string {
	return []string{
		"capabilities.eks", "delivery.logs", "ec2", "ecs-tasks", "eks", "eks-fargate-pods", "eks-nodegroup", "events",
		"export.rds", "lambda", "monitoring.rds", "pods.eks", "scheduler", "spot", "spotfleet", "ssm", "states",
		"vpc-flow-logs",
	}
}

// federated checks the provider of identities: an ARN of IAM, or one of the providers that every account has.
func (r *review) federated(n *node, path string) {
	parts, ok := splitARN(n.value)
	if !ok {
		switch n.value {
		case "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com":
		default:
			r.fail(n.offset, path, fmt.Sprintf("%q is no provider of identities", n.value), "name the ARN of the OIDC provider")
		}
		return
	}
	r.partition(n, path, parts[1])
	kind, name, _ := strings.Cut(parts[5], "/")
	switch {
	case parts[2] != "iam" || name == "" || kind != "oidc-provider" && kind != "saml-provider":
		r.fail(n.offset, path, n.value+" is no provider of identities", "name an oidc-provider/… of IAM")
	case r.Place.Account != "" && parts[4] != r.Place.Account:
		r.fail(n.offset, path, n.value+" is in account "+parts[4]+", but the role is made in "+r.Place.Account, "a role can trust providers of its own account only")
	case kind == "oidc-provider":
		r.issuer(n, path, name)
	}
}

// issuer checks that an issuer of EKS is in the region of the cluster.
func (r *review) issuer(n *node, path, issuer string) {
	rest, ours := strings.CutPrefix(issuer, "oidc.eks.")
	if !ours || r.Place.Region == "" {
		return
	}
	if prefix := r.Place.Region + "." + r.Place.DNSSuffix + "/id/"; !strings.HasPrefix(rest, prefix) {
		r.fail(n.offset, path, issuer+" is no cluster of "+r.Place.Region, "an issuer of it begins with oidc.eks."+prefix)
	}
}
