package aws

import (
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// rivals are objects that stand for the same thing in AWS: each would change it back to what it says itself.
func rivals(t *manifest.Tree) diag.List {
	var problems diag.List
	first := map[string]*manifest.Object{}
	for _, o := range t.Objects() {
		what, at := thing(o)
		if what == "" {
			continue
		}
		where := t.Where(o)
		key := strings.Join([]string{o.Place(), o.Kind().String(), where.Account, what}, " ")
		if o.Kind().Group != manifest.IAMGroup { // IAM has no regions
			key += " " + where.Region
		}
		if other := first[key]; other == nil {
			first[key] = o
		} else if other.Namespace() != o.Namespace() || other.Name() != o.Name() { // else it is one object, applied twice
			problems = append(problems, o.Problem(at, "is the same in AWS as "+other.String(), "remove one of the two, or give it another name"))
		}
	}
	return problems
}

// thing is what identifies an object's thing in AWS within its account and region, and the field that says it; empty
// where two objects may well be alike, or another check tells. IAM does not tell letter case apart.
func thing(o *manifest.Object) (what, at string) {
	cluster := manifest.OrElse(o.Text("spec", "clusterName"), o.Namespace()+"/"+o.Text("spec", "clusterRef", "from", "name"))
	switch o.Kind().String() {
	case "Role.iam.services.k8s.aws", "Policy.iam.services.k8s.aws", "InstanceProfile.iam.services.k8s.aws":
		return strings.ToLower(o.Text("spec", "name")), "spec.name"
	case "OpenIDConnectProvider.iam.services.k8s.aws":
		if o.Substituted() {
			return "", "" // the address is a sample
		}
		return o.Text("spec", "url"), "spec.url"
	case "Cluster.eks.services.k8s.aws", "LogGroup.cloudwatchlogs.services.k8s.aws", "Alias.kms.services.k8s.aws":
		return o.Text("spec", "name"), "spec.name"
	case "Addon.eks.services.k8s.aws":
		return cluster + " " + o.Text("spec", "name"), "spec.name"
	}
	return "", ""
}
