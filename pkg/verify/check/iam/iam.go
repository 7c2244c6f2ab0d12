// Package iam has the checks of policies, roles, and who gets them.
package iam

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/ack"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/policy"
)

// PolicyCheck reads every policy document and the roles that have them.
func PolicyCheck() check.Check {
	return check.Check{
		Name: "iam",
		Doc: "Every policy document follows IAM's grammar and quotas, names existing actions, and stays in the " +
			"partition and account that it belongs to.",
		Why: "ACK passes a document on as it is. IAM refuses an invalid one with MalformedPolicyDocument, which ends in a " +
			"terminal condition. What IAM accepts can still have no effect: an unknown action or condition key, an " +
			"ARN of another partition, or the issuer of another cluster grants nothing, and whoever relies on it sees " +
			"AccessDenied. An action that gen does not know is only a warning, because AWS adds actions every week and " +
			"gen's table may be older; so is what may be intended, such as an ARN of another account, which can share " +
			"its resources, and what allows more than it lists.",
		Run: checkIAM,
	}
}

func checkIAM(t *manifest.Tree) diag.List {
	checker, err := policy.NewChecker(accounts(t))
	if err != nil {
		return diag.List{{Message: err.Error(), Hint: "this is a bug in gen; please report it"}}
	}
	var problems diag.List
	nodeRoles := nodeRoles(t)
	for _, o := range t.Objects() {
		where := t.Where(o)
		for _, d := range documentsOf(o) {
			place := where
			if d.kind == policy.Trust && trustsHub(t, o) {
				place.Region = "" // the hub's issuer has the region of the hub; the check reach holds it to that
			}
			problems = append(problems, document(t, checker, d, place)...)
		}
		problems = append(problems, sizes(o)...)
		problems = append(problems, arns(o, where)...)
		problems = append(problems, role(o, nodeRoles)...)
		problems = append(problems, lockedOut(o)...)
	}
	return problems
}

// accounts are those that namespaces and access entries name: a trust policy may let them in.
func accounts(t *manifest.Tree) map[string]bool {
	known := map[string]bool{}
	for _, o := range t.Objects() {
		if o.Kind() == (apischema.GroupKind{Kind: "Namespace"}) {
			known[manifest.Field(o.Value("metadata", "annotations"), ack.OwnerAccountID)] = true
		}
		if parts := strings.Split(o.Text("spec", "principalARN"), ":"); o.Kind().Kind == "AccessEntry" && len(parts) > 4 {
			known[parts[4]] = true
		}
	}
	delete(known, "")
	return known
}

// arns checks the ARNs of an ACK object outside of documents: the partition of all, and the account of those that
// have to be in the cluster's own.
func arns(o *manifest.Object, where policy.Place) diag.List {
	if !o.IsACK() {
		return nil
	}
	var problems diag.List
	manifest.Walk(o.Value("spec"), []any{"spec"}, func(keys []any, value any) {
		text, ok := value.(string)
		if !ok || !strings.HasPrefix(text, "arn:") {
			return
		}
		parts := strings.SplitN(text, ":", 6)
		if len(parts) != 6 {
			return
		}
		at := manifest.FieldOf(keys)
		if where.Partition != "" && parts[1] != where.Partition {
			problems = append(problems, o.Problem(at, fmt.Sprintf("%s is in partition %s, but the object is made in %s", text, parts[1], where.Partition),
				"begin it with arn:"+where.Partition+":"))
		}
		if own := slices.Contains(ownARNs(), manifest.LastName(keys)); own && parts[4] != "aws" && where.Account != "" && parts[4] != where.Account {
			problems = append(problems, o.Problem(at, "is in account "+parts[4]+", but the object is made in "+where.Account, "name one of that account"))
		}
	})
	return problems
}

// ownARNs are fields for what has to be in the account of the object: a role can be passed to a service and a policy
// be attached in its own account only (IAM User Guide).
func ownARNs() []string {
	return []string{"nodeRoleARN", "permissionsBoundary", "policies", "roleARN", "serviceAccountRoleARN"}
}
