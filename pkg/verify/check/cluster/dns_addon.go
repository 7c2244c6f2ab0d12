package cluster

import (
	"encoding/json"
	"fmt"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// addonDNS holds the add-on external-dns to the same as the chart, which it is made of: its configuration has the chart's values.
func addonDNS(t *manifest.Tree, owners, domains map[string]*manifest.Object) diag.List {
	const at = "spec.configurationValues"
	var problems diag.List
	for _, addon := range t.OfKind(manifest.EKSGroup, "Addon") {
		if manifest.OrElse(addon.Text("spec", "name"), addon.Text("spec", "addonName")) != "external-dns" {
			continue
		}
		var values map[string]any
		if text := addon.Text(manifest.KeysOf(at)...); text != "" && json.Unmarshal([]byte(text), &values) != nil {
			continue // the check schema is not about it; EKS refuses it
		}
		id, _ := charts.At(values, "txtOwnerId").(string)
		filters, _ := charts.At(values, "domainFilters").([]any)
		switch {
		case id == "" && values["registry"] != "noop":
			problems = append(problems, addon.Problem(at, "has no txtOwnerId, so that its records are those of every other ExternalDNS without one", "set it to the name of the cluster and its region"))
		case owners[id] != nil:
			problems = append(problems, addon.Problem(at, fmt.Sprintf("%s has the txtOwnerId %s as well, and each would remove the other's records", owners[id], id), "give each ExternalDNS an id of its own"))
		default:
			owners[id] = addon
		}
		if len(filters) == 0 {
			problems = append(problems, check.Warning(addon.Problem(at, "has no domainFilters, so that every zone that the role can reach is its own", "list the domains of the cluster")))
		}
		for _, filter := range filters {
			domain, _ := filter.(string)
			if other := domains[domain]; other != nil && other.Home() != addon.Home() {
				problems = append(problems, check.Warning(addon.Problem(at, fmt.Sprintf("%s writes to %s as well", other, domain), "give each cluster a domain of its own")))
				continue
			}
			domains[domain] = addon
		}
	}
	return problems
}
