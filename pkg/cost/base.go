package cost

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"eks-auto-gitops/pkg/config"
)

// The units of prices.
const (
	perHour  = "hour"
	perMonth = "month"
	perGB    = "GB"
)

// DefaultLogGB is what a control plane with logging is assumed to log in a month.
const DefaultLogGB = 10

// base are the items that a cluster has without any node.
func base(c *config.Cluster, opts Options) []Item {
	p := pricing{c.Region, opts.Prices}
	items := controlPlane(c, p, opts.At)
	items = append(items, network(c, p)...)
	if c.Encryption.Create {
		items = append(items, p.item("KMS key", 1, "kmsKeyMonth", perMonth, ""))
	}
	if c.DNS.Zone.Create {
		items = append(items, p.item("hosted zone", 1, "hostedZoneMonth", perMonth, ""))
	}
	if len(c.Logging.Types) > 0 && opts.LogGB > 0 {
		items = append(items, p.item("control plane logs", opts.LogGB, "logIngestionGB", perGB, "assumed: "+number(opts.LogGB)+" GB of "+strings.Join(c.Logging.Types, ", ")))
	}
	return items
}

// pricing makes items of a region.
type pricing struct {
	region string
	prices *Prices
}

func (p pricing) item(name string, quantity float64, rate, per, note string) Item {
	price, ok := p.prices.rate(p.region, rate)
	if !ok {
		return Item{Name: name, Quantity: quantity, Per: per, Note: join2(note, "the price in "+p.region+" is not known: set regions."+p.region+"."+rate+" in --prices")}
	}
	return priced(name, quantity, price, per, note)
}

func priced(name string, quantity, price float64, per, note string) Item {
	times := quantity
	if per == perHour {
		times *= hours
	}
	month := cents(price * times)
	return Item{Name: name, Quantity: quantity, Price: &price, Per: per, Month: &month, Note: note}
}

func join2(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// controlPlane is the cluster itself, extended support where it is due by its date, and a provisioned tier, each on top of the others
// (Amazon EKS pricing).
func controlPlane(c *config.Cluster, p pricing, at time.Time) []Item {
	note, extended := support(c, p, at)
	items := []Item{p.item("control plane", 1, "controlPlaneHour", perHour, c.Version+note)}
	if extended {
		items = append(items, p.item("extended support", 1, "extendedSupportHour", perHour, ""))
	}
	if tier, ok := strings.CutPrefix(c.ControlPlaneTier, "tier-"); ok {
		items = append(items, p.item("control plane "+c.ControlPlaneTier, 1, "tier"+strings.ToUpper(tier)+"Hour", perHour, ""))
	}
	return items
}

// support says how long the version has which support, and whether it has extended support on the day. At the end of the support that the
// upgrade policy buys, EKS upgrades the cluster itself (EKS User Guide, "Understand the Kubernetes version lifecycle on EKS").
func support(c *config.Cluster, p pricing, at time.Time) (note string, extended bool) {
	s, ok := config.SupportOf(c.Version)
	switch {
	case !ok || s.Standard.IsZero():
		return ", AWS has not said until when it is supported", false
	case at.Before(s.Standard) && c.UpgradePolicy != "EXTENDED":
		return ", standard support until " + s.Standard.Format(time.DateOnly), false
	case at.Before(s.Standard):
		note := ", standard support until " + s.Standard.Format(time.DateOnly)
		if price, ok := p.prices.rate(p.region, "extendedSupportHour"); ok {
			note += fmt.Sprintf(", then extended: %s more", cents(price*hours))
		}
		return note, false
	case c.UpgradePolicy == "EXTENDED" && at.Before(s.Extended):
		return ", extended support until " + s.Extended.Format(time.DateOnly), true
	}
	return ", support has ended: EKS upgrades it", false
}

// network are NAT gateways, their addresses and the VPC endpoints of a VPC that is made. A gateway endpoint costs nothing; an
// interface endpoint costs for each zone that it is in (AWS PrivateLink pricing).
func network(c *config.Cluster, p pricing) []Item {
	if c.Network.CIDR == "" {
		return nil
	}
	var items []Item
	gateways := map[string]int{config.NATSingle: 1, config.NATPerZone: len(c.Network.Zones)}[c.Network.NAT]
	if gateways > 0 {
		items = append(
			items,
			p.item("NAT gateways", float64(gateways), "natGatewayHour", perHour, "nat: "+c.Network.NAT),
			p.item("public IPv4 addresses", float64(gateways), "publicIPv4Hour", perHour, "of the NAT gateways"),
		)
	}
	interfaces := slices.DeleteFunc(slices.Clone(c.Network.Endpoints), func(service string) bool { return service == "s3" || service == "dynamodb" })
	if n := len(interfaces) * len(c.Network.Zones); n > 0 {
		note := fmt.Sprintf("%s in %d zones", strings.Join(interfaces, ", "), len(c.Network.Zones))
		items = append(items, p.item("interface endpoints", float64(n), "interfaceEndpointHour", perHour, note))
	}
	return items
}
