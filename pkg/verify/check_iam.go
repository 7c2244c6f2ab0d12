package verify

import (
	"fmt"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/policy"
)

// iamCheck reads every policy document and the roles that have them.
func iamCheck() Check {
	return Check{
		Name: "iam",
		Doc: "Every policy document follows IAM's grammar and quotas, names actions that there are, and stays in the " +
			"partition and account that it is in.",
		Why: "ACK hands a document over as it is. IAM refuses a broken one with MalformedPolicyDocument, which ends as a " +
			"terminal condition. What IAM takes can still do nothing: an action or a condition key that there is not, an " +
			"ARN of another partition, the issuer of another cluster give nobody anything, and whoever relies on them sees " +
			"AccessDenied. An action that gen does not know is a warning only, because AWS adds actions every week and " +
			"the table of gen may be older; so is what may be meant, such as an ARN of another account, which can share " +
			"its things, and what allows more than it lists.",
		Run: checkIAM,
	}
}

func checkIAM(t *Tree) diag.List {
	checker, err := policy.NewChecker(t.accounts())
	if err != nil {
		return diag.List{{Message: err.Error(), Hint: "this is a fault of gen; please report it"}}
	}
	var problems diag.List
	nodeRoles := t.nodeRoles()
	for _, o := range t.objects() {
		where := t.where(o)
		for _, d := range documentsOf(o) {
			place := where
			if d.kind == policy.Trust && t.trustsHub(o) {
				place.Region = "" // the hub's issuer has the region of the hub; the check reach holds it to that
			}
			problems = append(problems, t.document(checker, d, place)...)
		}
		problems = append(problems, sizes(o)...)
		problems = append(problems, arns(o, where)...)
		problems = append(problems, o.role(nodeRoles)...)
	}
	return problems
}

// accounts are those that namespaces and access entries name: a trust policy may let them in.
func (t *Tree) accounts() map[string]bool {
	known := map[string]bool{}
	for _, o := range t.objects() {
		if o.Kind() == (apischema.GroupKind{Kind: "Namespace"}) {
			known[field(o.value("metadata", "annotations"), ownerAccount)] = true
		}
		if parts := strings.Split(o.text("spec", "principalARN"), ":"); o.Kind().Kind == "AccessEntry" && len(parts) > 4 {
			known[parts[4]] = true
		}
	}
	delete(known, "")
	return known
}

// arns checks the ARNs of an ACK object outside of documents: the partition of all, and the account of those that
// have to be in the cluster's own.
func arns(o *Object, where policy.Place) diag.List {
	if !o.isACK() {
		return nil
	}
	var problems diag.List
	walk(o.value("spec"), []any{"spec"}, func(keys []any, value any) {
		text, ok := value.(string)
		if !ok || !strings.HasPrefix(text, "arn:") {
			return
		}
		parts := strings.SplitN(text, ":", 6)
		if len(parts) != 6 {
			return
		}
		at := fieldOf(keys)
		if where.Partition != "" && parts[1] != where.Partition {
			problems = append(problems, o.problem(at, fmt.Sprintf("%s is in partition %s, but the object is made in %s", text, parts[1], where.Partition),
				"begin it with arn:"+where.Partition+":"))
		}
		if own := slices.Contains(ownARNs(), lastName(keys)); own && parts[4] != "aws" && where.Account != "" && parts[4] != where.Account {
			problems = append(problems, o.problem(at, "is in account "+parts[4]+", but the object is made in "+where.Account, "name one of that account"))
		}
	})
	return problems
}

// ownARNs are fields for what has to be in the account of the object: a role can be passed to a service and a policy
// be attached in its own account only (IAM User Guide).
func ownARNs() []string {
	return []string{"nodeRoleARN", "permissionsBoundary", "policies", "roleARN", "serviceAccountRoleARN"}
}
