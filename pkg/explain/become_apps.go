package explain

import "eks-auto-gitops/pkg/config"

// retire is how everything goes that is installed in a cluster.
const retire = "what comes is installed; what goes has to be retiring first, so that it is uninstalled before its role and namespace go"

// appRows are the fields of what runs in a cluster.
func appRows() []becomes {
	const retiring = "retiring uninstalls it, and keeps its role and namespace until it is removed from the file"
	rows := append(append(networkRows(), capabilityRows()...),
		says("components", "what its fields say"),
		says("addons", retire), says("addons.name", retire), says("addons.state", retiring),
		says("addons.namespace", "EKS keeps an add-on in the namespace that it was installed into: another one is a removal, and a new installation"),
		in("addons.version", "Addon spec.addonVersion"), in("addons.values", "Addon spec.configurationValues"),
		says("releases", retire), says("releases.state", retiring),
		says("releases.name", "another name is another release: "+retire),
		says("releases.releaseName", "Helm takes the other name for another release: gen refuses it before this one is retiring"),
		says("releases.namespace", "Helm installs it in the other namespace: gen refuses it before this one is retiring"),
		in("releases.namespace.labels", "Namespace metadata.labels"), in("releases.namespace.annotations", "Namespace metadata.annotations"),
		in("releases.chart", "HelmRelease spec.chart.spec.sourceRef", "HelmRelease spec.chartRef").and("a source of that chart is made, and one that nothing uses any more is deleted"),
		says("releases.chart.ref", "Flux gets another source, and Helm upgrades the release to the chart that it has"),
		in("releases.chart.name", "HelmRelease spec.chart.spec.chart"), in("releases.chart.path", "HelmRelease spec.chart.spec.chart"),
		in("releases.chart.version", "HelmRelease spec.chart.spec.version", "HelmRelease spec.chartRef"),
		in("releases.values", "HelmRelease spec.values"), in("releases.valuesFrom", "HelmRelease spec.valuesFrom"),
		in("releases.timeout", "HelmRelease spec.timeout", "Kustomization spec.timeout"),
		in("releases.crds", "HelmRelease spec.install", "HelmRelease spec.upgrade"),
		in("releases.dependsOn", "HelmRelease spec.dependsOn"), in("releases.driftDetection", "HelmRelease spec.driftDetection"),
	)
	for _, of := range []string{"addons", "releases"} {
		at := of + ".serviceAccounts"
		association := map[string]string{"addons": "Addon spec.podIdentityAssociations", "releases": "PodIdentityAssociation spec.roleARN"}[of]
		rows = append(rows,
			says(at, "a role is made for an account that comes, and that of one that goes is deleted; pods get it when they start again"),
			says(at+".name", "another name is another account: it gets a role of its own, and pods get that when they start again"),
			in(at+".roleARN", association), in(at+".policyARNs", "Role spec.policies"), in(at+".statements", "Role spec.inlinePolicies"))
	}
	for _, c := range config.AllComponents() {
		rows = append(rows, componentRows("components."+c.Name, retiring)...)
	}
	return rows
}

// componentRows are the fields of a component. All but a few end up in the values of its chart.
func componentRows(at, retiring string) []becomes {
	rows := []becomes{
		says(at, "what its fields say"), says(at+".enabled", retire), says(at+".state", retiring),
		in(at+".version", "HelmRelease spec.chart.spec.version", "HelmRelease spec.chartRef", "Addon spec.addonVersion"),
		in(at+".values", "HelmRelease spec.values", "Addon spec.configurationValues"),
	}
	switch at {
	case "components.cloudwatch":
		rows = append(rows,
			says(at+".via", "from the chart to the add-on, or back, it has to be uninstalled first: README, Removing a release, an add-on or a component"),
			in(at+".applicationSignals", "HelmRelease spec.values", "Addon spec.configurationValues"),
			in(at+".containerLogs", "LogGroup spec.retentionDays"))
	case "components.external-dns":
		rows = append(rows, in(at+".policy", "HelmRelease spec.values"))
	case "components.podinfo":
		rows = append(rows, in(at+".replicas", "HelmRelease spec.values"), in(at+".ingress", "HelmRelease spec.values"))
	}
	return rows
}

// capabilityRows are the fields of EKS capabilities.
func capabilityRows() []becomes {
	const role = "Role spec.inlinePolicies"
	return []becomes{
		says("capabilities", "what comes is made; what goes is deleted, and what it has made stays in AWS or in the cluster"),
		in("capabilities.type", "Capability spec.type"), in("capabilities.name", "Capability spec.name"),
		in("capabilities.roleARN", "Capability spec.roleARN"),
		in("capabilities.policyARNs", "Role spec.policies"), in("capabilities.statements", role),
		in("capabilities.argoCD", "Capability spec.configuration"),
		in("capabilities.argoCD.rbacRoleMappings", "Capability spec.configuration.argoCD.rbacRoleMappings"),
		in("capabilities.argoCD.vpceIDs", "Capability spec.configuration.argoCD.networkAccess"),
	}
}
