package main

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/config"
)

// TestFleet keeps the fleet that is measured valid while clusters.yaml changes.
func TestFleet(t *testing.T) {
	text := fleetText(5)
	fleet, problems := config.Load("clusters.yaml", []byte(text))
	for _, p := range problems {
		t.Errorf("%d:%d: %s: %s", p.Line, p.Column, p.Path, p.Message)
	}
	if fleet == nil || len(fleet.Clusters) != 5 {
		t.Fatal("the fleet does not have its 5 clusters")
	}
	for _, part := range catalog.All() {
		found := false
		for i := range fleet.Clusters {
			found = found || part.In(&fleet.Clusters[i])
		}
		if !found {
			t.Errorf("no cluster has the component %s, so it is not measured", part.Name)
		}
	}
}

// TestRanges: no two clusters of one account have the same range, however large the fleet is.
func TestRanges(t *testing.T) {
	seen := map[string]bool{}
	for i := range maxClusters {
		prefix, err := netip.ParsePrefix(rangeOf(i))
		if services := netip.MustParsePrefix("172.20.0.0/16"); services.Overlaps(prefix) {
			t.Fatalf("cluster %d: %s is in the range of services", i, prefix)
		}
		if err != nil || prefix.Masked() != prefix || !prefix.Addr().IsPrivate() && !netip.MustParsePrefix("100.64.0.0/10").Overlaps(prefix) {
			t.Fatalf("cluster %d: %s: %v", i, rangeOf(i), err)
		}
		account := fmt.Sprintf("%d %s", (i+i/ranges)%2, prefix)
		if seen[account] {
			t.Fatalf("cluster %d has the range %s, which another cluster of the account has", i, prefix)
		}
		seen[account] = true
	}
}

func TestOneLineChanged(t *testing.T) {
	for _, change := range []func(string) string{oneLineChanged, everyLineChanged} {
		for _, n := range []int{1, 3} {
			before, after := strings.Split(fleetText(n), "\n"), strings.Split(change(fleetText(n)), "\n")
			if len(before) != len(after) {
				t.Fatalf("%d clusters: %d lines became %d", n, len(before), len(after))
			}
			changed := 0
			for i := range before {
				if before[i] != after[i] {
					changed++
				}
			}
			if changed != 1 {
				t.Errorf("%d clusters: %d lines changed", n, changed)
			}
		}
	}
}
