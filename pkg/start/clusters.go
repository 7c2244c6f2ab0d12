package start

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/config"
)

type environment struct {
	name, branch, account, about, pool, cidr string
	protect                                  bool
}

// environments are those with an account.
func (a Answers) environments() []environment {
	var list []environment
	if a.DevAccount != "" {
		list = append(list, environment{name: "dev", branch: "dev", account: a.DevAccount, about: "What is pushed to the branch dev", pool: "10.0.0.0/12", cidr: "10.0.0.0/16"})
	}
	if a.ProdAccount != "" {
		list = append(list, environment{name: "prod", branch: "main", account: a.ProdAccount, about: "What is pushed to the branch main", pool: "10.16.0.0/12", cidr: "10.16.0.0/16", protect: true})
	}
	return list
}

// clusters is clusters.yaml: what was answered, and one cluster in each environment.
func (a Answers) clusters() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# yaml-language-server: $schema=./clusters.schema.json")
	line("#")
	line("# The fleet. After every change: gen clusters && gen verify, then commit and push. gen diff says what a change does.")
	line("apiVersion: gen/v1alpha1")
	line("kind: Fleet")
	line("metadata:")
	line("  name: %s", quote(a.Name))
	line("repository:")
	line("  url: %s", quote(a.Repository))
	if strings.HasPrefix(a.Repository, "ssh:") {
		line("  secretRef: {name: fleet}   # a Secret on the hub with the key; hub/README.md says how to create it")
	} else {
		line("  # secretRef: {name: fleet}   # if it is private: a Secret on the hub with the token; hub/README.md says how to create it")
	}
	line("")
	line("# The cluster that runs Flux and the ACK controllers, and so manages all others. gen init hub writes what creates it.")
	line("hub:")
	line("  accountID: %q", a.HubAccount)
	line("  region: %s", a.Region)
	if a.OIDCIssuer == "" {
		line("  # oidcIssuer: https://oidc.eks.…   # as soon as the hub exists; hub/README.md says how to find it")
	} else {
		line("  oidcIssuer: %s", quote(a.OIDCIssuer))
	}
	line("")
	line("# What all clusters have in common. An environment or a cluster may override any of it.")
	line("defaults:")
	line("  region: %s", a.Region)
	line("  logging: {types: [api, audit, authenticator], retentionDays: 90}")
	line("  nodes: {builtIn: [general-purpose, system]}   # EKS's own node pools; nodes.pools are your own")
	line("  components:")
	line("    podinfo: {enabled: true}   # a first application, to see that everything works")
	line("")
	line("environments:")
	for _, e := range a.environments() {
		a.environment(line, e)
	}
	line("")
	line("clusters:")
	for _, e := range a.environments() {
		line("  - name: %s-1", e.name)
		line("    environment: %s", e.name)
		line("    version: %q   # an upgrade is always a change of this line", config.NewestVersion())
		line("    network: {cidr: %s, nat: single}   # its own VPC, with a public and a private subnet in three zones", e.cidr)
	}
	return b.String()
}

func (a Answers) environment(line func(string, ...any), e environment) {
	line("  # %s is delivered to the clusters of %s.", e.about, e.name)
	line("  - name: %s", e.name)
	line("    branch: %s", e.branch)
	line("    accountID: %q", e.account)
	if e.protect {
		line("    protect: true   # no cluster is deleted by one commit")
		line("    endpoint: {publicCIDRs: [0.0.0.0/0]}   # from where the Kubernetes API can be reached: narrow it to your addresses and the hub's")
	}
	line("    cidrPool: %s   # the networks of its clusters are in here", e.pool)
	if a.AdminRole != "" {
		line("    admins: [\"arn:%s:iam::%s:role/%s\"]   # who may enter the clusters besides Flux", partition(a.Region), e.account, a.AdminRole)
	} else {
		line("    # admins: [\"arn:%s:iam::%s:role/human-ops\"]   # who may enter the clusters besides Flux", partition(a.Region), e.account)
	}
}

func partition(region string) string {
	c := config.Cluster{}
	c.Region = region
	return c.Partition()
}

// quote writes a scalar as YAML that reads as the same text.
func quote(text string) string {
	if text == "" || strings.ContainsAny(text, "#'\"{}[],&*!| ") || strings.ContainsAny(text[:1], ">%@`?-") || strings.Trim(text, "0123456789.+-eExX_:") == "" {
		return fmt.Sprintf("%q", text)
	}
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return fmt.Sprintf("%q", text)
	}
	return text
}
