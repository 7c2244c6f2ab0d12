package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/templates"
)

// checkCharts holds the values of components to what their charts read, and to the service accounts that their roles are for. It
// leaves alone what checkValueTypes has found.
func checkCharts(c clusterScope) {
	for _, name := range componentNames() {
		values := c.chartOf(name).Values
		if len(values) == 0 || name == "cloudwatch" && c.Components.CloudWatch.Via == ViaAddon {
			continue // the values of an add-on are not the chart's
		}
		version := c.chartOf(name).Version
		if version == "" {
			version = pinned(name)
		}
		facts := c.facts(name, version)
		if facts == nil {
			c.note(c.at("components", name, "values"), fmt.Sprintf("these values are not checked: gen does not know the chart in version %s", version),
				"it knows "+pinned(name)+"; check them with helm template")
			continue
		}
		c.chartValues(name, facts, values)
		c.chartAccount(name, facts, values)
	}
}

// chartOf are the settings that every component with a chart has.
func (c clusterScope) chartOf(component string) Chart {
	switch component {
	case "external-dns":
		return c.Components.ExternalDNS.Chart
	case "cloudwatch":
		return c.Components.CloudWatch.Chart
	default:
		return c.Components.Podinfo.Chart
	}
}

// facts are those of a component's chart, read once for a file.
func (t *tree) facts(component, version string) *charts.Facts {
	chart := charts.OfComponent(component)
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
func (c clusterScope) chartAccount(component string, facts *charts.Facts, values map[string]any) {
	for _, account := range facts.Accounts {
		name := account.NameWith(values)
		if account.NameFrom == "" || name == account.Name || !hasRole(component, account.Name) {
			continue
		}
		path := []any{"components", component, "values"}
		for key := range strings.SplitSeq(account.NameFrom, ".") {
			path = append(path, key)
		}
		c.fail(c.at(path...), fmt.Sprintf("the pods would run as %s, but the IAM role of %s is for the service account %s", name, component, account.Name),
			"remove it, or write "+account.Name)
	}
}

// hasRole tells whether a component has a role for a service account (pkg/component).
func hasRole(component, account string) bool {
	return component == "external-dns" && account == "external-dns" || component == "cloudwatch" && account == "cloudwatch-agent"
}

// reported tells whether something is said about a place already.
func (t *tree) reported(at place) bool {
	return slices.ContainsFunc(t.problems, func(p diag.Problem) bool { return p.Line == at.line && p.Column == at.column && p.Path == at.path })
}

// note reports what is good to know about a field.
func (s scope) note(at spot, message, hint string) {
	if !at.silent && (at.node != nil || !s.written) {
		s.report(diag.Note, at.place, message, hint)
	}
}

// pinned is the version of a component's chart that gen installs when clusters.yaml names none.
func pinned(component string) string {
	var release struct {
		Spec struct {
			Chart struct {
				Spec struct {
					Version string `yaml:"version"`
				} `yaml:"spec"`
			} `yaml:"chart"`
			Ref struct {
				Tag string `yaml:"tag"`
			} `yaml:"ref"`
		} `yaml:"spec"`
	}
	for _, file := range []string{"release.yaml", "source.yaml"} {
		content, err := templates.Files.ReadFile(strings.ReplaceAll(component, "-", "") + "/" + file)
		if err != nil || yaml.Unmarshal(content, &release) != nil {
			return "" // a test reads every template
		}
	}
	return release.Spec.Chart.Spec.Version + release.Spec.Ref.Tag
}
