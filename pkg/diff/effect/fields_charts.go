package effect

import (
	"slices"

	"eks-auto-gitops/pkg/manifest"
)

// chartRows are the fields of chart sources that say as whom Flux fetches, and what it trusts.
func chartRows() []Row {
	const credentials = "Flux fetches with the other credentials, and stays at the last chart until it can"
	const verified = "Flux takes charts with the other signatures, and stays at the last chart until one has them"
	helm := rowsOf(manifest.SourceGroup, "HelmRepository", "Flux, HelmRepository API",
		updated("spec.secretRef", credentials),
		updated("spec.passCredentials", "Flux sends the credentials to other hosts than that of the index, or no longer"),
	)
	oci := rowsOf(manifest.SourceGroup, "OCIRepository", "Flux, OCIRepository API",
		updated("spec.secretRef", credentials),
		updated("spec.provider", credentials),
		updated("spec.serviceAccountName", credentials),
		updated("spec.verify", verified),
	)
	release := rowsOf(manifest.HelmGroup, "HelmRelease", "Flux, HelmRelease API",
		updated("spec.chart.spec.reconcileStrategy", ""),
	)
	return slices.Concat(helm, oci, release)
}
