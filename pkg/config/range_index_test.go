package config

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRangeIndex: whatever overlaps is near, so that the index never hides a pair.
func TestRangeIndex(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same clusters each time
	var clusters []clusterScope
	for range 300 {
		c := &Cluster{}
		c.Network.CIDR = fmt.Sprintf("10.%d.%d.0/%d", random.IntN(4), random.IntN(256), 14+random.IntN(10))
		c.Network.SecondaryCIDRs = []string{fmt.Sprintf("100.%d.0.0/%d", 63+random.IntN(3), 10+random.IntN(7)), "none"}
		clusters = append(clusters, clusterScope{scope: scope{tree: &tree{}}, Cluster: c})
	}
	known, overlapping, looked := newRangeIndex(), 0, 0
	for i, c := range clusters {
		near := known.near("", c)
		looked += len(near)
		for j, other := range clusters[:i] {
			if _, overlaps := overlapOf(c, other); overlaps {
				overlapping++
				if !slices.Contains(near, j) {
					t.Errorf("%v overlaps %v, which is not found", c.Network.Ranges(), other.Network.Ranges())
				}
			}
		}
		if found := known.near("elsewhere", c); len(found) > 0 {
			t.Errorf("%v are found elsewhere", found)
		}
		known.add("", i, c)
	}
	if overlapping == 0 || looked > 2*overlapping {
		t.Errorf("%d pairs overlap, %d were looked at", overlapping, looked)
	}
}
