package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// checkCharts holds the values of components to what their charts read, and to the service accounts that their roles are for. It
// leaves alone what checkValueTypes has found.
func checkCharts(c clusterScope) {
	for p := range c.charted {
		settings := p.Settings(c.Cluster)
		if len(settings.Values) == 0 || p.byAddon(c.Cluster) {
			continue // the values of an add-on are not the chart's
		}
		version := cmp.Or(settings.Version, pinned(p.Name))
		facts := c.facts(p.Chart.Name, version)
		if facts == nil {
			c.note(c.at("components", p.Name, "values"), fmt.Sprintf("these values are not checked: gen does not know the chart in version %s", version),
				"it knows "+pinned(p.Name)+"; check them with helm template")
			continue
		}
		c.chartValues(p.Name, facts, settings.Values)
		c.chartAccount(p, facts, settings.Values)
	}
}

// facts are those of a chart, read once for a file.
func (t *tree) facts(chart, version string) *charts.Facts {
	found, read := t.charts[chart+" "+version]
	if !read {
		found, _ = charts.Of(chart, version) // a test reads every file of facts
		t.charts[chart+" "+version] = found
	}
	return found
}

// chartValues reports what the chart does not read, or not so.
func (c clusterScope) chartValues(component string, facts *charts.Facts, values map[string]any) {
	for _, fault := range facts.Faults(values) {
		path := []any{"components", component, "values"}
		for _, key := range fault.Path {
			path = append(path, key)
		}
		at := c.at(path...)
		if fault.Unknown {
			at = c.keyAt(path...)
		}
		if !c.reported(at.place) {
			c.fail(at, fault.Message, fault.Hint)
		}
	}
}

// chartAccount: gen's role is for the account that the chart names by itself.
func (c clusterScope) chartAccount(p Component, facts *charts.Facts, values map[string]any) {
	for _, account := range facts.Accounts {
		name := account.NameWith(values)
		if account.NameFrom == "" || name == account.Name || p.Chart.ServiceAccount != account.Name {
			continue
		}
		path := []any{"components", p.Name, "values"}
		for key := range strings.SplitSeq(account.NameFrom, ".") {
			path = append(path, key)
		}
		c.fail(c.at(path...), fmt.Sprintf("the pods would run as %s, but the IAM role of %s is for the service account %s", name, p.Name, account.Name),
			"remove it, or write "+account.Name)
	}
}

// reported reports whether something is said about a place already.
func (t *tree) reported(at place) bool {
	return slices.ContainsFunc(t.problems, func(p diag.Problem) bool { return p.Line == at.line && p.Column == at.column && p.Path == at.path })
}

// note reports what is good to know about a field.
func (s scope) note(at spot, message, hint string) {
	if !at.silent && (at.node != nil || !s.written) {
		s.report(diag.Note, at.place, message, hint)
	}
}
