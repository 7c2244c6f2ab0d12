package report

import (
	"fmt"

	"eks-auto-gitops/pkg/diff/change"
)

// reconciledText is the line about clusters that Flux reconciles although nothing changes in them; empty where there are none.
func reconciledText(r *change.Report) string {
	if len(r.Reconciled) == 0 {
		return ""
	}
	return fmt.Sprintf("Flux also reconciles %s, of which files differ, and no objects", scopesText(r.Reconciled))
}
