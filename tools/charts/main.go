// Command charts writes what gen knows of the Helm charts of its components: pkg/charts/facts/<chart>-<version>.yaml.
//
// In: charts, as folders or .tgz, or by address: https://…/<chart>@<version> or oci://…/<chart>@<version>. Out: one file for each.
// Only facts are written; nothing of a chart is copied. Run it in tools/charts, as `task charts` does.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
)

const (
	target = "../../pkg/charts/facts"
	head   = "# What gen knows of a Helm chart. Written by task charts. DO NOT EDIT.\n"
)

// facts are what is written of a chart; pkg/charts reads it.
type facts struct {
	Chart   string `yaml:"chart"`
	Version string `yaml:"version"`
	// Namespaces are those that it puts something into besides its own.
	Namespaces []string          `yaml:"namespaces,omitempty"`
	Accounts   []account         `yaml:"accounts"`
	Pods       []pods            `yaml:"pods"`
	Values     map[string]string `yaml:"values"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "charts:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("name charts: folders, .tgz files, or addresses such as https://example.org/charts/podinfo@6.14.1")
	}
	for _, arg := range args {
		path, err := fetch(arg)
		if err != nil {
			return fmt.Errorf("%s: %w", arg, err)
		}
		c, err := loader.Load(path)
		if err != nil {
			return fmt.Errorf("%s: %w", arg, err)
		}
		if err := write(c); err != nil {
			return fmt.Errorf("%s: %w", arg, err)
		}
	}
	return nil
}

func write(c *chart.Chart) error {
	keys, err := keysOf(c)
	if err != nil {
		return err
	}
	found := facts{Chart: c.Name(), Version: c.Metadata.Version, Values: spell(keys)}
	if err := found.render(c, keys); err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString(head)
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(found); err != nil {
		return err
	}
	name := filepath.Join(target, c.Name()+"-"+c.Metadata.Version+".yaml")
	fmt.Printf("%s: %d keys, %d service accounts, %d workloads\n", name, len(found.Values), len(found.Accounts), len(found.Pods))
	return os.WriteFile(name, text.Bytes(), 0o644)
}
