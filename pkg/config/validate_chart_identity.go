package config

import (
	"fmt"
	"regexp"
)

// chartIdentity checks as whom Flux signs in at the source (Flux, OCIRepository API and GitRepository API: Provider).
func (c clusterScope) chartIdentity(s scope, src ChartSource) {
	at := s.at("provider")
	_, _, isECR := src.ECR()
	switch {
	case src.Git != "":
		s.oneOf(at, src.Provider, "a provider that charts in Git can have", []string{ProviderGeneric, ProviderGitHub})
		if src.Provider == ProviderGitHub && src.SecretRef == nil && s.sound("secretRef") {
			s.fail(at, "the provider github needs a Secret", "add secretRef: {name: chart-…}, with the keys of the GitHub App")
		}
		return
	case src.OCI():
		s.oneOf(at, src.Provider, "a provider that charts can have", []string{ProviderGeneric, ProviderAWS, "azure", "gcp"})
	case src.Provider != "" && src.Provider != ProviderGeneric:
		s.fail(at, "counts only for oci:// URLs", "Flux signs in at a chart repository with a Secret; remove it, and add secretRef: {name: chart-…}")
		return
	}
	if src.SecretRef != nil && s.has("provider") && src.OCI() && src.Provider != ProviderGeneric {
		s.both(s.at("secretRef"), at, "secretRef", "provider")
	}
	if src.Provider != ProviderAWS {
		return
	}
	if !isECR {
		s.fail(at, "is aws, but the registry is not a private one of ECR", "write the URL as oci://<account>.dkr.ecr.<region>.amazonaws.com/<chart>, or remove it")
		return
	}
	if c.Env != nil && c.Env.AccountID == "" {
		s.fail(s.at("url"), fmt.Sprintf("the environment %q has no accountID", c.Env.Name),
			fmt.Sprintf("Flux pulls charts from ECR with the role %s, which is in the environment's account; add accountID to the environment", c.Env.ChartRole()))
	}
}

// verification checks how Flux verifies signatures (Flux, OCIRepository API: Verification).
func (c clusterScope) verification(s scope, src ChartSource) {
	v := src.Verify
	if v == nil {
		return
	}
	if !src.OCI() && src.Git+src.URL != "" {
		s.fail(s.at("verify"), "counts only for oci:// URLs", "Flux verifies the signatures of OCI charts alone; remove it")
	}
	s.oneOf(s.at("verify", "provider"), v.Provider, "a way to verify signatures", []string{"cosign", "notation"})
	c.chartSecret(scope{tree: s.tree, root: s.at("verify").node, written: s.written}, "secretRef", v.SecretRef)
	switch {
	case v.SecretRef != nil && len(v.MatchOIDCIdentity) > 0:
		s.both(s.at("verify", "secretRef"), s.at("verify", "matchOIDCIdentity"), "secretRef", "matchOIDCIdentity")
	case v.Provider == "notation" && v.SecretRef == nil && s.sound("verify"):
		s.fail(s.at("verify"), "notation needs a Secret", "add secretRef: {name: chart-…}, with trustpolicy.json and the certificates")
	case v.Provider == "cosign" && v.SecretRef == nil && len(v.MatchOIDCIdentity) == 0 && s.sound("verify"):
		s.fail(s.at("verify"), "anybody could have signed", "add matchOIDCIdentity: [{issuer: …, subject: …}], or secretRef: {name: chart-…} with the public key")
	}
	for i, id := range v.MatchOIDCIdentity {
		for name, pattern := range map[string]string{"issuer": id.Issuer, "subject": id.Subject} {
			if _, err := regexp.Compile(pattern); err != nil {
				s.fail(s.at("verify", "matchOIDCIdentity", i, name), fmt.Sprintf("%q is not a regular expression", pattern), "write it as Go does, such as ^https://github\\.com/example/.*$")
			}
		}
	}
}
