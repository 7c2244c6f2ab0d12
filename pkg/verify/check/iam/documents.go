package iam

import (
	"fmt"
	"maps"
	"slices"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/policy"
	"eks-auto-gitops/pkg/verify/check"
)

// A policyText is a policy document in an object.
type policyText struct {
	object      *manifest.Object
	field, text string
	kind        policy.Type
}

// documentsOf are the policy documents of an object.
func documentsOf(o *manifest.Object) []policyText {
	var found []policyText
	add := func(kind policy.Type, keys ...string) {
		if text := o.Text(keys...); text != "" {
			path := make([]any, len(keys))
			for i, key := range keys {
				path[i] = key
			}
			found = append(found, policyText{o, manifest.FieldOf(path), text, kind})
		}
	}
	switch o.Kind().String() {
	case "Role.iam.services.k8s.aws":
		add(policy.Trust, "spec", "assumeRolePolicyDocument")
		inline, _ := o.Value("spec", "inlinePolicies").(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(inline)) {
			add(policy.Identity, "spec", "inlinePolicies", name)
		}
	case "Policy.iam.services.k8s.aws":
		add(policy.Identity, "spec", "policyDocument")
	case "PodIdentityAssociation.eks.services.k8s.aws":
		add(policy.Identity, "spec", "policy")
	case "Key.kms.services.k8s.aws":
		add(policy.Resource, "spec", "policy")
	case "VPCEndpoint.ec2.services.k8s.aws":
		add(policy.Resource, "spec", "policyDocument")
	}
	return found
}

// document returns what is wrong with a document, each at its place in the text.
func document(t *manifest.Tree, checker *policy.Checker, d policyText, where policy.Place) diag.List {
	var problems diag.List
	for _, fault := range checker.Check(policy.Document{Text: d.text, Type: d.kind, Place: where, Raw: d.object.Substituted()}) {
		message := fault.Message
		if fault.Path != "" {
			message = fault.Path + ": " + message
		}
		p := t.ProblemIn(d.object, d.field, d.text, fault.Offset, message, fault.Hint)
		p.Severity = fault.Severity
		problems = append(problems, p)
	}
	return problems
}

// sizes holds documents to their quotas: what IAM counts has no white space (IAM and AWS STS quotas; AWS KMS, Key
// policy document size; AWS PrivateLink quotas).
func sizes(o *manifest.Object) diag.List {
	var problems diag.List
	inline := 0
	for _, d := range documentsOf(o) {
		size, most := policy.Size(d.text), 0
		switch kind := o.Kind().Kind; {
		case d.kind == policy.Trust:
			if most = 4096; size > 2048 && size <= most {
				problems = append(problems, check.Warning(o.Problem(d.field, fmt.Sprintf("has %d characters, but the quota of a new account is 2048", size),
					"make it shorter, or have the quota of the account raised to 4096")))
			}
		case kind == "Role":
			inline += size
			continue
		case kind == "Policy":
			most = 6144
		case kind == "Key":
			size, most = len(d.text), 32*1024
		case kind == "VPCEndpoint":
			size, most = len([]rune(d.text)), 20480
		default:
			continue
		}
		if size > most {
			problems = append(problems, o.Problem(d.field, fmt.Sprintf("has %d characters, but may have %d", size, most), "make it shorter; * stands for many actions and resources"))
		}
	}
	if inline > 10240 {
		problems = append(problems, o.Problem("spec.inlinePolicies", fmt.Sprintf("have %d characters together, but may have 10240", inline), "move some of it to a Policy"))
	}
	return problems
}
