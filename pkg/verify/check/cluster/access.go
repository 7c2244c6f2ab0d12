package cluster

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// AccessCheck holds access entries to what EKS takes, and node classes to the entry of their role.
func AccessCheck() check.Check {
	return check.Check{
		Name: "access",
		Doc:  "Each principal has one valid access entry, and the role of every node class has one.",
		Why: "ACK's CRDs have no enums, so EKS is the first to refuse an entry, or accepts one that grants " +
			"nothing. Nodes whose role has no entry start, cost money and never join. EKS creates the entry for the role of its " +
			"own pools itself; a second one is a permanent conflict.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, entry := range t.OfKind(manifest.EKSGroup, "AccessEntry") {
				problems = append(problems, entryFaults(entry)...)
				problems = append(problems, scopes(entry)...)
				problems = append(problems, principal(t, entry)...)
			}
			for _, kind := range []string{"ClusterRoleBinding", "RoleBinding"} {
				for _, binding := range t.OfKind(manifest.RBACGroup, kind) {
					problems = append(problems, everybody(binding)...)
				}
			}
			for _, class := range t.OfKind(manifest.AutoGroup, "NodeClass") {
				problems = append(problems, joins(t, class)...)
			}
			for _, cluster := range t.OfKind(manifest.EKSGroup, "Cluster") {
				const at = "accessConfig.bootstrapClusterCreatorAdminPermissions"
				if cluster.Value(manifest.KeysOf("spec."+at)...) != false {
					problems = append(problems, check.Warning(cluster.Problem("spec."+at, "is not false, so that ACK's own role becomes an administrator that no access entry shows", "set it to false")))
				}
			}
			return problems
		},
	}
}

// entryTypes are those of Amazon EKS API, CreateAccessEntry.
func entryTypes() []string {
	return []string{"STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX"}
}

// entryFaults checks the type of an entry and what goes with it (Amazon EKS User Guide, "Create access entries").
func entryFaults(o *manifest.Object) diag.List {
	kind := manifest.OrElse(o.Text("spec", "type"), "STANDARD")
	if !slices.Contains(entryTypes(), kind) {
		hint := "use one of " + strings.Join(entryTypes(), ", ")
		if near := diag.Nearest(kind, entryTypes()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return diag.List{o.Problem("spec.type", kind+" is no type of an access entry", hint)}
	}
	var problems diag.List
	for _, name := range []string{"kubernetesGroups", "username"} {
		if kind != "STANDARD" && o.Value("spec", name) != nil {
			problems = append(problems, o.Problem("spec."+name, "EKS takes it with the type STANDARD only, not with "+kind, "take it away"))
		}
	}
	if kind != "STANDARD" && kind != "EC2" && len(o.List("spec", "accessPolicies")) > 0 {
		problems = append(problems, o.Problem("spec.accessPolicies", "EKS takes policies with the types STANDARD and EC2 only, not with "+kind, "take them away"))
	}
	if message, hint := config.SubjectFault(o.Text("spec", "username"), "user"); message != "" && kind == "STANDARD" {
		problems = append(problems, o.Problem("spec.username", message, hint))
	}
	for i, group := range o.Texts("spec", "kubernetesGroups") {
		if message, hint := config.SubjectFault(group, "group"); message != "" && kind == "STANDARD" {
			problems = append(problems, o.Problem(fmt.Sprintf("spec.kubernetesGroups[%d]", i), message, hint))
		}
	}
	if arn := o.Text("spec", "principalARN"); strings.Contains(arn, ":assumed-role/") {
		problems = append(problems, o.Problem("spec.principalARN", arn+" is a session, not a role", "name the role itself"))
	}
	return problems
}

// scopes checks the policies of an entry (Amazon EKS API, AssociateAccessPolicy).
func scopes(o *manifest.Object) diag.List {
	policy := regexp.MustCompile(`^arn:[a-z-]+:eks::aws:cluster-access-policy/\w+$`)
	var problems diag.List
	for i, item := range o.List("spec", "accessPolicies") {
		at := fmt.Sprintf("spec.accessPolicies[%d]", i)
		fields, _ := item.(map[string]any)
		scope, _ := fields["accessScope"].(map[string]any)
		namespaces, _ := scope["namespaces"].([]any)
		kind := manifest.Field(scope, "type")
		if arn := manifest.Field(fields, "policyARN"); !policy.MatchString(arn) && (arn != "" || len(fields) < 2) { // else it has another name, which the schema refuses
			problems = append(problems, o.Problem(at+".policyARN", fmt.Sprintf("%q is no access policy of EKS", arn), "write arn:aws:eks::aws:cluster-access-policy/ and its name; policies of IAM give no access here"))
		}
		if message := config.PolicyOfEKS(manifest.Field(fields, "policyARN"), o.Text("spec", "type")); message != "" {
			problems = append(problems, check.Warning(o.Problem(at+".policyARN", message, "name AmazonEKSViewPolicy or another, or write type: EC2 if these are nodes")))
		}
		switch {
		case kind == "":
			problems = append(problems, o.Problem(at+".accessScope.type", "is missing, so that the policy gives nothing", "write cluster or namespace"))
		case kind != "cluster" && kind != "namespace":
			problems = append(problems, o.Problem(at+".accessScope.type", kind+" is no scope", "write cluster or namespace"))
		case kind == "cluster" && len(namespaces) > 0:
			problems = append(problems, o.Problem(at+".accessScope.namespaces", "the scope is the cluster, which has no list of namespaces", "take the list away, or write type: namespace"))
		case kind == "namespace" && len(namespaces) == 0:
			problems = append(problems, o.Problem(at+".accessScope.namespaces", "the scope is namespaces, but none is named", "name them, or write type: cluster"))
		}
	}
	return problems
}

// principal says that a principal has an entry already: another one, or that which EKS makes itself.
func principal(t *manifest.Tree, entry *manifest.Object) diag.List {
	const at = "spec.principalARN"
	arn := entry.Text("spec", "principalARN")
	for _, other := range t.All(entry.Place(), entry.Kind(), entry.Namespace()) {
		if other.Text("spec", "principalARN") == arn && entry.After(other) && other.Text("spec", "clusterName") == entry.Text("spec", "clusterName") {
			return diag.List{entry.Problem(at, other.String()+" is for the same principal, and EKS takes one entry for each", "put both into one")}
		}
	}
	if cluster := t.EKSCluster(entry); cluster != nil && arn != "" && cluster.Text("spec", "computeConfig", "nodeRoleARN") == arn {
		return diag.List{entry.Problem(at, "is the role of the pools that EKS makes, whose entry EKS makes as well", "take the entry away, or give the node class another role")}
	}
	return nil
}

// joins reports whether the nodes of a class may join the cluster (Amazon EKS User Guide, "Create a Node Class for
// Amazon EKS", Create node class access entry).
func joins(t *manifest.Tree, class *manifest.Object) diag.List {
	role, cluster := class.Text("spec", "role"), t.EKSCluster(class)
	if role == "" || cluster == nil || path.Base(cluster.Text("spec", "computeConfig", "nodeRoleARN")) == role {
		return nil
	}
	if strings.ContainsAny(role, "/:") {
		return nil // the check nodes says that it is no name
	}
	for _, entry := range t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "AccessEntry"}, cluster.Namespace()) {
		if path.Base(entry.Text("spec", "principalARN")) == role && entry.Text("spec", "type") == "EC2" {
			return nil
		}
	}
	return diag.List{class.Problem("spec.role", "no access entry lets nodes with the role "+role+" join "+cluster.String(), "name the role of a node class of clusters.yaml, or add an AccessEntry of type EC2 for it")}
}
