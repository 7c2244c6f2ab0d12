package hub

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// AccountsCheck holds the roles that ACK assumes to the accounts that namespaces name.
func AccountsCheck() check.Check {
	return check.Check{
		Name: "accounts",
		Doc:  "ACK assumes one role for the objects of each cluster, in the account that the cluster's namespace names.",
		Why: "With IAMRoleSelectors, all that AWS's managed ACK supports, ACK ignores the account that a namespace names: " +
			"what no selector matches, it creates with its own role, in the hub's account, and reports as synced; where two match, it " +
			"refuses both. With the account map it reads only the namespace. Where both agree, the tree works with either. " +
			"With managed ACK, a FieldExport may also write nothing: this is known for Secrets, and unknown for ConfigMaps " +
			"(aws-controllers-k8s/community#2952). gen notes it where hub/hub.cfn.yaml has an AWS::EKS::Capability.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			selectors := t.OfKind(manifest.ACKGroup, "IAMRoleSelector")
			byName := map[string][]*manifest.Object{}
			var byLabel []*manifest.Object
			for _, s := range selectors {
				problems = append(problems, roleARN(s)...)
				names := s.Texts("spec", "namespaceSelector", "names")
				for _, name := range names {
					byName[name] = append(byName[name], s)
				}
				if len(names) == 0 {
					byLabel = append(byLabel, s)
				}
			}
			for _, namespace := range t.OfKind("", "Namespace") {
				if namespace.Place() == "" && t.Places[namespace.Name()].Account != "" {
					problems = append(problems, selected(t, namespace, slices.Concat(byName[namespace.Name()], byLabel))...)
				}
			}
			return append(problems, managedExports(t)...)
		},
	}
}

// roleARN checks the role of a selector.
func roleARN(o *manifest.Object) diag.List {
	text := o.Text("spec", "arn")
	if arn, ok := check.SplitARN(text); ok && arn.Service == "iam" && strings.HasPrefix(arn.Resource, "role/") {
		return nil
	}
	return diag.List{o.Problem("spec.arn", fmt.Sprintf("%q is no ARN of a role", text), "write arn:aws:iam::<account>:role/<name>")}
}

// selected holds the selectors that may match a namespace to it (ACK runtime, pkg/runtime/reconciler.go and
// pkg/runtime/iamroleselector/matcher.go). Those for a part of its objects are left out: they are the user's own.
func selected(t *manifest.Tree, namespace *manifest.Object, candidates []*manifest.Object) diag.List {
	account := t.Places[namespace.Name()].Account
	var problems diag.List
	var whole *manifest.Object
	for _, s := range candidates {
		if !selects(s, namespace) {
			continue
		}
		if arn, ok := check.SplitARN(s.Text("spec", "arn")); ok && arn.Account != account {
			problems = append(problems, s.Problem("spec.arn", fmt.Sprintf("is in account %s, but %s names %s: ACK would make everything in %s", arn.Account, namespace, account, arn.Account),
				"name a role of account "+account))
		}
		switch {
		case isPartial(s):
		case whole == nil:
			whole = s
		default:
			problems = append(problems, s.Problem("spec.namespaceSelector", fmt.Sprintf("matches %s, as %s does: ACK refuses every object there (multiple matching IAMRoleSelectors)", namespace, whole),
				"let one selector match the namespace"))
		}
	}
	if whole == nil && bySelectors(t) && !t.Broken[""] && len(t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Cluster"}, namespace.Name())) > 0 {
		problems = append(problems, namespace.Problem("", "no IAMRoleSelector matches it, so that ACK would act as its own role, in the hub's account", "run gen clusters; add one that names the namespace, with a role of account "+account))
	}
	return problems
}

// selects reports whether a selector matches a namespace, for all of its objects or for some.
func selects(o *manifest.Object, namespace *manifest.Object) bool {
	names := o.Texts("spec", "namespaceSelector", "names")
	if len(names) > 0 && !slices.Contains(names, namespace.Name()) {
		return false
	}
	want, _ := o.Value("spec", "namespaceSelector", "labelSelector", "matchLabels").(map[string]any)
	for key, value := range want {
		if value != manifest.Field(namespace.Value("metadata", "labels"), key) {
			return false
		}
	}
	return true
}

// isPartial reports whether a selector is for some kinds or some objects only.
func isPartial(o *manifest.Object) bool {
	labels, _ := o.Value("spec", "resourceLabelSelector", "matchLabels").(map[string]any)
	return len(o.List("spec", "resourceTypeSelector")) > 0 || len(labels) > 0
}

// bySelectors reports whether the hub's ACK goes by selectors, as far as clusters.yaml says.
func bySelectors(t *manifest.Tree) bool {
	fleet := t.Fleet()
	return fleet != nil && fleet.Hub.ACK != config.ACKAccountMap
}

// managedExports are notes on FieldExports where AWS runs ACK: one for each cluster.
func managedExports(t *manifest.Tree) diag.List {
	if !t.ManagedACK {
		return nil
	}
	var problems diag.List
	told := map[string]bool{}
	for _, o := range t.OfKind(manifest.ACKGroup, "FieldExport") {
		if o.Place() != "" || told[o.Namespace()] {
			continue
		}
		told[o.Namespace()] = true
		problems = append(problems, check.Note(o.Problem("", "AWS runs ACK on the hub (AWS::EKS::Capability), where FieldExports into Secrets fail and nothing is known about ConfigMaps: the stage identity may wait forever",
			"when the cluster is there, name its issuer as oidcIssuer in clusters.yaml, or use identity: podIdentity")))
	}
	return problems
}
