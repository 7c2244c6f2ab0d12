package cluster

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// DNSCheck keeps the ExternalDNS of one cluster from the records of another.
func DNSCheck() check.Check {
	return check.Check{
		Name: "dns",
		Doc:  "Each ExternalDNS has its own owner id and domains, and a role that can change no other zone.",
		Why: "Records belong to whoever has the owner id. Two clusters with the same id remove each other's records, and " +
			"one without a domain filter manages every zone that its role can change.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			owners, domains := map[string]*manifest.Object{}, map[string]*manifest.Object{}
			for _, r := range t.OfKind(manifest.HelmGroup, "HelmRelease") {
				if manifest.IsExternalDNS(r.Content) {
					problems = append(problems, owner(r, owners)...)
					problems = append(problems, domainFilters(r, domains)...)
				}
			}
			problems = append(problems, addonDNS(t, owners, domains)...)
			problems = append(problems, nested(domains)...)
			for i, p := range problems {
				problems[i] = t.InClusters(p, saidBy(p)...)
			}
			for _, role := range t.OfKind(manifest.IAMGroup, "Role") {
				problems = append(problems, zones53(role)...)
			}
			return problems
		},
	}
}

// saidBy is the field of a cluster in clusters.yaml that a problem comes from.
func saidBy(p diag.Problem) []string {
	switch {
	case strings.HasPrefix(p.Path, "Addon "):
		return []string{"addons"}
	case strings.Contains(p.Path, "txtOwnerId"):
		return []string{"components", "external-dns", "values", "txtOwnerId"}
	default:
		return []string{"dns", "domain"}
	}
}

// owner checks the owner id (ExternalDNS, TXT registry).
func owner(o *manifest.Object, seen map[string]*manifest.Object) diag.List {
	const at = "spec.values.txtOwnerId"
	id := o.Text(manifest.KeysOf(at)...)
	if o.Text("spec", "values", "registry") == "noop" {
		if o.Text("spec", "values", "policy") != "sync" {
			return nil
		}
		return diag.List{o.Problem("spec.values.registry", "with noop it knows no owner, and with policy sync it deletes every record of its domains that it would not write itself",
			"take the line away, or write policy: upsert-only")}
	}
	if id == "" {
		return diag.List{o.Problem(at, "is not set, so that its records are those of every other ExternalDNS without one", "set it to the name of the cluster and its region")}
	}
	if other := seen[id]; other != nil {
		return diag.List{o.Problem(at, fmt.Sprintf("%s has the id %s as well, and each would remove the other's records", other, id), "give each cluster an id of its own")}
	}
	seen[id] = o
	return nil
}

// domainFilters checks the filters; with policy sync a domain that two clusters share is one where each cleans up.
func domainFilters(o *manifest.Object, seen map[string]*manifest.Object) diag.List {
	const at = "spec.values.domainFilters"
	filters := o.Texts(manifest.KeysOf(at)...)
	if len(filters) == 0 {
		return diag.List{check.Warning(o.Problem(at, "is empty, so that every zone that the role can reach is its own", "list the domains of the cluster"))}
	}
	var problems diag.List
	for i, domain := range filters {
		if other := seen[domain]; other != nil && other.Home() != o.Home() {
			problems = append(problems, check.Warning(o.Problem(fmt.Sprintf("%s[%d]", at, i), fmt.Sprintf("%s writes to %s as well", other, domain), "give each cluster a domain of its own")))
			continue
		}
		seen[domain] = o
	}
	return problems
}

// nested are domains inside of that of another cluster: whoever looks for a name asks the zone of the outer one, which has to delegate
// the inner one (Amazon Route 53 Developer Guide, Routing traffic for subdomains).
func nested(domains map[string]*manifest.Object) diag.List {
	var problems diag.List
	for inner, o := range domains {
		for outer, other := range domains {
			if !strings.HasSuffix(inner, "."+outer) || other.Home() == o.Home() {
				continue
			}
			problems = append(problems, check.Note(o.Problem("spec.values.domainFilters", fmt.Sprintf("%s is inside of %s, which %s writes to", inner, outer, other),
				"delegate it in the zone of "+outer+", with the name servers of its own zone; else nobody finds its records")))
		}
	}
	return problems.Sort()
}

// zones53 looks for a role that can change records of every zone (ExternalDNS, Setting up ExternalDNS for Services on
// AWS; Amazon Route 53 Developer Guide, Using IAM policy conditions for fine-grained access control).
func zones53(o *manifest.Object) diag.List {
	var problems diag.List
	inline, _ := o.Value("spec", "inlinePolicies").(map[string]any)
	for name := range inline {
		for _, s := range check.Allows(manifest.Field(inline, name)) {
			if len(s.Condition) > 0 || !has(s.Action, "route53:ChangeResourceRecordSets", "route53:*") {
				continue
			}
			for _, arn := range s.Resource {
				if arn == "*" || strings.HasSuffix(arn, ":hostedzone/*") {
					problems = append(problems, check.Warning(o.Problem(manifest.FieldOf([]any{"spec", "inlinePolicies", name}), arn+" lets it change the records of every zone of the account",
						"name the zone, or limit the names with a condition")))
				}
			}
		}
	}
	return problems
}

// has reports whether a list has one of some words, in any letter case.
func has(list []string, words ...string) bool {
	for _, item := range list {
		for _, word := range words {
			if strings.EqualFold(item, word) {
				return true
			}
		}
	}
	return false
}
