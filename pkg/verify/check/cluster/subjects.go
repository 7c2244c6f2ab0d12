package cluster

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// everybody warns of a binding in a cluster that gives a role to whoever reaches the Kubernetes API (Kubernetes, Authenticating:
// Anonymous requests), or one that may change things to everybody who is in (Using RBAC Authorization, Default Roles and Role Bindings).
func everybody(o *manifest.Object) diag.List {
	kind, role := o.Kind(), o.Text("roleRef", "name")
	if kind.Group != manifest.RBACGroup || kind.Kind != "RoleBinding" && kind.Kind != "ClusterRoleBinding" || strings.HasPrefix(role, "system:") {
		return nil
	}
	var problems diag.List
	for i, subject := range o.List("subjects") {
		name, at := manifest.Field(subject, "name"), fmt.Sprintf("subjects[%d].name", i)
		switch {
		case name == "system:anonymous" || name == "system:unauthenticated":
			problems = append(problems, check.Warning(o.Problem(at, "gives "+role+" to whoever reaches the Kubernetes API, without a login", "name a group of an access entry")))
		case slices.Contains([]string{"system:authenticated", "system:serviceaccounts"}, name) && slices.Contains([]string{"cluster-admin", "admin", "edit"}, role):
			problems = append(problems, check.Warning(o.Problem(at, "gives "+role+" to every pod and every principal of the cluster", "name a service account, or a group of an access entry")))
		}
	}
	return problems
}

// capabilityRole holds the role of an EKS capability to who works with it (Amazon EKS User Guide, Amazon EKS capability IAM role). A role that
// is not in the tree is somebody else's.
func capabilityRole(t *manifest.Tree, capability *manifest.Object) diag.List {
	role := t.Named(manifest.IAMGroup, "Role", capability.Namespace(), capability.Text("spec", "roleRef", "from", "name"))
	if role == nil {
		return nil
	}
	for _, statement := range check.Allows(role.Text("spec", "assumeRolePolicyDocument")) {
		principal, _ := statement.Principal.(map[string]any)
		if slices.Contains(manifest.TextsOf(principal["Service"]), "capabilities.eks.amazonaws.com") {
			return nil
		}
	}
	return diag.List{role.Problem("spec.assumeRolePolicyDocument", "does not let capabilities.eks.amazonaws.com in, so that "+capability.String()+" cannot work", "trust it with sts:AssumeRole and sts:TagSession")}
}
