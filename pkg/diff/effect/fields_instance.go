package effect

import (
	"eks-auto-gitops/pkg/flux"
)

// instanceRows are the fields of the FluxInstance of a cluster with delivery: agent. The operator applies what it makes of them again,
// and a controller whose Deployment changes restarts; what they have delivered runs on.
func instanceRows() []Row {
	const restarts = "the operator applies Flux again: controllers that change restart, and what they have delivered runs on"
	return rowsOf(flux.InstanceGroup, flux.InstanceKind, "Flux Operator, FluxInstance CRD",
		updated("spec.cluster", restarts),
		updated("spec.components", "the operator installs the controllers that come, and removes those that go"),
		updated("spec.distribution", "the operator upgrades Flux in the cluster, and what it has delivered runs on"),
		updated("spec.kustomize", restarts),
		updated("spec.sync.url", "Flux in the cluster follows the other repository, and prunes what is not in it"),
		updated("spec.sync.ref", "Flux in the cluster follows the other branch, and prunes what is not in it"),
		updated("spec.sync.path", "Flux in the cluster applies the other folder, and prunes what is not in it"),
		updated("spec.sync.pullSecret", "Flux in the cluster fetches with the other credentials, and stays at the last revision until it can"),
		updated("spec.sync.interval", ""),
		updated("spec.sync.kind", "Flux in the cluster follows a source of the other kind, and prunes what is not in it"),
	)
}
