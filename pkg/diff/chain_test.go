package diff_test

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// chainText is a line for each chain of a report: its scopes, and its steps with what they wait for and what happens in
// them.
func chainText(report *change.Report) string {
	var b strings.Builder
	for _, chain := range report.Chains {
		for i, scope := range chain.Scopes {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(scope.String())
		}
		if chain.Source != "" {
			b.WriteString(" from " + chain.Source)
		}
		b.WriteByte('\n')
		for _, step := range chain.Steps {
			fmt.Fprintf(&b, "  %s%s: %s on the %s", map[string]string{"added": "+", "removed": "-", "changed": "~"}[step.Change], step.Name, step.Folder, step.Place)
			if len(step.After) > 0 {
				b.WriteString(", after " + strings.Join(step.After, " and "))
			}
			for _, outcome := range change.Outcomes() {
				if n := step.Outcomes[outcome]; n > 0 {
					fmt.Fprintf(&b, ", %d %s", n, outcome)
				}
			}
			if step.Dangers > 0 {
				fmt.Fprintf(&b, ", dangers: %d", step.Dangers)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
