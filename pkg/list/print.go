package list

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"sigs.k8s.io/yaml"
)

// Formats are the ways to print rows: table and wide for people, json and yaml for programs, name for loops of a shell.
func Formats() []string { return []string{"table", "wide", "json", "yaml", "name"} }

// Print writes rows in a format, which is one of Formats.
func Print(out io.Writer, rows []Row, format string) error {
	var content []byte
	var err error
	switch format {
	case "json":
		content, err = json.MarshalIndent(rows, "", "  ")
		content = append(content, '\n')
	case "yaml":
		content, err = yaml.Marshal(rows)
	case "name":
		var names strings.Builder
		for _, r := range rows {
			fmt.Fprintln(&names, r.Name)
		}
		content = []byte(names.String())
	default:
		return table(out, rows, format == "wide")
	}
	if err != nil {
		return fmt.Errorf("encode the list: %w", err)
	}
	if _, err := out.Write(content); err != nil {
		return fmt.Errorf("print the list: %w", err)
	}
	return nil
}

// table aligns columns as kubectl does. What is empty is a dash.
func table(out io.Writer, rows []Row, wide bool) error {
	w := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	head := []string{"NAME", "ENVIRONMENT", "VERSION", "SUPPORTED-UNTIL", "ACCOUNT", "REGION", "NETWORK", "NODE-POOLS", "COMPONENTS"}
	if wide {
		head = append(head, "STATE", "BRANCH", "ENDPOINT", "IDENTITY", "DOMAIN", "ADDONS", "RELEASES")
	}
	fmt.Fprintln(w, strings.Join(head, "\t"))
	for _, r := range rows {
		cells := []string{
			r.Name, r.Environment, r.Version, r.SupportedUntil, r.Account, r.Region, r.Network,
			strings.Join(r.Nodes, ","), strings.Join(r.Components, ","),
		}
		if wide {
			cells = append(cells, r.State, r.Branch, strings.ReplaceAll(r.Endpoint, ", ", ","), r.Identity, r.Domain, strings.Join(r.Addons, ","), strings.Join(r.Releases, ","))
		}
		for i := range cells {
			cells[i] = cmp.Or(cells[i], "-")
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the list: %w", err)
	}
	return nil
}
