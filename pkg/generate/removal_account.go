package generate

import (
	"fmt"
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// CheckAccounts refuses a hub that no longer reaches an account in which a cluster is delivered: ACK could not delete what
// it has created there.
func CheckAccounts(fleet *config.Fleet, delivered []Delivered) diag.List {
	reached := map[string]bool{}
	for _, e := range fleet.Environments {
		for _, account := range e.Accounts(fleet) {
			reached[account] = true
		}
	}
	gone := map[string][]string{}
	for _, d := range delivered {
		if d.AccountID != "" && !reached[d.AccountID] {
			gone[d.AccountID] = append(gone[d.AccountID], d.Name)
		}
	}
	var problems diag.List
	for account, clusters := range gone {
		slices.Sort(clusters)
		problems = append(problems, diag.Problem{
			File: layout.ClustersFile, Line: 1, Column: 1,
			Message: fmt.Sprintf("account %s is in no environment any more, but cluster %q is delivered there: without its role ACK can delete nothing of it", account, clusters[0]),
			Hint:    "remove the cluster first, with gen clusters and in two commits; run gen init hub when nothing of it is left in AWS",
		})
	}
	return problems.Sort()
}
