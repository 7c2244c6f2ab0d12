package config

import (
	"fmt"
	"net/url"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// chart checks where the chart of a release is, and how Flux signs in there.
func (c clusterScope) chart(release scope, src ChartSource) {
	if !release.has("chart") {
		return
	}
	s := scope{tree: release.tree, root: release.at("chart").node, written: release.written}
	switch {
	case src.Git != "" && src.URL != "":
		s.both(s.at("git"), s.at("url"), "git", "url")
	case src.Git != "":
		s.gitChart(src)
	case src.URL == "":
		if s.sound() && s.sound("url") && s.sound("git") {
			s.fail(s.at("url"), "is missing", "add url: oci://… or https://…, or git: https://…, where the chart is")
		}
	default:
		s.helmChart(src)
	}
	c.chartSecret(s, "secretRef", src.SecretRef)
	c.chartIdentity(s, src)
	c.verification(s, src)
}

// helmChart: oci:// names the chart, https:// needs the name.
func (s scope) helmChart(src ChartSource) {
	at := s.at("url")
	u, err := url.Parse(src.URL)
	switch {
	case err == nil && u.Scheme == "http" && u.Host != "":
		s.fail(at, fmt.Sprintf("%q is not encrypted", src.URL), "anyone on the way could put another chart in its place; use https:// or oci://")
	case err != nil || u.Host == "" || u.Scheme != "oci" && u.Scheme != "https":
		s.fail(at, fmt.Sprintf("%q does not start with oci:// or https://", src.URL), "write oci://<registry>/<chart>, or the https:// address of a chart repository and name")
	case u.User != nil:
		s.fail(at, "the URL contains credentials", "remove them; this file is no place for secrets")
	case u.Scheme == "oci" && strings.Contains(u.Path[strings.LastIndex(u.Path, "/")+1:], ":"):
		s.fail(at, "the URL contains a version", "write the version under version")
	case u.Scheme == "oci" && src.Name != "":
		s.fail(s.at("name"), "has no place with an oci:// URL", "the URL names the chart; remove it, or append it to the URL")
	case u.Scheme == "oci" && strings.Trim(u.Path, "/") == "":
		s.fail(at, fmt.Sprintf("%q names no chart", src.URL), "write oci://<registry>/<chart>")
	case u.Scheme == "oci" && strings.ToLower(u.Path) != u.Path:
		// OCI Distribution Specification, "Pulling manifests": names are in small letters.
		s.fail(at, fmt.Sprintf("%q has capitals in the name of the chart", src.URL), "write oci://"+u.Host+strings.ToLower(u.Path)+"; no registry has others")
	case u.Scheme == "https" && strings.HasSuffix(u.Path, ".git") && src.Name == "":
		s.fail(at, fmt.Sprintf("%q looks like a Git repository", src.URL), "write git: in place of url:, with path: and ref:")
		return
	case u.Scheme == "https" && src.Name == "" && s.sound():
		s.fail(s.at("name"), "is missing", "an https:// URL is a repository of charts; add name: … with the chart")
	}
	for _, name := range []string{"path", "ref"} {
		if s.has(name) {
			s.fail(s.at(name), "has no place with url", "it says where in a Git repository the chart is; write git: in place of url:")
		}
	}
	if src.Version == "" && s.sound("version") {
		s.fail(s.at("version"), "is missing", "add version: … with the exact version; an upgrade is always a line in a diff")
	}
	s.chartVersion(s.at("version"), src.Version)
}

// gitChart: a chart is a folder of a Git repository at one revision (Flux, GitRepository API: Reference).
func (s scope) gitChart(src ChartSource) {
	u, err := url.Parse(src.Git)
	at := s.at("git")
	switch {
	case err != nil || u.Host == "" || strings.Trim(u.Path, "/") == "" || u.Scheme != "https" && u.Scheme != "ssh":
		s.fail(at, fmt.Sprintf("%q is not the address of a Git repository", src.Git), "write https://host/path or ssh://git@host/path")
	case u.Scheme == "https" && u.User != nil:
		s.fail(at, "the URL contains credentials", "remove them, and name a Secret under secretRef")
	case u.Scheme == "ssh" && src.SecretRef == nil && s.sound("secretRef"):
		s.fail(at, "an ssh URL needs a key", "add secretRef: {name: chart-…}, a Secret with identity and known_hosts on the hub")
	}
	for _, name := range []string{"name", "version"} {
		if s.has(name) {
			s.fail(s.at(name), "has no place with git", "path says which chart it is, and ref which version")
		}
	}
	if src.Path == "" && s.sound("path") {
		s.fail(s.at("path"), "is missing", "add path: … with the folder of the chart in the repository")
	}
	if src.Path != "" && (strings.HasPrefix(src.Path, "/") || strings.Contains("/"+src.Path+"/", "/../")) {
		s.fail(s.at("path"), fmt.Sprintf("%q leads out of the repository", src.Path), "write it from the top of the repository, such as charts/app")
	}
	s.gitRef(src.Ref)
}

func (s scope) gitRef(ref GitRef) {
	fields := map[string]string{"branch": ref.Branch, "commit": ref.Commit, "semver": ref.SemVer, "tag": ref.Tag}
	var given []string
	for _, name := range sortedKeys(fields) {
		if fields[name] != "" {
			given = append(given, name)
		}
	}
	switch {
	case len(given) == 0 && s.sound("ref"):
		s.fail(s.at("ref"), "is missing", "add ref: {tag: …}, or branch, semver or commit")
	case len(given) > 1:
		s.both(s.at("ref", given[0]), s.at("ref", given[1]), given[0], given[1])
	}
	if ref.Commit != "" && !s.matches(`^([0-9a-f]{40}|[0-9a-f]{64})$`, ref.Commit) {
		s.fail(s.at("ref", "commit"), fmt.Sprintf("%q is not the hash of a commit", ref.Commit), "write all 40 characters, as git rev-parse prints them")
	}
	for name, value := range map[string]string{"branch": ref.Branch, "tag": ref.Tag} {
		if value != "" && !branchName(value) {
			s.fail(s.at("ref", name), fmt.Sprintf("%q is not the name of a %s", value, name), "write it as git prints it")
		}
	}
}

// chartSecret: the admission policies let chart sources use only Secrets whose names show that they are meant for that.
func (c clusterScope) chartSecret(s scope, name string, secret *SecretRef) {
	if secret == nil || secret.Name == "" {
		return
	}
	at := s.at(name, "name")
	repository := c.Fleet.Repository.SecretRef
	switch {
	case len(validation.IsDNS1123Subdomain(secret.Name)) > 0:
		s.fail(at, fmt.Sprintf("%q is not the name of a Secret", secret.Name), "use a to z, 0 to 9, dashes and dots")
	case !strings.HasPrefix(secret.Name, ChartSecretPrefix):
		s.fail(at, fmt.Sprintf("%q does not begin with %s", secret.Name, ChartSecretPrefix),
			fmt.Sprintf("the hub lets charts use no other Secret; make it in the namespace fleet-%s under the name %s%s", c.Env.Name, ChartSecretPrefix, secret.Name))
	case repository != nil && repository.Name == secret.Name:
		s.fail(at, fmt.Sprintf("%q has the credentials of this repository", secret.Name), "the hub does not let charts use them; make another Secret")
	}
}
