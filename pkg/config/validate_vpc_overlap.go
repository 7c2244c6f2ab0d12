package config

import (
	"fmt"
	"net/netip"
)

// Ranges are the ranges of a VPC that is made: its own first, then the secondary ones. What is no range is left out.
func (n Network) Ranges() []netip.Prefix {
	var ranges []netip.Prefix
	if n.CIDR == "" {
		return nil
	}
	for _, text := range append([]string{n.CIDR}, n.SecondaryCIDRs...) {
		if prefix, err := netip.ParsePrefix(text); err == nil && prefix.Addr().Is4() {
			ranges = append(ranges, prefix.Masked())
		}
	}
	return ranges
}

// rangeAt is where a range of Ranges stands.
func (c clusterScope) rangeAt(i int) spot {
	if i == 0 {
		return c.at("network", "cidr")
	}
	return c.at("network", "secondaryCIDRs", i-1)
}

// An overlap is two ranges of two VPCs.
type overlap struct {
	own, theirs     netip.Prefix
	at, theirsAt    spot
	sharedAddresses bool
}

// overlapOf is the first overlap of two clusters' VPCs, those in which addresses are meant to be routed before others.
func overlapOf(c, other clusterScope) (found overlap, ok bool) {
	for i, own := range c.Network.Ranges() {
		for j, theirs := range other.Network.Ranges() {
			if !own.Overlaps(theirs) {
				continue
			}
			same := isForPods(i, own) && isForPods(j, theirs)
			if !ok || found.sharedAddresses && !same {
				found, ok = overlap{own, theirs, c.rangeAt(i), other.rangeAt(j), same}, true
			}
		}
	}
	return found, ok && !found.sharedAddresses
}

// isForPods reports whether range i of a VPC is one that may be the same in every VPC: secondary ranges of RFC 6598 often are,
// for pods have them, and nobody routes to pods.
func isForPods(i int, prefix netip.Prefix) bool {
	return i > 0 && contains(netip.MustParsePrefix("100.64.0.0/10"), prefix)
}

// checkFarOverlap notes VPCs that overlap across accounts or regions. It says so once: whoever gives every account the
// same range does it on purpose (Amazon VPC, "VPC peering basics": no peering of overlapping ranges).
func checkFarOverlap(f fleetScope) {
	known := newRangeIndex()
	for i, c := range f.clusters {
		for _, j := range known.near("", c) {
			other := f.clusters[j]
			if c.AccountID == other.AccountID && c.Region == other.Region {
				continue
			}
			if o, overlaps := overlapOf(c, other); overlaps {
				f.note(o.at, fmt.Sprintf("%s overlaps %s of the cluster %q on line %d", o.own, o.theirs, other.Name, o.theirsAt.line),
					"neither peering nor a transit gateway can connect the two VPCs; if nothing ever has to, all is well")
				return
			}
		}
		known.add("", i, c)
	}
}

// checkVPCOverlap: VPCs that are made in one account and region must not overlap, or they can
// never be connected. The second one in the file is the fault.
func checkVPCOverlap(f fleetScope) {
	known := newRangeIndex()
	for i, c := range f.clusters {
		where := c.AccountID + " " + c.Region
		for _, j := range known.near(where, c) {
			other := f.clusters[j]
			o, overlaps := overlapOf(c, other)
			if !overlaps || c.Name == other.Name {
				continue
			}
			f.fail(o.at, fmt.Sprintf("%s overlaps %s of the cluster %q on line %d", o.own, o.theirs, other.Name, o.theirsAt.line),
				"they are in one account and region; give this one a range of its own")
			break
		}
		known.add(where, i, c)
	}
}
