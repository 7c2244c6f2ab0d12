package verify

import (
	"fmt"
	"regexp"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// iamCheck reads every policy document.
func iamCheck() Check {
	return Check{
		Name: "iam",
		Doc:  "Every policy document follows IAM's grammar and limits, and names the partition and account it is in.",
		Why: "ACK hands a document over as it is. IAM refuses a broken one with MalformedPolicyDocument, which ends as a " +
			"terminal condition; an ARN of another partition or account is taken and gives nobody anything.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, o := range t.objects() {
				for _, d := range documentsOf(o) {
					problems = append(problems, d.check(t.account(o))...)
				}
				problems = append(problems, t.arns(o)...)
			}
			return problems
		},
	}
}

// The uses of a policy document, which differ in what a statement must have (IAM User Guide, IAM JSON policy
// elements reference).
const (
	identity      = "identity"
	trust         = "trust"
	resourceBased = "resource"
)

// A policyText is a policy document in an object.
type policyText struct {
	object           *Object
	field, text, use string
	// limit is how many characters it may have, white space aside (IAM and AWS STS quotas; AWS KMS quotas).
	limit int
}

// documentsOf are the policy documents of an object.
func documentsOf(o *Object) []policyText {
	var found []policyText
	add := func(field, text, use string, limit int) {
		if text != "" {
			found = append(found, policyText{o, field, text, use, limit})
		}
	}
	switch o.Kind().String() {
	case "Role.iam.services.k8s.aws":
		add("spec.assumeRolePolicyDocument", o.text("spec", "assumeRolePolicyDocument"), trust, 4096)
		inline, _ := o.value("spec", "inlinePolicies").(map[string]any)
		for name := range inline {
			add(fieldOf([]any{"spec", "inlinePolicies", name}), field(inline, name), identity, 10240)
		}
	case "Policy.iam.services.k8s.aws":
		add("spec.policyDocument", o.text("spec", "policyDocument"), identity, 6144)
	case "Key.kms.services.k8s.aws":
		add("spec.policy", o.text("spec", "policy"), resourceBased, 32*1024)
	}
	return found
}

// account is where an object is made: what ACK reads from its namespace.
type account struct{ id, partition string }

// account is that of an object's namespace; both are empty where the namespace does not say.
func (t *Tree) account(o *Object) account {
	namespaces := t.find("", apischema.GroupKind{Kind: "Namespace"}, "", o.Namespace())
	if len(namespaces) == 0 {
		return account{} // the check references says so
	}
	annotations := namespaces[0].value("metadata", "annotations")
	where := account{id: field(annotations, "services.k8s.aws/owner-account-id")}
	switch region := field(annotations, "services.k8s.aws/default-region"); {
	case strings.HasPrefix(region, "cn-"):
		where.partition = "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		where.partition = "aws-us-gov"
	case region != "":
		where.partition = "aws"
	}
	return where
}

// arns checks the ARNs of an ACK object outside of documents: the partition of all, and the account of those that
// have to be in the cluster's own.
func (t *Tree) arns(o *Object) diag.List {
	if !o.isACK() {
		return nil
	}
	where := t.account(o)
	var problems diag.List
	walk(o.value("spec"), []any{"spec"}, func(keys []any, value any) {
		text, ok := value.(string)
		if !ok || !strings.HasPrefix(text, "arn:") {
			return
		}
		at := fieldOf(keys)
		problems = append(problems, where.partitionOf(o, at, text)...)
		own := lastName(keys) == "nodeRoleARN" || lastName(keys) == "policies"
		if parts := strings.SplitN(text, ":", 6); own && len(parts) == 6 && parts[4] != "aws" && where.id != "" && parts[4] != where.id {
			problems = append(problems, o.problem(at, "is in account "+parts[4]+", but the object is made in "+where.id, "name one of that account"))
		}
	})
	return problems
}

// partitionOf says that an ARN is in another partition than the object.
func (a account) partitionOf(o *Object, at, text string) diag.List {
	match := regexp.MustCompile(`^arn:([a-z-]+):`).FindStringSubmatch(text)
	if match == nil || a.partition == "" || match[1] == a.partition {
		return nil
	}
	return diag.List{o.problem(at, fmt.Sprintf("%s is in partition %s, but the object is made in %s", text, match[1], a.partition), "begin it with arn:"+a.partition+":")}
}
