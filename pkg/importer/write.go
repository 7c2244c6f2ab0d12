package importer

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// Settings are what no cluster says.
type Settings struct {
	// Name is that of the fleet, Repository the URL from which Flux reads it.
	Name, Repository string
	// HubAccount is the AWS account of the hub, OIDCIssuer its issuer; empty while there is no hub.
	HubAccount, OIDCIssuer string
	// Environment and Branch deliver the clusters.
	Environment, Branch string
}

// write makes clusters.yaml and loads it as gen clusters will.
func write(clusters []*cluster, s Settings) ([]byte, diag.List) {
	slices.SortFunc(clusters, func(a, b *cluster) int { return strings.Compare(a.name, b.name) })
	first := clusters[0]
	fleet := object(
		"apiVersion", config.APIVersion, "kind", config.Kind,
		"metadata", object("name", s.Name),
		"repository", object("url", s.Repository),
		"hub", flow(object("accountID", s.HubAccount, "oidcIssuer", s.OIDCIssuer)),
		"environments", list(object("name", s.Environment, "branch", s.Branch, "protect", true, "accountID", first.account, "region", first.region)),
	)
	var items []*yaml.Node
	for _, c := range clusters {
		items = append(items, c.object(s.Environment, first))
	}
	add(fleet, "clusters", list(items...))
	content, err := encode(fleet)
	if err != nil {
		return nil, diag.List{{Message: err.Error()}}
	}
	content = append([]byte(head), content...)
	_, problems := config.LoadForHub(layout.ClustersFile, content)
	return content, problems
}

const head = `# yaml-language-server: $schema=./clusters.schema.json
#
# Made by gen import. ACK only observes these clusters and changes nothing. When their stages are ready, look at what
# gen diff says of "mode: full", then write that: docs/moving.md.
`

func (c *cluster) object(environment string, first *cluster) *yaml.Node {
	o := object("name", c.name, "environment", environment)
	if c.account != first.account {
		add(o, "accountID", c.account)
	}
	if c.region != first.region {
		add(o, "region", c.region)
	}
	add(o, "version", c.version)
	adopt := object("mode", config.AdoptReadOnly, "roleARN", c.role)
	add(adopt, "securityGroupIDs", flow(texts(c.groups)))
	add(o, "adopt", adopt, "upgradePolicy", orUnknown(c.supportType, "EXTENDED"), "deletionProtection", c.deletionProtection)
	if c.zonalShift {
		add(o, "zonalShift", true)
	}
	if c.tier != "" && c.tier != "standard" {
		add(o, "controlPlaneTier", c.tier)
	}
	if c.authMode != "" && c.authMode != "API" {
		add(o, "authenticationMode", strings.ToUpper(c.authMode))
	}
	access := object("public", c.endpoint.public)
	if c.endpoint.public {
		add(access, "publicCIDRs", flow(texts(orEverywhere(c.endpoint.cidrs))))
	}
	add(o, "endpoint", flow(add(access, "private", c.endpoint.private)))
	if len(c.logs) > 0 {
		add(o, "logging", flow(add(object("types", texts(c.logs)), "retentionDays", number(c.retention), "kmsKeyARN", c.logKey)))
	}
	if c.keyARN != "" {
		add(o, "encryption", flow(object("keyARN", c.keyARN)))
	}
	network := object("vpcID", c.vpc, "privateSubnetIDs", flow(texts(c.private)), "publicSubnetIDs", flow(texts(c.public)), "serviceCIDR", c.serviceCIDR)
	if strings.EqualFold(c.family, config.IPv6) {
		add(network, "ipFamily", config.IPv6)
	}
	if sorted := slices.Sorted(slices.Values(c.subnets)); !slices.Equal(sorted, c.private) {
		add(network, "controlPlaneSubnetIDs", flow(texts(c.subnets)))
	}
	nodes := flow(object("builtIn", orEmpty(texts(c.pools))))
	if len(c.pools) > 0 {
		add(nodes, "roleARN", c.nodeRole)
	}
	add(o, "network", network, "nodes", nodes)
	c.writeAccess(o)
	return add(o, "addons", c.addonList(), "tags", tagsOf(c.tags))
}

// writeAccess writes administrators, and every other principal.
func (c *cluster) writeAccess(o *yaml.Node) {
	var admins, others []*yaml.Node
	slices.SortFunc(c.entries, func(a, b *entry) int { return strings.Compare(a.principal, b.principal) })
	for _, e := range c.entries {
		if e.admin() {
			admins = append(admins, scalar(e.principal))
			continue
		}
		item := object("principalARN", e.principal)
		if e.kind != "" && e.kind != "STANDARD" {
			add(item, "type", e.kind)
		}
		add(item, "username", e.username, "kubernetesGroups", flow(texts(e.groups)))
		var policies []*yaml.Node
		for _, p := range e.policies {
			policies = append(policies, flow(object("name", path.Base(p.arn), "namespaces", texts(p.namespaces))))
		}
		others = append(others, add(item, "policies", list(policies...)))
	}
	add(o, "admins", list(admins...), "access", list(others...))
}

// admin reports whether an entry is what admins in clusters.yaml becomes.
func (e *entry) admin() bool {
	return (e.kind == "" || e.kind == "STANDARD") && e.username == "" && len(e.groups) == 0 && len(e.policies) == 1 &&
		path.Base(e.policies[0].arn) == "AmazonEKSClusterAdminPolicy" && len(e.policies[0].namespaces) == 0
}

func (c *cluster) addonList() *yaml.Node {
	var items []*yaml.Node
	slices.SortFunc(c.addons, func(a, b *addon) int { return strings.Compare(a.name, b.name) })
	for _, a := range c.addons {
		item := object("name", a.name, "version", a.version)
		var values yaml.Node
		if a.values != "" && yaml.Unmarshal([]byte(a.values), &values) == nil && len(values.Content) == 1 {
			add(item, "values", flow(values.Content[0]))
		}
		var accounts []*yaml.Node
		for _, account := range a.accounts {
			accounts = append(accounts, flow(object("name", account.name, "roleARN", account.role)))
		}
		items = append(items, add(item, "serviceAccounts", list(accounts...)))
	}
	return list(items...)
}

// orUnknown is what EKS does where nothing is said.
func orUnknown(text, unknown string) string {
	if text == "" {
		return unknown
	}
	return strings.ToUpper(text)
}

func orEverywhere(cidrs []string) []string {
	if len(cidrs) == 0 {
		return []string{"0.0.0.0/0"}
	}
	return cidrs
}

func encode(node *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(node); err != nil {
		return nil, fmt.Errorf("write clusters.yaml: %w", err)
	}
	return b.Bytes(), nil
}
