package effect

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// capabilityRows are what ACK does with the fields of an EKS capability. Name, type and cluster cannot change, as the CRD says.
func capabilityRows() []Row {
	const (
		noCall  = "EKS has no call for it: ACK asks again and again, and nothing changes"
		another = "take the capability away and make one of another name"
	)
	return rowsOf(manifest.EKSGroup, "Capability", "eks-controller, pkg/resource/capability/hooks.go: setConfiguration; sdk.go: newUpdateRequestPayload",
		immutable("spec.clusterName"),
		immutable("spec.name"),
		immutable("spec.type"),
		updated("spec.roleRef", "the capability works with the new role from then on"),
		updated("spec.roleARN", "the capability works with the new role from then on"),
		updated("spec.deletePropagationPolicy", ""),
		Row{Name: "spec.configuration", Outcome: change.Refused, Why: noCall + ": " + another},
		updated("spec.configuration.argoCD.rbacRoleMappings", "who may do what in Argo CD changes at once"),
		updated("spec.configuration.argoCD.networkAccess", "from where Argo CD is in reach changes"),
		updated("spec.tags", ""),
	)
}
