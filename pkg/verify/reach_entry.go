package verify

import (
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// clusterAdmin is the access policy that Flux needs: it makes namespaces, classes and whatever charts have (Amazon EKS
// User Guide, Review access policy permissions).
const clusterAdmin = "AmazonEKSClusterAdminPolicy"

// enters holds the access entry of a role to what Flux does in the cluster. at is where the service account names the role.
func (t *Tree) enters(account *Object, at, role string, cluster *Object) diag.List {
	var weak *Object
	for _, o := range t.entries(cluster) {
		switch {
		case o.text("spec", "principalARN") != role:
		case o.isEnough():
			return nil
		default:
			weak = o
		}
	}
	if weak != nil {
		return weak.tooWeak()
	}
	return diag.List{account.problem(at, "no access entry lets "+role+" into "+cluster.String()+": Flux finds the cluster, and is Unauthorized there",
		"add an AccessEntry for it with "+clusterAdmin+" for the cluster")}
}

// isEnough tells whether an entry lets Flux do what it does in a cluster.
func (o *Object) isEnough() bool {
	return slices.ContainsFunc(o.list("spec", "accessPolicies"), func(item any) bool {
		fields, _ := item.(map[string]any)
		arn := field(item, "policyARN")
		return arn == "" || afterSlash(arn) == clusterAdmin && field(fields["accessScope"], "type") == "cluster" // the check access says that a policy has no name
	})
}

// tooWeak says what an entry gives Flux instead. Somebody may have bound roles to its groups.
func (o *Object) tooWeak() diag.List {
	at, policies := "spec.accessPolicies", o.list("spec", "accessPolicies")
	if len(policies) == 1 {
		at += "[0]"
	}
	var given []string
	for _, item := range policies {
		fields, _ := item.(map[string]any)
		text := afterSlash(field(item, "policyARN"))
		if scope, _ := fields["accessScope"].(map[string]any); scope["type"] == "namespace" {
			text += " in some namespaces"
		}
		given = append(given, text)
	}
	p := o.problem(at, "gives Flux only "+orElse(strings.Join(given, ", "), "a name")+", which is not enough to make namespaces, node pools and whatever charts have: Forbidden",
		"give it "+clusterAdmin+" with accessScope type: cluster")
	if len(o.list("spec", "kubernetesGroups")) > 0 {
		p = warning(p)
	}
	return diag.List{p}
}

// entries are the access entries of a cluster.
func (t *Tree) entries(cluster *Object) []*Object {
	var found []*Object
	for _, o := range t.all("", apischema.GroupKind{Group: eksGroup, Kind: "AccessEntry"}, cluster.Namespace()) {
		ref, _ := o.value("spec", "clusterRef").(map[string]any)
		if o.text("spec", "clusterName") == cluster.text("spec", "name") || field(ref["from"], "name") == cluster.Name() {
			found = append(found, o)
		}
	}
	return found
}

// doors are notes on clusters that nobody but Flux can enter, and on those that even Flux may not reach.
func (t *Tree) doors() diag.List {
	var problems diag.List
	fleet := t.fleet() // without clusters.yaml there is no place to name admins
	for _, cluster := range t.kind(eksGroup, "Cluster") {
		if cluster.Place() != "" || t.broken[""] || t.retires(cluster) {
			continue
		}
		if fleet != nil && !t.lets(cluster) {
			problems = append(problems, note(t.noAdmins(cluster)))
		}
		problems = append(problems, t.hidden(cluster)...)
	}
	return problems
}

// noAdmins is told where the remedy is: at the cluster in clusters.yaml.
func (t *Tree) noAdmins(cluster *Object) diag.Problem {
	p := diag.Problem{
		File: layout.ClustersFile, Path: cluster.String(), Message: "nobody but Flux can enter the cluster",
		Hint: "name admins, IAM roles or users, of the cluster or its environment", Cluster: cluster.Cluster(),
	}
	p.Line, p.Column = t.files.clusterAt(cluster.Cluster())
	return p
}

// retires tells whether clusters.yaml says of a cluster that it goes.
func (t *Tree) retires(cluster *Object) bool {
	namespace := t.named("", "Namespace", "", cluster.Namespace())
	return namespace != nil && field(namespace.value("metadata", "annotations"), flux.StateAnnotation) == "retiring"
}

// lets tells whether a cluster has an entry for somebody who is neither a node nor Flux.
func (t *Tree) lets(cluster *Object) bool {
	account := t.named("", "ServiceAccount", cluster.Namespace(), flux.Account)
	role := ""
	if account != nil {
		role = field(account.value("metadata", "annotations"), flux.RoleAnnotation)
	}
	for _, o := range t.entries(cluster) {
		if orElse(o.text("spec", "type"), "STANDARD") == "STANDARD" && o.text("spec", "principalARN") != role {
			return true
		}
	}
	return false
}

// hidden is a cluster that is reached from its VPC only, where the VPC is a new one that nothing in the tree connects.
func (t *Tree) hidden(cluster *Object) diag.List {
	const at = "spec.resourcesVPCConfig.endpointPublicAccess"
	namespace := cluster.Namespace()
	if cluster.value(keysOf(at)...) != false || len(t.all("", apischema.GroupKind{Group: ec2Group, Kind: "VPC"}, namespace)) == 0 {
		return nil
	}
	for _, kind := range []string{"VPCPeeringConnection", "TransitGatewayVPCAttachment"} {
		if len(t.all("", apischema.GroupKind{Group: ec2Group, Kind: kind}, namespace)) > 0 {
			return nil
		}
	}
	return diag.List{note(cluster.problem(at, "only the new VPC reaches the Kubernetes API, and nothing in the tree connects the hub with it: the stages nodes, addons and apps would wait",
		"connect them, by VPC peering or a transit gateway, before the cluster is there; if that is done elsewhere, all is well"))}
}
