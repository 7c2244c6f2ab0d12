package verify

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// accessCheck holds access entries to what EKS takes, and node classes to the entry of their role.
func accessCheck() Check {
	return Check{
		Name: "access",
		Doc:  "Each principal has one access entry that EKS takes, and the role of every node class has one.",
		Why: "CRDs of ACK have no value lists, so EKS is the first to refuse an entry, or takes it and gives nobody " +
			"anything. Nodes whose role has no entry start, cost money and never join. EKS makes the entry of the role of its " +
			"own pools itself; a second one is a conflict that never ends.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, entry := range t.kind(eksGroup, "AccessEntry") {
				problems = append(problems, entry.entry()...)
				problems = append(problems, entry.scopes()...)
				problems = append(problems, t.principal(entry)...)
			}
			for _, class := range t.kind(autoGroup, "NodeClass") {
				problems = append(problems, t.joins(class)...)
			}
			for _, cluster := range t.kind(eksGroup, "Cluster") {
				const at = "accessConfig.bootstrapClusterCreatorAdminPermissions"
				if cluster.value(keysOf("spec."+at)...) != false {
					problems = append(problems, warning(cluster.problem("spec."+at, "is not false, so that ACK's own role becomes an administrator that no access entry shows", "set it to false")))
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

// entry checks the type of an entry and what goes with it (Amazon EKS User Guide, "Create access entries").
func (o *Object) entry() diag.List {
	kind := orElse(o.text("spec", "type"), "STANDARD")
	if !slices.Contains(entryTypes(), kind) {
		hint := "use one of " + strings.Join(entryTypes(), ", ")
		if near := diag.Nearest(kind, entryTypes()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return diag.List{o.problem("spec.type", kind+" is no type of an access entry", hint)}
	}
	var problems diag.List
	for _, name := range []string{"kubernetesGroups", "username"} {
		if kind != "STANDARD" && o.value("spec", name) != nil {
			problems = append(problems, o.problem("spec."+name, "EKS takes it with the type STANDARD only, not with "+kind, "take it away"))
		}
	}
	if kind != "STANDARD" && kind != "EC2" && len(o.list("spec", "accessPolicies")) > 0 {
		problems = append(problems, o.problem("spec.accessPolicies", "EKS takes policies with the types STANDARD and EC2 only, not with "+kind, "take them away"))
	}
	if arn := o.text("spec", "principalARN"); strings.Contains(arn, ":assumed-role/") {
		problems = append(problems, o.problem("spec.principalARN", arn+" is a session, not a role", "name the role itself"))
	}
	return problems
}

// scopes checks the policies of an entry (Amazon EKS API, AssociateAccessPolicy).
func (o *Object) scopes() diag.List {
	policy := regexp.MustCompile(`^arn:[a-z-]+:eks::aws:cluster-access-policy/\w+$`)
	var problems diag.List
	for i, item := range o.list("spec", "accessPolicies") {
		at := fmt.Sprintf("spec.accessPolicies[%d]", i)
		fields, _ := item.(map[string]any)
		scope, _ := fields["accessScope"].(map[string]any)
		namespaces, _ := scope["namespaces"].([]any)
		kind := field(scope, "type")
		if arn := field(fields, "policyARN"); !policy.MatchString(arn) && (arn != "" || len(fields) < 2) { // else it has another name, which the schema refuses
			problems = append(problems, o.problem(at+".policyARN", fmt.Sprintf("%q is no access policy of EKS", arn), "write arn:aws:eks::aws:cluster-access-policy/ and its name; policies of IAM give no access here"))
		}
		switch {
		case kind == "":
			problems = append(problems, o.problem(at+".accessScope.type", "is missing, so that the policy gives nothing", "write cluster or namespace"))
		case kind != "cluster" && kind != "namespace":
			problems = append(problems, o.problem(at+".accessScope.type", kind+" is no scope", "write cluster or namespace"))
		case kind == "cluster" && len(namespaces) > 0:
			problems = append(problems, o.problem(at+".accessScope.namespaces", "the scope is the cluster, which has no list of namespaces", "take the list away, or write type: namespace"))
		case kind == "namespace" && len(namespaces) == 0:
			problems = append(problems, o.problem(at+".accessScope.namespaces", "the scope is namespaces, but none is named", "name them, or write type: cluster"))
		}
	}
	return problems
}

// principal says that a principal has an entry already: another one, or that which EKS makes itself.
func (t *Tree) principal(entry *Object) diag.List {
	const at = "spec.principalARN"
	arn := entry.text("spec", "principalARN")
	for _, other := range t.all(entry.Place(), entry.Kind(), entry.Namespace()) {
		if other.text("spec", "principalARN") == arn && entry.after(other) && other.text("spec", "clusterName") == entry.text("spec", "clusterName") {
			return diag.List{entry.problem(at, other.String()+" is for the same principal, and EKS takes one entry for each", "put both into one")}
		}
	}
	if cluster := t.eksCluster(entry); cluster != nil && arn != "" && cluster.text("spec", "computeConfig", "nodeRoleARN") == arn {
		return diag.List{entry.problem(at, "is the role of the pools that EKS makes, whose entry EKS makes as well", "take the entry away, or give the node class another role")}
	}
	return nil
}

// joins tells whether the nodes of a class may join the cluster (Amazon EKS User Guide, "Create a Node Class for
// Amazon EKS", Create node class access entry).
func (t *Tree) joins(class *Object) diag.List {
	role, cluster := class.text("spec", "role"), t.eksCluster(class)
	if role == "" || cluster == nil || path.Base(cluster.text("spec", "computeConfig", "nodeRoleARN")) == role {
		return nil
	}
	if strings.ContainsAny(role, "/:") {
		return nil // the check nodes says that it is no name
	}
	for _, entry := range t.all("", apischema.GroupKind{Group: eksGroup, Kind: "AccessEntry"}, cluster.Namespace()) {
		if path.Base(entry.text("spec", "principalARN")) == role && entry.text("spec", "type") == "EC2" {
			return nil
		}
	}
	return diag.List{class.problem("spec.role", "no access entry lets nodes with the role "+role+" join "+cluster.String(), "name the role of a node class of clusters.yaml, or add an AccessEntry of type EC2 for it")}
}
