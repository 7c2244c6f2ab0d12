// Package cost estimates what the clusters of a fleet cost per month at AWS's list prices.
//
// In: the fleet as it was loaded, prices with their date, the expected nodes. Out: items with quantity and
// price, sums for clusters, environments and the fleet, and what was assumed; as a table or JSON. A price that is not
// known is shown as unknown and is not in any sum.
package cost

import (
	"math"
	"time"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/instance"
)

// hours is how many hours AWS counts for a month in its examples (Amazon EKS pricing).
const hours = 730

// Cents are an amount of USD, rounded for each item, so that what is shown adds up.
type Cents int64

func cents(usd float64) Cents { return Cents(math.Round(usd * 100)) }

// Options are what an estimate depends on besides the fleet.
type Options struct {
	Prices *Prices
	// Types are the instance types, for Limits.
	Types *instance.Table
	// At is the day by which the support of Kubernetes versions is judged.
	At time.Time
	// Nodes are those that clusters are expected to have; Limits counts what the limits of node pools allow.
	Nodes  []Nodes
	Limits bool
	// LogGB is what a control plane is assumed to log in a month.
	LogGB float64
}

// Item is one thing that a cluster costs.
type Item struct {
	Name     string  `json:"item"`
	Quantity float64 `json:"quantity"`
	// Price is for one of it and Per, which is hour, month or GB; nil where it is not known, or no single one.
	Price *float64 `json:"price"`
	Per   string   `json:"per"`
	// Month is nil where the price is not known.
	Month *Cents `json:"month"`
	// Note says what the item follows from, or why the price is not known.
	Note string `json:"note,omitempty"`
}

// Cluster is what a cluster costs.
type Cluster struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
	Region      string `json:"region"`
	Items       []Item `json:"items"`
	Sum
}

// Sum is an amount a month. Complete is false where the price of an item is not known: then it costs more.
type Sum struct {
	Month    Cents `json:"month"`
	Complete bool  `json:"complete"`
}

func (s *Sum) add(other Sum) {
	s.Month += other.Month
	s.Complete = s.Complete && other.Complete
}

// Environment is what the clusters of an environment cost.
type Environment struct {
	Name string `json:"name"`
	Sum
}

// Report is an estimate.
type Report struct {
	Clusters     []Cluster     `json:"clusters"`
	Environments []Environment `json:"environments"`
	Fleet        Sum           `json:"fleet"`
	Assumptions  []string      `json:"assumptions"`
}

// Estimate adds up what the clusters cost that has reports true for.
func Estimate(fleet *config.Fleet, has func(environment, cluster string) bool, opts Options) Report {
	r := Report{Clusters: []Cluster{}, Environments: []Environment{}, Fleet: Sum{Complete: true}}
	for _, e := range fleet.Environments {
		sum, some := Sum{Complete: true}, false
		for _, c := range fleet.ClustersOf(e.Name) {
			if !has(e.Name, c.Name) {
				continue
			}
			cluster := estimate(c, opts)
			r.Clusters = append(r.Clusters, cluster)
			sum.add(cluster.Sum)
			some = true
		}
		if some {
			r.Environments = append(r.Environments, Environment{e.Name, sum})
			r.Fleet.add(sum)
		}
	}
	r.Assumptions = assumptions(r, opts)
	return r
}

func estimate(c *config.Cluster, opts Options) Cluster {
	cluster := Cluster{Name: c.Name, Environment: c.Environment, Region: c.Region, Sum: Sum{Complete: true}}
	cluster.Items = append(base(c, opts), nodes(c, opts)...)
	for _, item := range cluster.Items {
		if item.Month == nil {
			cluster.Complete = false
			continue
		}
		cluster.Month += *item.Month
	}
	return cluster
}
