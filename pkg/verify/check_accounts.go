package verify

import (
	"fmt"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// accountsCheck holds the roles that ACK assumes to the accounts that namespaces name.
func accountsCheck() Check {
	return Check{
		Name: "accounts",
		Doc:  "ACK assumes one role for the objects of each cluster, in the account that the cluster's namespace names.",
		Why: "With IAMRoleSelectors, the only way of AWS's managed ACK, ACK does not read the account that a namespace names: " +
			"what no selector matches it makes as its own role, in the hub's account, and calls it synced; where two match it " +
			"refuses both. With the account map it reads the namespace alone. Where both say the same, the tree works with either. " +
			"Managed ACK is also where a FieldExport may write nothing: of Secrets that is known, of ConfigMaps nothing is " +
			"(aws-controllers-k8s/community#2952). gen notes it where hub/hub.cfn.yaml has an AWS::EKS::Capability.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			selectors := t.kind(ackGroup, "IAMRoleSelector")
			byName := map[string][]*Object{}
			var byLabel []*Object
			for _, s := range selectors {
				problems = append(problems, s.roleARN()...)
				names := s.texts("spec", "namespaceSelector", "names")
				for _, name := range names {
					byName[name] = append(byName[name], s)
				}
				if len(names) == 0 {
					byLabel = append(byLabel, s)
				}
			}
			for _, namespace := range t.kind("", "Namespace") {
				if namespace.Place() == "" && t.places[namespace.Name()].Account != "" {
					problems = append(problems, t.selected(namespace, slices.Concat(byName[namespace.Name()], byLabel))...)
				}
			}
			return append(problems, t.managedExports()...)
		},
	}
}

// roleARN checks the role of a selector.
func (o *Object) roleARN() diag.List {
	text := o.text("spec", "arn")
	if arn, ok := splitARN(text); ok && arn.service == "iam" && strings.HasPrefix(arn.resource, "role/") {
		return nil
	}
	return diag.List{o.problem("spec.arn", fmt.Sprintf("%q is no ARN of a role", text), "write arn:aws:iam::<account>:role/<name>")}
}

// selected holds the selectors that may match a namespace to it (ACK runtime, pkg/runtime/reconciler.go and
// pkg/runtime/iamroleselector/matcher.go). Those for a part of its objects are left out: they are the user's own.
func (t *Tree) selected(namespace *Object, candidates []*Object) diag.List {
	account := t.places[namespace.Name()].Account
	var problems diag.List
	var whole *Object
	for _, s := range candidates {
		if !s.selects(namespace) {
			continue
		}
		if arn, ok := splitARN(s.text("spec", "arn")); ok && arn.account != account {
			problems = append(problems, s.problem("spec.arn", fmt.Sprintf("is in account %s, but %s names %s: ACK would make everything in %s", arn.account, namespace, account, arn.account),
				"name a role of account "+account))
		}
		switch {
		case s.isPartial():
		case whole == nil:
			whole = s
		default:
			problems = append(problems, s.problem("spec.namespaceSelector", fmt.Sprintf("matches %s, as %s does: ACK refuses every object there (multiple matching IAMRoleSelectors)", namespace, whole),
				"let one selector match the namespace"))
		}
	}
	if whole == nil && t.bySelectors() && !t.broken[""] && len(t.all("", apischema.GroupKind{Group: eksGroup, Kind: "Cluster"}, namespace.Name())) > 0 {
		problems = append(problems, namespace.problem("", "no IAMRoleSelector matches it, so that ACK would act as its own role, in the hub's account", "run gen clusters; add one that names the namespace, with a role of account "+account))
	}
	return problems
}

// selects tells whether a selector matches a namespace, for all of its objects or for some.
func (o *Object) selects(namespace *Object) bool {
	names := o.texts("spec", "namespaceSelector", "names")
	if len(names) > 0 && !slices.Contains(names, namespace.Name()) {
		return false
	}
	want, _ := o.value("spec", "namespaceSelector", "labelSelector", "matchLabels").(map[string]any)
	for key, value := range want {
		if value != field(namespace.value("metadata", "labels"), key) {
			return false
		}
	}
	return true
}

// isPartial tells whether a selector is for some kinds or some objects only.
func (o *Object) isPartial() bool {
	labels, _ := o.value("spec", "resourceLabelSelector", "matchLabels").(map[string]any)
	return len(o.list("spec", "resourceTypeSelector")) > 0 || len(labels) > 0
}

// bySelectors tells whether the hub's ACK goes by selectors, as far as clusters.yaml says.
func (t *Tree) bySelectors() bool {
	fleet := t.fleet()
	return fleet != nil && fleet.Hub.ACK != config.ACKAccountMap
}

// managedExports are notes on FieldExports where AWS runs ACK: one for each cluster.
func (t *Tree) managedExports() diag.List {
	if !t.managedACK {
		return nil
	}
	var problems diag.List
	told := map[string]bool{}
	for _, o := range t.kind(ackGroup, "FieldExport") {
		if o.Place() != "" || told[o.Namespace()] {
			continue
		}
		told[o.Namespace()] = true
		problems = append(problems, note(o.problem("", "AWS runs ACK on the hub (AWS::EKS::Capability), where FieldExports into Secrets fail and nothing is known of ConfigMaps: the stage identity may wait for ever",
			"when the cluster is there, name its issuer as oidcIssuer in clusters.yaml, or use identity: podIdentity")))
	}
	return problems
}
