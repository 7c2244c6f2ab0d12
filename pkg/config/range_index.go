package config

import (
	"net/netip"
	"slices"
)

// rangeIndex finds the clusters whose VPCs can overlap with that of another, without looking at each pair: a fleet of 20,000
// clusters has 200 million of them. Of two ranges that overlap one is in the other, or they are the same.
type rangeIndex struct {
	// at has the clusters with a range, in those with a range inside of it.
	at, in map[rangeKey][]int
}

// rangeKey is a range somewhere, such as in an account.
type rangeKey struct {
	where  string
	prefix netip.Prefix
	pods   bool
}

func newRangeIndex() rangeIndex {
	return rangeIndex{map[rangeKey][]int{}, map[rangeKey][]int{}}
}

// add adds the ranges of cluster i, in the order of the clusters.
func (x rangeIndex) add(where string, i int, c clusterScope) {
	for n, prefix := range c.Network.Ranges() {
		key := rangeKey{where, prefix, isForPods(n, prefix)}
		x.at[key] = append(x.at[key], i)
		for key.prefix.Bits() > 0 {
			key.prefix = wider(key.prefix)
			x.in[key] = append(x.in[key], i)
		}
	}
}

// near are the clusters added so far whose VPCs can overlap with that of c, in their order.
func (x rangeIndex) near(where string, c clusterScope) []int {
	var found []int
	for n, prefix := range c.Network.Ranges() {
		for _, pods := range []bool{false, true} {
			if pods && isForPods(n, prefix) {
				continue // overlapOf does not count it
			}
			key := rangeKey{where, prefix, pods}
			found = append(append(found, x.in[key]...), x.at[key]...)
			for key.prefix.Bits() > 0 {
				key.prefix = wider(key.prefix)
				found = append(found, x.at[key]...)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// wider is the range of twice the size that a range is in.
func wider(p netip.Prefix) netip.Prefix {
	return netip.PrefixFrom(p.Addr(), p.Bits()-1).Masked()
}
