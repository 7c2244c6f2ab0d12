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
		if a.ServiceAccount == nil || a.ServiceAccount.Name == "" || len(known) == 0 || slices.Contains(known, a.ServiceAccount.Name) {
			continue
		}
		hint := "its service account is " + known[0]
		if len(known) > 1 {
			hint = "it has " + strings.Join(known, ", ")
		}
		c.warn(c.at("addons", i, "serviceAccount", "name"), fmt.Sprintf("the add-on %s is not known to have a service account %s", a.Name, a.ServiceAccount.Name), hint)
	}
}
