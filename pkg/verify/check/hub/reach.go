// Package hub has the checks of the identities on the hub, and of its access to accounts and clusters.
package hub

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/flux"
)

// ReachCheck goes the way that Flux on the hub takes into each cluster.
func ReachCheck() check.Check {
	return check.Check{
		Name: "reach",
		Doc:  "Flux on the hub finds every cluster in its AWS account and has access to it, and so does a person.",
		Why: "Flux asks EKS for the cluster in the account of the IAM role that the service account of its kubeconfig has, " +
			"and nowhere else; otherwise it reports: No cluster found. That role's trust policy must name the hub's OIDC issuer and this one service account, and it must be " +
			"allowed eks:DescribeCluster and have an access entry with AmazonEKSClusterAdminPolicy; else the stages nodes, " +
			"addons and apps never start. A private endpoint needs a route from the hub, such as VPC " +
			"peering or a transit gateway, of which gen sees only what is in the tree; with public CIDRs the hub's addresses " +
			"must be among them. A cluster without admins works, but when Flux does not, nobody can look into it.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range t.OfKind("", "ConfigMap") {
				if o.Place() == "" && o.Text("data", "provider") == "aws" {
					problems = append(problems, way(t, o)...)
				}
			}
			return append(problems, doors(t)...)
		},
	}
}

// way holds a kubeconfig to the cluster that it leads to, and to who Flux is on the way (Flux, Kustomization API,
// KubeConfig; fluxcd/pkg, auth/aws/provider.go, NewRESTConfig).
func way(t *manifest.Tree, kubeconfig *manifest.Object) diag.List {
	const at = "data.cluster"
	text := kubeconfig.Text(manifest.KeysOf(at)...)
	arn, ok := check.SplitARN(text)
	name, isCluster := strings.CutPrefix(arn.Resource, "cluster/")
	if !ok || !isCluster || arn.Service != "eks" {
		return diag.List{kubeconfig.Problem(at, fmt.Sprintf("%q is no ARN of an EKS cluster", text), "write arn:aws:eks:<region>:<account>:cluster/<name>")}
	}
	cluster := t.EKSCluster(kubeconfig)
	where := t.Where(kubeconfig)
	switch {
	case cluster == nil:
	case cluster.Text("spec", "name") != name && cluster.Text("spec", "name") != "":
		return diag.List{kubeconfig.Problem(at, "leads to the cluster "+name+", but "+cluster.String()+" is "+cluster.Text("spec", "name"), "name that one")}
	case where.Account != "" && where.Account != arn.Account, where.Region != "" && where.Region != arn.Region:
		return diag.List{kubeconfig.Problem(at, fmt.Sprintf("leads to %s in account %s, but %s is made in %s in account %s", arn.Region, arn.Account, cluster, where.Region, where.Account),
			"name that account and region")}
	}
	if staysOutside(t, cluster) {
		return nil
	}
	account, problem := fluxAccount(t, kubeconfig)
	if problem != nil {
		return diag.List{*problem}
	}
	return identityIn(t, account, text, arn, cluster)
}

// staysOutside reports whether Flux has nothing to do in a cluster: ACK only observes it, and nothing is applied there.
func staysOutside(t *manifest.Tree, cluster *manifest.Object) bool {
	if cluster == nil || !strings.EqualFold(cluster.Text("metadata", "annotations", ack.ReadOnly), "true") {
		return false
	}
	kind := apischema.GroupKind{Group: manifest.KustomizeGroup, Kind: "Kustomization"}
	for _, o := range slices.Concat(t.All("", kind, cluster.Namespace()), t.Releases(cluster.Namespace())) {
		if o.Value("spec", "kubeConfig") != nil {
			return false
		}
	}
	return true
}

// fluxAccount is the service account as which Flux asks for the cluster; nil where it is not in the tree.
func fluxAccount(t *manifest.Tree, kubeconfig *manifest.Object) (*manifest.Object, *diag.Problem) {
	const at = "data.serviceAccountName"
	name := kubeconfig.Text(manifest.KeysOf(at)...)
	if name == "" {
		p := kubeconfig.Problem(at, "is not set, so that Flux looks for the cluster as its own controllers, in the hub's account: No cluster found", "set it to "+flux.Account)
		return nil, &p
	}
	return t.Named("", "ServiceAccount", kubeconfig.Namespace(), name), nil // the check references says that it is not there
}

// identityIn holds the service account to the cluster, and its role and access entry to both.
func identityIn(t *manifest.Tree, account *manifest.Object, clusterARN string, cluster check.ARN, in *manifest.Object) diag.List {
	if account == nil {
		return nil
	}
	at := manifest.FieldOf([]any{"metadata", "annotations", flux.RoleAnnotation})
	text := manifest.Field(account.Value("metadata", "annotations"), flux.RoleAnnotation)
	arn, ok := check.SplitARN(text)
	path, isRole := strings.CutPrefix(arn.Resource, "role/")
	switch {
	case text == "":
		return diag.List{account.Problem("metadata.annotations", "has no "+flux.RoleAnnotation+", so that Flux has no role by which it could look for the cluster", "name the role of Flux in account "+cluster.Account)}
	case !ok || !isRole || arn.Service != "iam":
		return diag.List{account.Problem(at, fmt.Sprintf("%q is no ARN of a role", text), "write arn:"+cluster.Partition+":iam::"+cluster.Account+":role/<name>")}
	case arn.Account != cluster.Account || arn.Partition != cluster.Partition:
		return diag.List{account.Problem(at, fmt.Sprintf("Flux would look for the cluster in account %s, but it is in %s: No cluster found", arn.Account, cluster.Account),
			"name a role of account "+cluster.Account)}
	}
	var problems diag.List
	if role := roleNamed(t, account.Namespace(), check.AfterSlash("/"+path)); role != nil {
		problems = append(entrance(t, role, account), describes(role, clusterARN)...)
	} else if !t.Broken[""] {
		problems = diag.List{check.Warning(account.Problem(at, "no Role in the tree is "+text+", so that Flux can look for the cluster only if somebody else has made it", "add the Role, or name the one that is there"))}
	}
	if in != nil && !t.Broken[""] {
		problems = append(problems, enters(t, account, at, text, in)...)
	}
	return problems
}

// roleNamed is the Role in a namespace of the hub that has a name in IAM, or nil.
func roleNamed(t *manifest.Tree, namespace, name string) *manifest.Object {
	for _, role := range t.All("", apischema.GroupKind{Group: manifest.IAMGroup, Kind: "Role"}, namespace) {
		if role.Text("spec", "name") == name {
			return role
		}
	}
	return nil
}
