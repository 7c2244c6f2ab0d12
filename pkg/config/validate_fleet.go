package config

import (
	"fmt"
	"net/url"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkHead checks apiVersion, kind and the name of the fleet, which is the value of a label.
func checkHead(f fleetScope) {
	if f.APIVersion != APIVersion {
		f.fail(f.at("apiVersion"), fmt.Sprintf("%q is not a version of this file that this gen knows", f.APIVersion), "write "+APIVersion)
	}
	if f.Kind != Kind {
		f.fail(f.at("kind"), fmt.Sprintf("%q is not a kind that this gen knows", f.Kind), "write "+Kind)
	}
	f.label(f.at("metadata", "name"), f.Metadata.Name)
}

// label reports a name that is not a DNS label (Kubernetes, "Object Names and IDs", RFC 1123).
func (s scope) label(at spot, name string) {
	if name != "" && len(validation.IsDNS1123Label(name)) > 0 {
		s.fail(at, fmt.Sprintf("%q is not a DNS label", name),
			"use a to z, 0 to 9 and dashes, at most 63, with a letter or digit at both ends")
	}
}

// checkRepository follows Flux's GitRepository: an https or ssh URL; ssh and the provider
// github need a Secret.
func checkRepository(f fleetScope) {
	r := f.Repository
	at := f.at("repository", "url")
	u, err := url.Parse(r.URL)
	switch {
	case r.URL == "":
	case f.matches(`^[\w.-]+@[\w.-]+:[^/]`, r.URL) && !strings.Contains(r.URL, "://"):
		f.fail(at, fmt.Sprintf("%q is not a URL", r.URL), "Flux takes the form ssh://"+strings.Replace(r.URL, ":", "/", 1))
	case err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "":
		f.fail(at, fmt.Sprintf("%q is not the URL of a repository", r.URL), "write https://host/path or ssh://git@host/path")
	case u.Scheme == "oci":
		f.fail(at, fmt.Sprintf("%q is an OCI repository", r.URL), "each environment follows a branch, so gen's source is a Git repository; write https://host/path or ssh://git@host/path")
	case u.Scheme != "https" && u.Scheme != "ssh":
		f.fail(at, fmt.Sprintf("%q does not start with https:// or ssh://", r.URL), "Flux would read it without protection; write https://"+u.Host+u.Path)
	case u.Scheme == "https" && u.User != nil:
		f.fail(at, "the URL contains credentials", "write https://"+u.Host+u.Path+" and name a Secret under repository.secretRef")
	case u.Scheme == "ssh" && r.SecretRef == nil && f.sound("repository"):
		f.fail(at, "an ssh URL needs a key", "add secretRef: {name: …}, a Secret with identity and known_hosts on the hub")
	}
	f.oneOf(f.at("repository", "provider"), r.Provider, "a Git provider of Flux", []string{"generic", "aws", "azure", "github"})
	if r.Provider == "github" && r.SecretRef == nil && f.sound("repository") {
		f.fail(f.at("repository", "provider"), "the provider github needs a Secret", "add secretRef: {name: …}, with the keys of the GitHub App")
	}
	if r.SecretRef != nil && r.SecretRef.Name != "" && len(validation.IsDNS1123Subdomain(r.SecretRef.Name)) > 0 {
		f.fail(f.at("repository", "secretRef", "name"), fmt.Sprintf("%q is not the name of a Secret", r.SecretRef.Name),
			"use a to z, 0 to 9, dashes and dots")
	}
}
