package iam

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// nodeRoles are the names of roles that nodes have: node classes name them, clusters, and access entries of type EC2.
func nodeRoles(t *manifest.Tree) map[string]bool {
	names := map[string]bool{}
	for _, o := range t.Objects() {
		switch o.Kind() {
		case apischema.GroupKind{Group: manifest.AutoGroup, Kind: "NodeClass"}:
			names[o.Text("spec", "role")] = true
		case apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Cluster"}:
			names[check.AfterSlash(o.Text("spec", "computeConfig", "nodeRoleARN"))] = true
		case apischema.GroupKind{Group: manifest.EKSGroup, Kind: "AccessEntry"}:
			if o.Text("spec", "type") == "EC2" {
				names[check.AfterSlash(o.Text("spec", "principalARN"))] = true
			}
		}
	}
	return names
}

// role checks what IAM limits in a role or a policy outside of its documents (IAM and AWS STS quotas).
func role(o *manifest.Object, nodeRoles map[string]bool) diag.List {
	kind := o.Kind()
	if kind.Group != manifest.IAMGroup || kind.Kind != "Role" && kind.Kind != "Policy" && kind.Kind != "InstanceProfile" {
		return nil
	}
	problems := append(rolePath(o, nodeRoles), powerful(o, nodeRoles)...)
	switch n := len(o.List("spec", "policies")) + len(o.List("spec", "policyRefs")); {
	case n > 20:
		problems = append(problems, o.Problem("spec.policies", fmt.Sprintf("has %d policies, but a role may have 20", n), "join them, or put statements into inlinePolicies"))
	case n > 10:
		problems = append(problems, check.Warning(o.Problem("spec.policies", fmt.Sprintf("has %d policies, but the quota of a new account is 10", n),
			"join them, or have the quota of the account raised to 20")))
	}
	inline, _ := o.Value("spec", "inlinePolicies").(map[string]any)
	for name := range inline {
		if len(name) > 128 || strings.Trim(name, iamLetters) != "" {
			problems = append(problems, o.Problem(manifest.FieldOf([]any{"spec", "inlinePolicies", name}), "is no name of a policy", "use letters, digits and _+=,.@-, at most 128"))
		}
	}
	return problems
}

// powerful are policies that nodes must not have: whoever breaks out of a pod has the credentials of its node (Amazon EKS
// User Guide, "Amazon EKS Auto Mode node IAM role", wants the least).
func powerful(o *manifest.Object, nodeRoles map[string]bool) diag.List {
	if o.Kind().Kind != "Role" || !nodeRoles[o.Text("spec", "name")] {
		return nil
	}
	var problems diag.List
	for i, arn := range o.Texts("spec", "policies") {
		if name := check.AfterSlash(arn); slices.Contains([]string{"AdministratorAccess", "IAMFullAccess", "PowerUserAccess"}, name) {
			problems = append(problems, o.Problem(fmt.Sprintf("spec.policies[%d]", i), name+" is for people: with it, whoever breaks out of a pod controls the account",
				"take it away, and give the pods that need something a role of their own"))
		}
	}
	return problems
}

// iamLetters are the characters of names in IAM.
const iamLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-"

// rolePath checks the path. Nodes get no role that has one: EKS finds it by its name (containers-roadmap#2486).
func rolePath(o *manifest.Object, nodeRoles map[string]bool) diag.List {
	path := o.Text("spec", "path")
	switch {
	case path == "" || path == "/":
		return nil
	case len(path) > 512 || !regexp.MustCompile(`^/[!-~]+/$`).MatchString(path):
		return diag.List{o.Problem("spec.path", fmt.Sprintf("%q is no path", path), "begin and end it with /")}
	case o.Kind().Kind == "Role" && nodeRoles[o.Text("spec", "name")]:
		return diag.List{o.Problem("spec.path", "nodes cannot have a role with a path; node pools would never be ready", "remove the path")}
	}
	return nil
}
