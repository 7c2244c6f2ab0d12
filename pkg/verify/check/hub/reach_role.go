package hub

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/policy"
	"eks-auto-gitops/pkg/verify/check"
)

// entrance holds the trust policy of a role to the service account of the hub that shall assume it (Amazon EKS User Guide,
// IAM roles for service accounts; AWS STS API, AssumeRoleWithWebIdentity).
func entrance(t *manifest.Tree, role, account *manifest.Object) diag.List {
	const (
		at     = "spec.assumeRolePolicyDocument"
		action = "sts:AssumeRoleWithWebIdentity"
	)
	subject := "system:serviceaccount:" + account.Namespace() + ":" + account.Name()
	var wrong *diag.Problem
	tell := func(message, hint string) {
		if wrong == nil { // a later statement may still let it in
			p := role.Problem(at, message, hint)
			wrong = &p
		}
	}
	for _, s := range check.Allows(role.Text(manifest.KeysOf(at)...)) {
		principal, _ := s.Principal.(map[string]any)
		for _, provider := range manifest.TextsOf(principal["Federated"]) {
			_, issuer, isOIDC := strings.Cut(provider, ":oidc-provider/")
			if !isOIDC || !slices.ContainsFunc(s.Action, func(pattern string) bool { return policy.AllowsAction(pattern, action) }) {
				continue
			}
			switch hub, names, audiences := hubIssuer(t), compared(s, issuer+":sub"), compared(s, issuer+":aud"); {
			case hub != "" && issuer != hub:
				tell("trusts the issuer "+issuer+", but that of the hub is "+hub, "run gen clusters; hub.oidcIssuer in clusters.yaml is the hub's")
			case names != nil && !matchesAny(names, subject):
				tell("lets in "+strings.Join(names, ", ")+", but Flux comes as "+subject, "name that account in the condition on "+issuer+":sub")
			case audiences != nil && !matchesAny(audiences, "sts.amazonaws.com"):
				tell("takes tokens for "+strings.Join(audiences, ", ")+", but those of Flux are for sts.amazonaws.com", "name that in the condition on "+issuer+":aud")
			default:
				return nil
			}
		}
	}
	tell("no statement lets an OIDC provider "+action+", so that Flux cannot assume the role", "let it in for "+subject)
	return diag.List{*wrong}
}

// hubIssuer is the OIDC issuer of the hub as IAM names it; empty where it is not known.
func hubIssuer(t *manifest.Tree) string {
	if fleet := t.Fleet(); fleet != nil {
		return fleet.Hub.IssuerHost()
	}
	return ""
}

// compared are the values that a key of the request is compared with for being the same; nil if it is not compared.
func compared(a check.Statement, key string) []string {
	for operator, keys := range a.Condition {
		name := operator[strings.LastIndexByte(operator, ':')+1:]
		if value, ok := keys[key]; ok && (strings.HasPrefix(name, "StringEquals") || strings.HasPrefix(name, "StringLike")) {
			return manifest.TextsOf(value)
		}
	}
	return nil
}

// matchesAny reports whether one of some patterns stands for a text.
func matchesAny(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return policy.Matches(pattern, text) })
}

// describes holds what a role may do to the one call by which Flux finds the cluster's address. What a policy of
// somebody else allows is not known.
func describes(o *manifest.Object, cluster string) diag.List {
	const action = "eks:DescribeCluster"
	if len(o.List("spec", "policies"))+len(o.List("spec", "policyRefs")) > 0 {
		return nil
	}
	inline, _ := o.Value("spec", "inlinePolicies").(map[string]any)
	for name := range inline {
		for _, s := range check.Allows(manifest.Field(inline, name)) {
			may := slices.ContainsFunc(s.Action, func(pattern string) bool { return policy.AllowsAction(pattern, action) })
			if s.Inverse || may && matchesAny(s.Resource, cluster) {
				return nil
			}
		}
	}
	return diag.List{o.Problem("spec.inlinePolicies", "does not allow "+action+" on "+cluster+", by which Flux finds its address: AccessDeniedException", "allow it")}
}
