package config

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/charts"
)

// checkAddonAccounts warns of a service account that an add-on is not known to have: EKS makes the association, and the pods of the
// add-on run without it. It is a warning, because a newer version of the add-on may have more.
func checkAddonAccounts(c clusterScope) {
	for i, a := range c.Addons {
		var known []string
		for _, account := range charts.AddonAccounts() {
			if account.Addon == a.Name {
				known = append(known, account.Name)
			}
		}
		hint := "name one of " + strings.Join(known, ", ")
		if len(known) == 1 {
			hint = "its service account is " + known[0]
		}
		for j, account := range a.ServiceAccounts {
			if account.Name != "" && len(known) > 0 && !slices.Contains(known, account.Name) {
				c.warn(c.at("addons", i, "serviceAccounts", j, "name"), fmt.Sprintf("the add-on %s is not known to have a service account %s", a.Name, account.Name), hint)
			}
		}
	}
}
