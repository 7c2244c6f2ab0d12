package main

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

// An account is a service account that the chart makes with gen's own values.
type account struct {
	Name string `yaml:"name"`
	// Create are the values that decide whether it is made, NameFrom that which names it.
	Create   []string `yaml:"create,omitempty"`
	NameFrom string   `yaml:"nameFrom,omitempty"`
}

// pods are a workload's, with gen's own values.
type pods struct {
	Name    string `yaml:"name"`
	Account string `yaml:"account,omitempty"`
	// Anywhere is set where they tolerate every taint; Tolerations is the value that says so, if one does.
	Anywhere    bool     `yaml:"anywhere,omitempty"`
	Tolerations []string `yaml:"tolerations,omitempty"`
}

// An object is what counts of a rendered one.
type object struct {
	Kind     string `yaml:"kind"`
	Metadata struct {
		Name      string `yaml:"name"`
		Namespace string `yaml:"namespace"`
	} `yaml:"metadata"`
	Spec struct {
		Template struct {
			Spec pod `yaml:"spec"`
		} `yaml:"template"`
		pod `yaml:",inline"`
	} `yaml:"spec"`
}

type pod struct {
	ServiceAccountName string           `yaml:"serviceAccountName"`
	ServiceAccount     string           `yaml:"serviceAccount"`
	Tolerations        []map[string]any `yaml:"tolerations"`
}

func (o object) pod() pod {
	p := o.Spec.Template.Spec
	if o.Kind == "AmazonCloudWatchAgent" {
		p = o.Spec.pod // the operator makes its pods
	}
	if p.ServiceAccountName == "" {
		p.ServiceAccountName = p.ServiceAccount
	}
	return p
}

// render finds accounts and workloads by rendering the chart with gen's own values, and again with each value changed that may count.
func (f *facts) render(c *chart.Chart, keys map[string]key) error {
	own, err := ownValues(c.Name())
	if err != nil {
		return err
	}
	first, err := renderWith(c, own)
	if err != nil {
		return err
	}
	for _, o := range first {
		if in := o.Metadata.Namespace; in != "" && in != c.Name() && !slices.Contains(f.Namespaces, in) {
			f.Namespaces = append(f.Namespaces, in)
		}
		switch {
		case o.Kind == "ServiceAccount":
			f.Accounts = append(f.Accounts, account{Name: o.Metadata.Name})
		case isWorkload(o.Kind):
			p := o.pod()
			f.Pods = append(f.Pods, pods{Name: o.Kind + " " + o.Metadata.Name, Account: p.ServiceAccountName, Anywhere: anywhere(p)})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(keys)) {
		if err := f.try(c, own, path, slices.Contains(keys[path].types, "bool")); err != nil {
			return err
		}
	}
	slices.SortFunc(f.Accounts, func(a, b account) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(f.Pods, func(a, b pods) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// try changes one value, if it may be about accounts or tolerations, and looks what becomes of them.
func (f *facts) try(c *chart.Chart, own map[string]any, at string, isSwitch bool) error {
	last := at[strings.LastIndex(at, ".")+1:]
	inAccount := strings.HasSuffix(parent(at), "erviceAccount")
	switch {
	case inAccount && (last == "create" || last == "enabled"), last == "enabled" && isSwitch:
		changed, err := renderWith(c, with(own, at, false))
		if err != nil {
			return nil // the chart does not do without
		}
		for i, a := range f.Accounts {
			if !slices.ContainsFunc(changed, func(o object) bool { return o.Kind == "ServiceAccount" && o.Metadata.Name == a.Name }) {
				f.Accounts[i].Create = append(a.Create, at)
			}
		}
	case inAccount && last == "name":
		changed, err := renderWith(c, with(own, at, "other-name"))
		if err != nil {
			return fmt.Errorf("with %s: %w", at, err)
		}
		for i, a := range f.Accounts {
			if !slices.ContainsFunc(changed, func(o object) bool { return o.Kind == "ServiceAccount" && o.Metadata.Name == a.Name }) {
				f.Accounts[i].NameFrom = at
			}
		}
	case last == "tolerations" || last == "agent" || last == "manager":
		if last != "tolerations" {
			at += ".tolerations"
		}
		changed, err := renderWith(c, with(own, at, []any{map[string]any{"key": "other", "operator": "Exists"}}))
		if err != nil {
			return fmt.Errorf("with %s: %w", at, err)
		}
		for i, p := range f.Pods {
			if slices.ContainsFunc(changed, func(o object) bool {
				return o.Kind+" "+o.Metadata.Name == p.Name && len(o.pod().Tolerations) == 1 && o.pod().Tolerations[0]["key"] == "other"
			}) && !slices.Contains(p.Tolerations, at) {
				f.Pods[i].Tolerations = append(p.Tolerations, at)
			}
		}
	}
	return nil
}

// anywhere reports whether pods run on every node.
func anywhere(p pod) bool {
	return slices.ContainsFunc(p.Tolerations, func(t map[string]any) bool {
		return t["operator"] == "Exists" && t["key"] == nil && t["effect"] == nil
	})
}

func isWorkload(kind string) bool {
	return slices.Contains([]string{"Deployment", "DaemonSet", "StatefulSet", "AmazonCloudWatchAgent"}, kind)
}

// A release is what counts of a component's template.
type release struct {
	Spec struct {
		Chart struct {
			Spec struct {
				Chart string `yaml:"chart"`
			} `yaml:"spec"`
		} `yaml:"chart"`
		URL    string         `yaml:"url"`
		Values map[string]any `yaml:"values"`
	} `yaml:"spec"`
}

// ownValues are those of gen's template for the chart, and what the chart asks for besides.
func ownValues(name string) (map[string]any, error) {
	files, err := filepath.Glob("../../templates/*/release.yaml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		own, source, err := readTemplate(file)
		if err != nil {
			return nil, err
		}
		if own.Spec.Chart.Spec.Chart != name && path.Base(source.Spec.URL) != name {
			continue
		}
		values := own.Spec.Values
		if name == "amazon-cloudwatch-observability" {
			values["clusterName"], values["region"] = "example", "eu-west-2"
		}
		return values, nil
	}
	return nil, fmt.Errorf("no release in templates is of the chart %s: add templates/<component>/release.yaml and source.yaml first", name)
}

// readTemplate reads a release, and the source beside it.
func readTemplate(file string) (own, source release, err error) {
	for _, read := range []struct {
		file string
		into *release
	}{{file, &own}, {filepath.Join(filepath.Dir(file), "source.yaml"), &source}} {
		content, err := os.ReadFile(read.file)
		if err != nil {
			return own, source, err
		}
		if err := yaml.Unmarshal(content, read.into); err != nil {
			return own, source, fmt.Errorf("%s: %w", read.file, err)
		}
	}
	return own, source, nil
}

// with is a copy of values with one changed.
func with(values map[string]any, at string, value any) map[string]any {
	changed := map[string]any{}
	for name, inner := range values {
		changed[name] = inner
	}
	name, rest, more := strings.Cut(at, ".")
	if !more {
		changed[name] = value
		return changed
	}
	inner, _ := changed[name].(map[string]any)
	changed[name] = with(inner, rest, value)
	return changed
}

// renderWith renders the chart as Helm does for a cluster without anything of its own.
func renderWith(c *chart.Chart, values map[string]any) ([]object, error) {
	options := chartutil.ReleaseOptions{Name: c.Name(), Namespace: c.Name(), Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(c, values, options, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Render(c, all)
	if err != nil {
		return nil, err
	}
	var objects []object
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".yaml") || strings.Contains(name, "/tests/") {
			continue
		}
		for _, document := range strings.Split("\n"+files[name], "\n---") {
			var o object
			if err := yaml.Unmarshal([]byte(document), &o); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if o.Kind != "" {
				objects = append(objects, o)
			}
		}
	}
	return objects, nil
}
