// Package list shows the clusters of a fleet, each in a line: what it is, where, and until when EKS supports its version.
//
// In: the fleet as it was loaded, with everything that clusters inherit. Out: a table, JSON, YAML, or only the names.
package list

import (
	"cmp"
	"strings"
	"time"

	"eks-auto-gitops/pkg/config"
)

// Row is a cluster with what it inherits.
type Row struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
	// State is active or retiring.
	State   string `json:"state"`
	Version string `json:"version"`
	// SupportedUntil is the day on which support for the version ends by the cluster's upgrade policy, such as
	// 2027-08-02; empty where AWS has not said. EXTENDED support costs more from StandardUntil on.
	SupportedUntil string `json:"supportedUntil,omitempty"`
	StandardUntil  string `json:"standardSupportUntil,omitempty"`
	Account        string `json:"accountID"`
	Region         string `json:"region"`
	// Network is the CIDR of the VPC that is made, or the id of an existing one.
	Network string `json:"network"`
	Branch  string `json:"branch"`
	// Nodes are the node pools, those of EKS first.
	Nodes []string `json:"nodePools"`
	// Components are those that are on, Addons and Releases what else is installed.
	Components []string `json:"components"`
	Addons     []string `json:"addons"`
	Releases   []string `json:"releases"`
	Identity   string   `json:"identity"`
	Domain     string   `json:"domain,omitempty"`
	// Endpoint is public, private or both, as in "public, private".
	Endpoint  string `json:"endpoint"`
	Protected bool   `json:"protected"`
}

// Rows lists the clusters that has reports true for, by environment in the order of clusters.yaml, then by name.
func Rows(fleet *config.Fleet, has func(environment, cluster string) bool) []Row {
	rows := []Row{}
	for _, e := range fleet.Environments {
		for _, c := range fleet.ClustersOf(e.Name) {
			if has(e.Name, c.Name) {
				rows = append(rows, row(c))
			}
		}
	}
	return rows
}

func row(c *config.Cluster) Row {
	r := Row{
		Name: c.Name, Environment: c.Environment, State: c.State, Version: c.Version, Account: c.AccountID, Region: c.Region,
		Network: cmp.Or(c.Network.CIDR, c.Network.VPCID), Branch: c.Env.Branch, Identity: c.Identity, Domain: c.DNS.Domain,
		Endpoint: endpoint(c.Endpoint), Protected: c.Env.Protect,
		Nodes: append([]string{}, c.Nodes.BuiltIn...), Components: components(c), Addons: []string{}, Releases: []string{},
	}
	if support, ok := config.SupportOf(c.Version); ok {
		r.StandardUntil, r.SupportedUntil = date(support.Standard), date(support.Standard)
		if c.UpgradePolicy == "EXTENDED" {
			r.SupportedUntil = date(support.Extended)
		}
	}
	for _, p := range c.Nodes.Pools {
		r.Nodes = append(r.Nodes, p.Name)
	}
	for _, a := range c.Addons {
		r.Addons = append(r.Addons, a.Name)
	}
	for _, release := range c.Releases {
		r.Releases = append(r.Releases, release.Name)
	}
	return r
}

func components(c *config.Cluster) []string {
	list := []string{}
	for _, p := range config.ChartComponents() {
		if p.In(c) {
			list = append(list, p.Name)
		}
	}
	return list
}

func endpoint(e config.Endpoint) string {
	var words []string
	if e.Public {
		words = append(words, "public")
	}
	if e.Private {
		words = append(words, "private")
	}
	return strings.Join(words, ", ")
}

func date(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
