package config

import (
	"testing"

	"eks-auto-gitops/pkg/charts"
)

// TestPinnedChartsAreKnown: a new pin needs its facts.
func TestPinnedChartsAreKnown(t *testing.T) {
	t.Parallel()
	for _, name := range componentNames() {
		version := pinned(name)
		facts, err := charts.Of(charts.OfComponent(name), version)
		if err != nil || version == "" || facts == nil || len(facts.Values) == 0 {
			t.Errorf("%s %s has no facts in pkg/charts/facts: run `task charts -- CHART`, where CHART is a folder, a .tgz or an address of it (%v)", name, version, err)
		}
	}
}
