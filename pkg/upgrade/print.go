package upgrade

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Formats are the ways to print upgrades.
func Formats() []string { return []string{"table", "json"} }

// Print writes upgrades in a format, which is one of Formats.
func Print(out io.Writer, list []Upgrade, format string) error {
	if format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(list); err != nil {
			return fmt.Errorf("print the upgrades: %w", err)
		}
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	fmt.Fprintln(w, "CLUSTER\tENVIRONMENT\tWHAT\tVERSION\tNEWER\tKNOWN TO WORK\tCOMMAND")
	for _, u := range list {
		what := u.Kind
		if u.Name != u.Kind {
			what += " " + u.Name
		}
		fmt.Fprintln(w, strings.Join([]string{u.Cluster, u.Environment, what, u.From, u.To, u.Why, u.Command}, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the upgrades: %w", err)
	}
	return nil
}
