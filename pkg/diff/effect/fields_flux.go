package effect

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// fluxRows are the fields of what delivers: Kustomizations and sources.
func fluxRows() []Row {
	const api = "Flux, Kustomization API"
	delivery := rowsOf(manifest.KustomizeGroup, "Kustomization", api,
		updated("spec.path", "Flux applies the other folder, and prunes what is not in it"),
		judged("spec.sourceRef", judgeSource),
		Row{Name: "spec.kubeConfig", Outcome: change.Orphan, Why: "Flux applies to the other cluster, and what is in this one stays without an owner", Source: api + ", KubeConfig (Remote clusters)"},
		Row{Name: "spec.prune", Outcome: change.Update, Why: "decides whether what is gone from the tree is deleted", Source: sourcePrune},
		Row{Name: "spec.deletionPolicy", Outcome: change.Update, Why: "decides what becomes of its objects when it goes itself", Source: sourceDeletion},
		updated("spec.serviceAccountName", "Flux acts as the other account"),
		updated("spec.dependsOn", "the order of delivery changes"),
		updated("spec.healthCheckExprs", ""),
		updated("spec.healthChecks", ""),
		updated("spec.wait", ""),
		updated("spec.timeout", ""),
		updated("spec.interval", ""),
		updated("spec.retryInterval", ""),
		updated("spec.postBuild", "the variables of its objects change"),
		updated("spec.suspend", ""),
		updated("spec.force", ""),
		updated("spec.targetNamespace", "Flux prunes what is in the old namespace"),
		updated("spec.patches", ""),
	)
	git := rowsOf(manifest.SourceGroup, "GitRepository", "Flux, GitRepository API",
		judged("spec.url", judgeGit("the chart comes from the other repository", "everything comes from the other repository")).by("in place: everything comes from the other repository"),
		judged("spec.ref", judgeGit("the chart comes from the other revision", "everything comes from the other branch")).by("in place: everything comes from the other branch"),
		updated("spec.secretRef", "Flux fetches with the other credentials, and stays at the last revision until it can"),
		updated("spec.provider", "Flux fetches with the credentials of the other provider, and stays at the last revision until it can"),
		updated("spec.ignore", ""),
		updated("spec.interval", ""),
		updated("spec.timeout", ""),
	)
	helm := rowsOf(manifest.SourceGroup, "HelmRepository", "Flux, HelmRepository API",
		updated("spec.url", "charts come from the other place"),
		updated("spec.interval", ""),
	)
	oci := rowsOf(manifest.SourceGroup, "OCIRepository", "Flux, OCIRepository API",
		updated("spec.url", "the chart comes from the other place"),
		updated("spec.ref", "Helm upgrades every release of it"),
		updated("spec.layerSelector", ""),
		updated("spec.interval", ""),
	)
	return slices.Concat(delivery, git, helm, oci, generatorRows(), notificationRows(), instanceRows())
}

// notificationRows are the fields of what reports on deliveries.
func notificationRows() []Row {
	return slices.Concat(
		rowsOf(manifest.NotificationGroup, "Provider", "Flux, Provider API",
			updated("spec.type", "reports go to a receiver of the other type"),
			updated("spec.address", "reports go to the other address"),
			updated("spec.channel", "reports go to the other channel"),
			updated("spec.secretRef", "reports are sent with the other credentials"),
			updated("spec.commitStatusExpr", "statuses of commits get the other name, and those that are there stay as they are"),
		),
		rowsOf(manifest.NotificationGroup, "Alert", "Flux, Alert API",
			updated("spec.eventMetadata", ""),
			updated("spec.eventSeverity", "other events are reported"),
			updated("spec.eventSources", "the events of other objects are reported"),
			updated("spec.providerRef", "reports go to the other receiver"),
		),
	)
}

// releaseRows are the fields of a HelmRelease.
func releaseRows() []Row {
	const upgrade = "Helm upgrades the release"
	again := func(name, why string) Row { return Row{Name: name, Outcome: change.Replace, Why: why} }
	return rowsOf(manifest.HelmGroup, "HelmRelease", "Flux, HelmRelease API",
		updated("spec.values", upgrade),
		updated("spec.valuesFrom", upgrade),
		updated("spec.postRenderers", upgrade),
		updated("spec.chart.spec.version", upgrade),
		again("spec.chart.spec.chart", "Helm uninstalls the release and installs the other chart"),
		updated("spec.chart.spec.sourceRef", "the chart comes from the other source"),
		updated("spec.chartRef", "the chart comes from the other source"),
		again("spec.releaseName", "Helm uninstalls the release and installs it under the new name"),
		again("spec.targetNamespace", "Helm uninstalls the release and installs it in the other namespace"),
		again("spec.storageNamespace", "Helm uninstalls and reinstalls the release"),
		Row{Name: "spec.kubeConfig", Outcome: change.Orphan, Why: "Helm installs the release in the other cluster; in this one it stays"},
		updated("spec.install", "it counts with the next installation"),
		updated("spec.upgrade", "it counts with the next upgrade"),
		updated("spec.driftDetection", ""),
		updated("spec.interval", ""),
		updated("spec.timeout", ""),
		updated("spec.dependsOn", "the order of delivery changes"),
		updated("spec.suspend", ""),
	)
}
