package config

import (
	"slices"
	"testing"

	"eks-auto-gitops/pkg/charts"
)

// TestPinnedChartsAreKnown: a new pin needs its facts.
func TestPinnedChartsAreKnown(t *testing.T) {
	t.Parallel()
	for _, p := range ChartComponents() {
		name, version := p.Name, pinned(p.Name)
		facts, err := charts.Of(p.Chart.Name, version)
		if err != nil || version == "" || facts == nil || len(facts.Values) == 0 {
			t.Errorf("%s %s has no facts in pkg/charts/facts: run `task charts -- CHART`, where CHART is a folder, a .tgz or an address of it (%v)", name, version, err)
			continue
		}
		if account := p.Chart.ServiceAccount; account != "" && !slices.ContainsFunc(facts.Accounts, func(a charts.Account) bool { return a.Name == account }) {
			t.Errorf("%s: the chart makes no service account %s: mend the row in component_table.go", name, account)
		}
	}
}
