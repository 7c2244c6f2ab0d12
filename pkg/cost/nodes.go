package cost

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/instance"
)

// Nodes are nodes of one instance type, of a cluster or, where it is empty, of each.
type Nodes struct {
	Cluster string
	Count   int
	Type    string
}

// ErrNodes is a mix of nodes that cannot be.
var ErrNodes = errors.New("--nodes")

// ParseNodes reads 3xm5a.xlarge, or dev-1=3xm5a.xlarge. A type is one that Auto Mode launches, or that prices have.
func ParseNodes(text string, types *instance.Table, prices *Prices) (Nodes, error) {
	m := regexp.MustCompile(`^(?:([a-z0-9-]+)=)?([0-9]+)x([a-z][a-z0-9-]*\.[a-z0-9-]+)$`).FindStringSubmatch(text)
	if m == nil {
		return Nodes{}, fmt.Errorf("%w %q: write number and type, such as 3xm5a.xlarge, or dev-1=3xm5a.xlarge for one cluster", ErrNodes, text)
	}
	count, err := strconv.Atoi(m[2])
	if err != nil || count == 0 || count > 100000 {
		return Nodes{}, fmt.Errorf("%w %q: write a number from 1 to 100000", ErrNodes, text)
	}
	n := Nodes{m[1], count, m[3]}
	var names []string
	for _, t := range types.Admitted(nil) {
		names = append(names, t.Name)
	}
	near := diag.Nearest(n.Type, names)
	switch {
	case prices.given[n.Type] || slices.Contains(names, n.Type):
		return n, nil
	case near != "":
		return n, fmt.Errorf("%w %q: Auto Mode launches no %s that this gen knows; did you mean %s?", ErrNodes, text, n.Type, near)
	}
	return n, fmt.Errorf("%w %q: Auto Mode launches no %s that this gen knows; if it is newer, give its price in --prices", ErrNodes, text, n.Type)
}

// nodes are the items of the nodes that a cluster is expected to have, and of what its pools may launch.
func nodes(c *config.Cluster, opts Options) []Item {
	p := pricing{c.Region, opts.Prices}
	var items []Item
	for _, n := range opts.Nodes {
		if n.Cluster == "" || n.Cluster == c.Name {
			items = append(items, p.nodes(n)...)
		}
	}
	if opts.Limits {
		for _, pool := range c.Nodes.Pools {
			items = append(items, p.pool(pool, opts.Types))
		}
	}
	return items
}

// nodes are the instances, and what Auto Mode takes for them: it is charged beside them, whatever discount they have.
func (p pricing) nodes(n Nodes) []Item {
	price, ok := p.prices.Instances[p.region][n.Type]
	if !ok {
		note := fmt.Sprintf("the on-demand price in %s is not known: set instances.%s.%s in --prices", p.region, p.region, n.Type)
		return []Item{
			{Name: "EC2 " + n.Type, Quantity: float64(n.Count), Per: perHour, Note: note},
			{Name: "Auto Mode " + n.Type, Quantity: float64(n.Count), Per: perHour, Note: "follows from the on-demand price"},
		}
	}
	fee, share := p.prices.fee(p.region, n.Type, price)
	note := "given in --prices"
	if share > 0 {
		note = number(share*100) + " % of the on-demand price"
	}
	ec2 := "on demand"
	if day := p.prices.days[p.region]; day != "" && !p.prices.given[n.Type] {
		ec2 += ", price of " + day
	}
	return []Item{
		priced("EC2 "+n.Type, float64(n.Count), price, perHour, ec2),
		priced("Auto Mode "+n.Type, float64(n.Count), fee, perHour, note),
	}
}
