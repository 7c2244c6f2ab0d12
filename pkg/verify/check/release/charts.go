// Package release has the checks of what Helm installs: the values of charts that gen knows, and where their pods can run.
package release

import (
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/diag"
)

// ChartsCheck holds the values of releases to what their charts read.
func ChartsCheck() check.Check {
	return check.Check{
		Name: "charts",
		Doc:  "The values of charts that gen knows are ones that the chart reads, and roles are for service accounts that it creates.",
		Why: "Helm ignores a value that the chart does not read: a misspelt one has no effect and causes no error. A role for a " +
			"service account that the chart does not create, or names differently, leaves its pods without AWS permissions.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			known := known{}
			for _, release := range t.OfKind(manifest.HelmGroup, "HelmRelease") {
				facts := known.of(t, release)
				if facts == nil {
					continue
				}
				values, _ := release.Value("spec", "values").(map[string]any)
				for _, fault := range facts.Faults(values) {
					keys := []any{"spec", "values"}
					for _, key := range fault.Path {
						keys = append(keys, key)
					}
					problems = append(problems, release.Problem(manifest.FieldOf(keys), fault.Message, fault.Hint))
				}
				problems = append(problems, accountsOf(t, release, facts, values)...)
			}
			return problems
		},
	}
}

// accountsOf are the service accounts of a chart that a role is for and that its values take away or rename. Those that the check
// identity sees, by serviceAccount.name, are left to it.
func accountsOf(t *manifest.Tree, release *manifest.Object, facts *charts.Facts, values map[string]any) diag.List {
	var problems diag.List
	namespace := manifest.OrElse(release.Text("spec", "targetNamespace"), release.Namespace())
	for _, account := range facts.Accounts {
		pods := podAccount{namespace, account.Name}
		user := roleFor(t, release.Namespace(), pods)
		dropping, name := account.Dropping(values), account.NameWith(values)
		switch {
		case user == nil || t.MakesAccount(release.Namespace(), pods.namespace, pods.name):
		case dropping != "":
			problems = append(problems, release.Problem("spec.values."+dropping, "is false, so that the chart does not make the service account "+account.Name+", which "+user.String()+" is for",
				"remove it, or add a ServiceAccount "+namespace+"/"+account.Name+" to the stage nodes"))
		case name != account.Name && account.NameFrom != "serviceAccount.name":
			problems = append(problems, release.Problem("spec.values."+account.NameFrom, "is "+name+", but "+user.String()+" is for the service account "+account.Name,
				"remove it, or write "+account.Name))
		}
	}
	return problems
}

// roleFor is what gives a role to a service account of a cluster: an association, or a role that trusts the account.
func roleFor(t *manifest.Tree, home string, account podAccount) *manifest.Object {
	for _, o := range t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "PodIdentityAssociation"}, home) {
		if (podAccount{o.Text("spec", "namespace"), o.Text("spec", "serviceAccount")}) == account {
			return o
		}
	}
	for _, role := range t.All("", apischema.GroupKind{Group: manifest.IAMGroup, Kind: "Role"}, home) {
		if strings.Contains(role.Text("spec", "assumeRolePolicyDocument"), "system:serviceaccount:"+account.String()+`"`) {
			return role
		}
	}
	return nil
}

// podAccount is whom pods run as.
type podAccount struct{ namespace, name string }

func (a podAccount) String() string { return a.namespace + ":" + a.name }
