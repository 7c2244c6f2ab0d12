package verify

import (
	"path"
	"strings"
	"sync"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// chartsCheck holds the values of releases to what their charts read.
func chartsCheck() Check {
	return Check{
		Name: "charts",
		Doc:  "The values of charts that gen knows are ones that the chart reads, and roles are for service accounts that it makes.",
		Why: "Helm passes over a value that the chart does not read: a misspelt one changes nothing, without an error. A role for a " +
			"service account that the chart does not make, or calls otherwise, leaves its pods without AWS permissions.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, release := range t.kind(helmGroup, "HelmRelease") {
				facts := t.facts(release)
				if facts == nil {
					continue
				}
				values, _ := release.value("spec", "values").(map[string]any)
				for _, fault := range facts.Faults(values) {
					keys := []any{"spec", "values"}
					for _, key := range fault.Path {
						keys = append(keys, key)
					}
					problems = append(problems, release.problem(fieldOf(keys), fault.Message, fault.Hint))
				}
				problems = append(problems, t.accountsOf(release, facts, values)...)
			}
			return problems
		},
	}
}

// facts are those of the chart of a release, or nil if gen has none of its version.
func (t *Tree) facts(release *Object) *charts.Facts {
	chart, version := t.chartOf(release)
	if chart == "" || version == "" {
		return nil
	}
	read, _ := t.charts.LoadOrStore(chart+" "+version, sync.OnceValue(func() *charts.Facts {
		found, _ := charts.Of(chart, version) // a test reads every file of facts
		return found
	}))
	return read.(func() *charts.Facts)() //nolint:forcetypeassert // nothing else is stored
}

// chartOf is the name and the version of the chart of a release.
func (t *Tree) chartOf(release *Object) (chart, version string) {
	if chart = release.text("spec", "chart", "spec", "chart"); chart != "" {
		return chart, release.text("spec", "chart", "spec", "version")
	}
	ref := release.value("spec", "chartRef")
	kind := apischema.GroupKind{Group: "source.toolkit.fluxcd.io", Kind: field(ref, "kind")}
	for _, source := range t.find("", kind, orElse(field(ref, "namespace"), release.Namespace()), field(ref, "name")) {
		return path.Base(source.text("spec", "url")), source.text("spec", "ref", "tag")
	}
	return "", ""
}

// accountsOf are the service accounts of a chart that a role is for and that its values take away or rename. Those that the check
// identity sees, by serviceAccount.name, are left to it.
func (t *Tree) accountsOf(release *Object, facts *charts.Facts, values map[string]any) diag.List {
	var problems diag.List
	namespace := orElse(release.text("spec", "targetNamespace"), release.Namespace())
	for _, account := range facts.Accounts {
		pods := podAccount{namespace, account.Name}
		user := t.roleFor(release.Namespace(), pods)
		dropping, name := account.Dropping(values), account.NameWith(values)
		switch {
		case user == nil || t.madeHere(release.Namespace(), pods):
		case dropping != "":
			problems = append(problems, release.problem("spec.values."+dropping, "is false, so that the chart does not make the service account "+account.Name+", which "+user.String()+" is for",
				"remove it, or add a ServiceAccount "+namespace+"/"+account.Name+" to the stage nodes"))
		case name != account.Name && account.NameFrom != "serviceAccount.name":
			problems = append(problems, release.problem("spec.values."+account.NameFrom, "is "+name+", but "+user.String()+" is for the service account "+account.Name,
				"remove it, or write "+account.Name))
		}
	}
	return problems
}

// roleFor is what gives a role to a service account of a cluster: an association, or a role that trusts the account.
func (t *Tree) roleFor(home string, account podAccount) *Object {
	for _, o := range t.all("", apischema.GroupKind{Group: eksGroup, Kind: "PodIdentityAssociation"}, home) {
		if (podAccount{o.text("spec", "namespace"), o.text("spec", "serviceAccount")}) == account {
			return o
		}
	}
	for _, role := range t.all("", apischema.GroupKind{Group: iamGroup, Kind: "Role"}, home) {
		if strings.Contains(role.text("spec", "assumeRolePolicyDocument"), "system:serviceaccount:"+account.String()+`"`) {
			return role
		}
	}
	return nil
}
