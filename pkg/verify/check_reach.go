package verify

import (
	"fmt"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/flux"
)

// reachCheck goes the way that Flux on the hub takes into each cluster.
func reachCheck() Check {
	return Check{
		Name: "reach",
		Doc:  "Flux on the hub finds every cluster in its AWS account and may enter it, and so may a person.",
		Why: "Flux asks EKS for the cluster in the account of the IAM role that the service account of its kubeconfig has, " +
			"and nowhere else: No cluster found. That role must trust the hub's OIDC issuer for this one service account, be " +
			"allowed eks:DescribeCluster, and have an access entry with AmazonEKSClusterAdminPolicy; else the stages nodes, " +
			"addons and apps never begin. An endpoint that only its VPC reaches needs a way there from the hub, such as VPC " +
			"peering or a transit gateway, of which gen sees what is in the tree alone; with public CIDRs the hub's addresses " +
			"must be among them. A cluster without admins works, but when Flux does not, nobody can look into it.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, o := range t.kind("", "ConfigMap") {
				if o.Place() == "" && o.text("data", "provider") == "aws" {
					problems = append(problems, t.way(o)...)
				}
			}
			return append(problems, t.doors()...)
		},
	}
}

// way holds a kubeconfig to the cluster that it leads to, and to who Flux is on the way (Flux, Kustomization API,
// KubeConfig; fluxcd/pkg, auth/aws/provider.go, NewRESTConfig).
func (t *Tree) way(kubeconfig *Object) diag.List {
	const at = "data.cluster"
	text := kubeconfig.text(keysOf(at)...)
	arn, ok := splitARN(text)
	name, isCluster := strings.CutPrefix(arn.resource, "cluster/")
	if !ok || !isCluster || arn.service != "eks" {
		return diag.List{kubeconfig.problem(at, fmt.Sprintf("%q is no ARN of an EKS cluster", text), "write arn:aws:eks:<region>:<account>:cluster/<name>")}
	}
	cluster := t.eksCluster(kubeconfig)
	where := t.where(kubeconfig)
	switch {
	case cluster == nil:
	case cluster.text("spec", "name") != name && cluster.text("spec", "name") != "":
		return diag.List{kubeconfig.problem(at, "leads to the cluster "+name+", but "+cluster.String()+" is "+cluster.text("spec", "name"), "name that one")}
	case where.Account != "" && where.Account != arn.account, where.Region != "" && where.Region != arn.region:
		return diag.List{kubeconfig.problem(at, fmt.Sprintf("leads to %s in account %s, but %s is made in %s in account %s", arn.region, arn.account, cluster, where.Region, where.Account),
			"name that account and region")}
	}
	account, problem := t.fluxAccount(kubeconfig)
	if problem != nil {
		return diag.List{*problem}
	}
	return t.identityIn(account, text, arn, cluster)
}

// fluxAccount is the service account as which Flux asks for the cluster; nil where it is not in the tree.
func (t *Tree) fluxAccount(kubeconfig *Object) (*Object, *diag.Problem) {
	const at = "data.serviceAccountName"
	name := kubeconfig.text(keysOf(at)...)
	if name == "" {
		p := kubeconfig.problem(at, "is not set, so that Flux looks for the cluster as its own controllers, in the hub's account: No cluster found", "set it to "+flux.Account)
		return nil, &p
	}
	return t.named("", "ServiceAccount", kubeconfig.Namespace(), name), nil // the check references says that it is not there
}

// identityIn holds the service account to the cluster, and its role and access entry to both.
func (t *Tree) identityIn(account *Object, clusterARN string, cluster arnParts, in *Object) diag.List {
	if account == nil {
		return nil
	}
	at := fieldOf([]any{"metadata", "annotations", flux.RoleAnnotation})
	text := field(account.value("metadata", "annotations"), flux.RoleAnnotation)
	arn, ok := splitARN(text)
	path, isRole := strings.CutPrefix(arn.resource, "role/")
	switch {
	case text == "":
		return diag.List{account.problem("metadata.annotations", "has no "+flux.RoleAnnotation+", so that Flux has no role by which it could look for the cluster", "name the role of Flux in account "+cluster.account)}
	case !ok || !isRole || arn.service != "iam":
		return diag.List{account.problem(at, fmt.Sprintf("%q is no ARN of a role", text), "write arn:"+cluster.partition+":iam::"+cluster.account+":role/<name>")}
	case arn.account != cluster.account || arn.partition != cluster.partition:
		return diag.List{account.problem(at, fmt.Sprintf("Flux would look for the cluster in account %s, but it is in %s: No cluster found", arn.account, cluster.account),
			"name a role of account "+cluster.account)}
	}
	var problems diag.List
	if role := t.roleNamed(account.Namespace(), afterSlash("/"+path)); role != nil {
		problems = append(t.entrance(role, account), role.describes(clusterARN)...)
	} else if !t.broken[""] {
		problems = diag.List{warning(account.problem(at, "no Role in the tree is "+text+", so that Flux can look for the cluster only if somebody else has made it", "add the Role, or name the one that is there"))}
	}
	if in != nil && !t.broken[""] {
		problems = append(problems, t.enters(account, at, text, in)...)
	}
	return problems
}

// roleNamed is the Role in a namespace of the hub that has a name in IAM, or nil.
func (t *Tree) roleNamed(namespace, name string) *Object {
	for _, role := range t.all("", apischema.GroupKind{Group: iamGroup, Kind: "Role"}, namespace) {
		if role.text("spec", "name") == name {
			return role
		}
	}
	return nil
}
