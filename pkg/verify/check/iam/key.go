package iam

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// lockedOut is the policy of a key that does not let its account in (AWS KMS Developer Guide, "Default key policy"): then no
// IAM policy about the key counts, those of the roles of cluster and ACK among them. A document without any statement that
// allows something is unread or a deny only, and the rest of this check says so.
func lockedOut(o *manifest.Object) diag.List {
	document := o.Text("spec", "policy")
	statements := check.Allows(document)
	if o.Kind().String() != "Key.kms.services.k8s.aws" || len(statements) == 0 || slices.ContainsFunc(statements, letsAccount) {
		return nil
	}
	return diag.List{o.Problem("spec.policy", "no statement lets the account in, so that IAM policies about the key count for nothing: the role of the cluster cannot use it, and ACK cannot change it",
		"add a statement that allows kms:* to arn:aws:iam::<account>:root")}
}

// letsAccount reports whether a statement allows everything about a key to an account as a whole.
func letsAccount(s check.Statement) bool {
	if s.Inverse || len(s.Condition) > 0 || !slices.Contains(s.Action, "kms:*") && !slices.Contains(s.Action, "*") {
		return false
	}
	principals, isMap := s.Principal.(map[string]any)
	if !isMap {
		return s.Principal == "*"
	}
	return slices.ContainsFunc(manifest.TextsOf(principals["AWS"]), func(name string) bool {
		return name == "*" || strings.HasSuffix(name, ":root") || len(name) == 12 && strings.Trim(name, "0123456789") == ""
	})
}
