// Package charts has what is known about Helm charts and EKS add-ons: which values a chart reads, and which service accounts, namespaces
// and pods it creates. `task charts` extracts the facts from the charts.
//
// In: the name of a chart and its exact version. Out: its facts, and what is wrong with values.
package charts

import (
	"embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed facts
var files embed.FS

// Facts are what is known about one version of a chart.
type Facts struct {
	// Chart and Version are of which chart.
	Chart   string `yaml:"chart"`
	Version string `yaml:"version"`
	// Namespaces are those that it puts something into besides its own.
	Namespaces []string `yaml:"namespaces"`
	// Accounts are the service accounts that it makes with gen's own values.
	Accounts []Account `yaml:"accounts"`
	// Pods are its workloads with gen's own values.
	Pods []Pods `yaml:"pods"`
	// Values are the values that it reads, by path, each with what it may be.
	Values map[string]Kind `yaml:"values"`
}

// An Account is a service account that a chart creates.
type Account struct {
	Name string `yaml:"name"`
	// Create are the values that decide whether it is created; NameFrom is the one that names it.
	Create   []string `yaml:"create"`
	NameFrom string   `yaml:"nameFrom"`
}

// Pods are those of one workload of a chart.
type Pods struct {
	// Name is the kind and the name of the workload.
	Name string `yaml:"name"`
	// Account is their service account.
	Account string `yaml:"account"`
	// Anywhere is set where they run on every node, unless Tolerations, values, say otherwise.
	Anywhere    bool     `yaml:"anywhere"`
	Tolerations []string `yaml:"tolerations"`
}

// A Kind is the type of a value.
type Kind struct {
	// Types are among any, map, list, bool, scalar, string, integer, number and null.
	Types []string
	// Open is set for a mapping of which any key may count.
	Open bool
	// Words are all that a text may be; empty for any.
	Words []string
}

// UnmarshalText reads a kind as it is in a file of facts, such as "map *" or "string = text json".
func (k *Kind) UnmarshalText(text []byte) error {
	head, words, _ := strings.Cut(string(text), " = ")
	types, open := strings.CutSuffix(head, " *")
	k.Types, k.Open, k.Words = strings.Split(types, "|"), open, strings.Fields(words)
	return nil
}

// Of are the facts of a version of a chart, or nil if it has none. A v before the version does not count.
func Of(chart, version string) (*Facts, error) {
	content, err := files.ReadFile("facts/" + chart + "-" + strings.TrimPrefix(version, "v") + ".yaml")
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // a version without facts is none to stop at
	}
	facts := &Facts{}
	if err := yaml.Unmarshal(content, facts); err != nil {
		return nil, fmt.Errorf("facts of chart %s %s: %w", chart, version, err)
	}
	return facts, nil
}
