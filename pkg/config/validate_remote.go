package config

import (
	"fmt"
	"net/netip"
	"slices"
)

// checkRemoteNetworks checks the networks of hybrid nodes (EKS User Guide, "Prepare networking for hybrid nodes"; EKS API,
// RemoteNetworkConfigRequest).
func checkRemoteNetworks(c clusterScope) {
	n := c.Network
	if len(n.RemoteNodeNetworks)+len(n.RemotePodNetworks) == 0 {
		return
	}
	if len(n.RemoteNodeNetworks) == 0 && c.sound("network", "remoteNodeNetworks") {
		c.fail(c.at("network", "remotePodNetworks"), "pods of hybrid nodes without hybrid nodes", "add remoteNodeNetworks")
	}
	if n.IPFamily == IPv6 {
		c.fail(c.at("network", "ipFamily"), "hybrid nodes have IPv4 addresses only", "use ipFamily: ipv4, or remove remoteNodeNetworks and remotePodNetworks")
	}
	if c.Endpoint.Public && c.Endpoint.Private && len(n.RemoteNodeNetworks) > 0 {
		c.warn(c.at("network", "remoteNodeNetworks"), "with an endpoint that is public and private, hybrid nodes always ask the public one",
			"set endpoint.public or endpoint.private to false, or make sure that publicCIDRs has their addresses")
	}
	var taken []takenRange
	for i, vpc := range n.Ranges() {
		taken = append(taken, takenRange{vpc, fmt.Sprintf("the VPC on line %d", c.rangeAt(i).line)})
	}
	if services, err := netip.ParsePrefix(n.ServiceCIDR); err == nil {
		taken = append(taken, takenRange{services, "the range of services"})
	}
	taken = c.remoteNetworks(taken, "remoteNodeNetworks", n.RemoteNodeNetworks)
	c.remoteNetworks(taken, "remotePodNetworks", n.RemotePodNetworks)
}

type takenRange struct {
	prefix netip.Prefix
	what   string
}

// remoteNetworks checks one of the two lists, and returns what is taken with it.
func (c clusterScope) remoteNetworks(taken []takenRange, field string, list []string) []takenRange {
	if len(list) > 15 {
		c.fail(c.at("network", field), fmt.Sprintf("%d ranges", len(list)), "EKS takes 15; join neighbours to larger ranges")
	}
	for i, text := range list {
		at := c.at("network", field, i)
		prefix, ok := c.cidr(at, text)
		if !ok {
			continue
		}
		j := slices.IndexFunc(taken, func(t takenRange) bool { return t.prefix.Overlaps(prefix) })
		switch {
		case !slices.ContainsFunc(privateRanges(), func(r netip.Prefix) bool { return contains(r, prefix) }):
			c.fail(at, fmt.Sprintf("%s is not a private range", prefix), "EKS takes ranges in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10")
		case j >= 0:
			c.fail(at, fmt.Sprintf("%s overlaps %s, %s", prefix, taken[j].prefix, taken[j].what), "answers would not find their way back; take ranges that nothing else has")
		}
		taken = append(taken, takenRange{prefix, fmt.Sprintf("%s on line %d", field, at.line)})
	}
	return taken
}
