package hub

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// clusterAdmin is the access policy that Flux needs: it makes namespaces, classes and whatever charts have (Amazon EKS
// User Guide, Review access policy permissions).
const clusterAdmin = "AmazonEKSClusterAdminPolicy"

// enters holds the access entry of a role to what Flux does in the cluster. at is where the service account names the role.
func enters(t *manifest.Tree, account *manifest.Object, at, role string, cluster *manifest.Object) diag.List {
	var weak *manifest.Object
	for _, o := range entries(t, cluster) {
		switch {
		case o.Text("spec", "principalARN") != role:
		case isEnough(o):
			return nil
		default:
			weak = o
		}
	}
	if weak != nil {
		return tooWeak(weak)
	}
	return diag.List{account.Problem(at, "no access entry lets "+role+" into "+cluster.String()+": Flux finds the cluster, and is Unauthorized there",
		"add an AccessEntry for it with "+clusterAdmin+" for the cluster")}
}

// isEnough reports whether an entry lets Flux do what it does in a cluster.
func isEnough(o *manifest.Object) bool {
	return slices.ContainsFunc(o.List("spec", "accessPolicies"), func(item any) bool {
		fields, _ := item.(map[string]any)
		arn := manifest.Field(item, "policyARN")
		return arn == "" || check.AfterSlash(arn) == clusterAdmin && manifest.Field(fields["accessScope"], "type") == "cluster" // the check access says that a policy has no name
	})
}

// tooWeak says what an entry gives Flux instead. Somebody may have bound roles to its groups.
func tooWeak(o *manifest.Object) diag.List {
	at, policies := "spec.accessPolicies", o.List("spec", "accessPolicies")
	if len(policies) == 1 {
		at += "[0]"
	}
	var given []string
	for _, item := range policies {
		fields, _ := item.(map[string]any)
		text := check.AfterSlash(manifest.Field(item, "policyARN"))
		if scope, _ := fields["accessScope"].(map[string]any); scope["type"] == "namespace" {
			text += " in some namespaces"
		}
		given = append(given, text)
	}
	p := o.Problem(at, "gives Flux only "+manifest.OrElse(strings.Join(given, ", "), "a name")+", which is not enough to make namespaces, node pools and whatever charts have: Forbidden",
		"give it "+clusterAdmin+" with accessScope type: cluster")
	if len(o.List("spec", "kubernetesGroups")) > 0 {
		p = check.Warning(p)
	}
	return diag.List{p}
}

// entries are the access entries of a cluster.
func entries(t *manifest.Tree, cluster *manifest.Object) []*manifest.Object {
	var found []*manifest.Object
	for _, o := range t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "AccessEntry"}, cluster.Namespace()) {
		ref, _ := o.Value("spec", "clusterRef").(map[string]any)
		if o.Text("spec", "clusterName") == cluster.Text("spec", "name") || manifest.Field(ref["from"], "name") == cluster.Name() {
			found = append(found, o)
		}
	}
	return found
}

// doors are notes on clusters that nobody but Flux can enter, and on those that even Flux may not reach.
func doors(t *manifest.Tree) diag.List {
	var problems diag.List
	fleet := t.Fleet() // without clusters.yaml there is no place to name admins
	for _, cluster := range t.OfKind(manifest.EKSGroup, "Cluster") {
		if cluster.Place() != "" || t.Broken[""] || retires(t, cluster) {
			continue
		}
		if fleet != nil && !lets(t, cluster) {
			problems = append(problems, check.Note(noAdmins(t, cluster)))
		}
		problems = append(problems, hidden(t, cluster)...)
	}
	return problems
}

// noAdmins is told where the remedy is: at the cluster in clusters.yaml.
func noAdmins(t *manifest.Tree, cluster *manifest.Object) diag.Problem {
	p := diag.Problem{
		File: layout.ClustersFile, Path: cluster.String(), Message: "only Flux can access the cluster",
		Hint: "name admins, IAM roles or users, of the cluster or its environment", Cluster: cluster.Cluster(),
	}
	p.Line, p.Column = t.Files.ClusterAt(cluster.Cluster())
	return p
}

// retires reports whether clusters.yaml says of a cluster that it goes.
func retires(t *manifest.Tree, cluster *manifest.Object) bool {
	namespace := t.Named("", "Namespace", "", cluster.Namespace())
	return namespace != nil && manifest.Field(namespace.Value("metadata", "annotations"), flux.StateAnnotation) == "retiring"
}

// lets reports whether a cluster has an entry for somebody who is neither a node nor Flux.
func lets(t *manifest.Tree, cluster *manifest.Object) bool {
	account := t.Named("", "ServiceAccount", cluster.Namespace(), flux.Account)
	role := ""
	if account != nil {
		role = manifest.Field(account.Value("metadata", "annotations"), flux.RoleAnnotation)
	}
	for _, o := range entries(t, cluster) {
		if manifest.OrElse(o.Text("spec", "type"), "STANDARD") == "STANDARD" && o.Text("spec", "principalARN") != role {
			return true
		}
	}
	return false
}

// hidden is a cluster that is reached from its VPC only, where the VPC is a new one that nothing in the tree connects.
func hidden(t *manifest.Tree, cluster *manifest.Object) diag.List {
	const at = "spec.resourcesVPCConfig.endpointPublicAccess"
	namespace := cluster.Namespace()
	if cluster.Value(manifest.KeysOf(at)...) != false || cluster.Value("spec", "resourcesVPCConfig", "endpointPrivateAccess") != true || len(t.All("", apischema.GroupKind{Group: manifest.EC2Group, Kind: "VPC"}, namespace)) == 0 {
		return nil
	}
	for _, kind := range []string{"VPCPeeringConnection", "TransitGatewayVPCAttachment"} {
		if len(t.All("", apischema.GroupKind{Group: manifest.EC2Group, Kind: kind}, namespace)) > 0 {
			return nil
		}
	}
	return diag.List{check.Note(cluster.Problem(at, "only the new VPC reaches the Kubernetes API, and nothing in the tree connects the hub with it: the stages nodes, addons and apps would wait",
		"connect them, by VPC peering or a transit gateway, before the cluster is there; if that is done elsewhere, all is well"))}
}
