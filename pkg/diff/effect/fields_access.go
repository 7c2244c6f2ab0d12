package effect

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// accessRows are the fields of what is made for a cluster in EKS: access entries, associations and add-ons.
func accessRows() []Row {
	const other = "ACK makes it for the other cluster, and what is in this one stays without an owner"
	entry := rowsOf(manifest.EKSGroup, "AccessEntry", "eks-controller, pkg/resource/access_entry/sdk.go",
		Row{Name: "spec.principalARN", Outcome: change.Orphan, Why: "ACK makes an entry for the new principal, and the old one keeps its access"},
		Row{Name: "spec.clusterName", Outcome: change.Orphan, Why: other},
		ignored("spec.type", "EKS has no way to change it, and ACK does not send it: the entry stays of the type that it was made as"),
		updated("spec.accessPolicies", ""),
		judged("spec.kubernetesGroups", judgeSent("kubernetesGroups", "the principal keeps its groups")).by("other groups are set in place; without any the principal keeps those that it has"),
		judged("spec.username", judgeSent("username", "the principal keeps its name")).by("another name is set in place; without one the principal keeps that which it has"),
		updated("spec.tags", ""),
	)
	association := rowsOf(manifest.EKSGroup, "PodIdentityAssociation", "eks-controller, pkg/resource/pod_identity_association/sdk.go",
		updated("spec.roleRef", "pods get the new role when they start again"),
		updated("spec.roleARN", "pods get the new role when they start again"),
		Row{Name: "spec.clusterName", Outcome: change.Orphan, Why: other},
		ignored("spec.namespace", "EKS has no way to change it: pods keep the role where it is, and get none where it should be"),
		ignored("spec.serviceAccount", "EKS has no way to change it: pods keep the role where it is, and get none where it should be"),
		updated("spec.tags", ""),
	)
	addon := rowsOf(manifest.EKSGroup, "Addon", "eks-controller, pkg/resource/addon/sdk.go",
		Row{Name: "spec.name", Outcome: change.Orphan, Why: "ACK installs the other add-on, and this one stays without an owner"},
		Row{Name: "spec.clusterName", Outcome: change.Orphan, Why: other},
		updated("spec.addonVersion", ""),
		updated("spec.configurationValues", ""),
		updated("spec.podIdentityAssociations", "pods get the new role when they start again"),
		updated("spec.serviceAccountRoleARN", "pods get the new role when they start again"),
		updated("spec.resolveConflicts", "it counts with the next change"),
		updated("spec.tags", ""),
	)
	return slices.Concat(entry, association, addon, capabilityRows())
}

// judgeSent is for fields that ACK sends only where they are set: to take one away sends nothing, and nothing changes.
func judgeSent(name, kept string) func(change.Field, Subject) (change.Outcome, string) {
	return func(_ change.Field, c Subject) (change.Outcome, string) {
		if manifest.ValueAt(c.After, "spec", name) == nil {
			return change.Ignored, "ACK sends nothing where the field is not there: " + kept
		}
		return change.Update, ""
	}
}
