package admission

import "strings"

// fluxAttempts try to make Flux act as somebody else, elsewhere, or for ever.
func fluxAttempts() []attempt {
	const as = "a Flux object must act as the service account flux, or in the cluster through kubeConfig"
	const config = "a Flux object may only use the ConfigMap kubeconfig as kubeConfig"
	const chart = "the chart source must be of environment dev"
	const where = "on the hub a Flux object may only write into its own namespace"
	const long = "a Flux object may take one hour at most"
	const often = "a Flux object may be looked at every 30 seconds at most"
	const dependency = "a Flux object may only depend on others of its own namespace"
	k := func(spec string) []step { return by(root, kustomization("dev-1", spec)) }
	h := func(spec string) []step { return by(stage, release(spec)) }
	inCluster := "kubeConfig: {configMapRef: {name: kubeconfig}}"
	return []attempt{
		{name: "Kustomization: another account", steps: k(hourly + ", " + devSource + ", serviceAccountName: default"), message: as},
		{name: "Kustomization: a Secret as kubeconfig", steps: k(hourly + ", " + devSource + ", kubeConfig: {secretRef: {name: prod}}"), message: config},
		{name: "Kustomization: both kubeconfigs", steps: k(hourly + ", " + devSource + ", kubeConfig: {secretRef: {name: prod}, configMapRef: {name: kubeconfig}}"), message: config},
		{name: "Kustomization: another kubeconfig", steps: k(hourly + ", " + devSource + ", kubeConfig: {configMapRef: {name: other}}"), message: config},
		{name: "Kustomization: prod's source", steps: k(hourly + ", " + asFlux + ", sourceRef: {kind: GitRepository, name: fleet, namespace: fleet-prod}"), message: "the source must be of environment dev"},
		{name: "Kustomization: the hub's source", steps: k(hourly + ", " + asFlux + ", sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}"), message: "the source must be of environment dev"},
		{name: "Kustomization: into another namespace", steps: k(hourly + ", " + asFlux + ", " + devSource + ", targetNamespace: prod-1"), message: where},
		{name: "Kustomization: after prod's", steps: k(hourly + ", " + asFlux + ", " + devSource + ", dependsOn: [{name: fleet, namespace: fleet-prod, readyExpr: 'dep.spec.suspend'}]"), message: dependency},
		{name: "Kustomization: decryption as Flux itself", steps: k(hourly + ", " + inCluster + ", " + devSource + ", decryption: {provider: sops}"), message: "what is encrypted may only be read as the service account flux"},
		{name: "Kustomization: 1000 hours", steps: k("interval: 1h, timeout: 1000h, " + asFlux + ", " + devSource), message: long},
		{name: "Kustomization: 1000 hours between, and no time-out", steps: k("interval: 1000h, " + asFlux + ", " + devSource), message: long},
		{name: "Kustomization: every millisecond", steps: k("interval: 1ms, timeout: 5m, " + asFlux + ", " + devSource), message: often},
		{name: "Kustomization: again every millisecond", steps: k(hourly + ", retryInterval: 1ms, " + asFlux + ", " + devSource), message: often},
		{name: "Kustomization: beside the sources", steps: by(root, kustomization("fleet-dev", hourly+", "+asFlux+", "+devSource)), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "Kustomization: in prod", steps: by(root, kustomization("prod-1", hourly+", "+asFlux+", "+devSource)), message: "environment dev may only change objects in its own namespaces"},
		{name: "Kustomization: from a stage", steps: by(stage, kustomization("dev-1", hourly+", "+devSource)), message: "system:serviceaccount:dev-1:flux may not patch Kustomization"},
		{name: "Provider: sends a Secret of the hub's", steps: by(root, notification("Provider", "fleet-dev", "type: generic, address: 'https://example.com', secretRef: {name: git}")), message: "system:serviceaccount:fleet-dev:flux may not patch Provider"},
		{name: "Alert: reads the events of prod", steps: by(root, notification("Alert", "dev-1", "providerRef: {name: chat}, eventSources: [{kind: Kustomization, name: '*', namespace: prod-1}]")), message: "system:serviceaccount:fleet-dev:flux may not patch Alert"},
		{name: "HelmRelease: no account", steps: h("interval: 1h, " + devChart), message: as},
		{name: "HelmRelease: another kubeconfig", steps: h("interval: 1h, kubeConfig: {secretRef: {name: prod}}, " + devChart), message: config},
		{name: "HelmRelease: prod's chart", steps: h("interval: 1h, " + asFlux + ", chartRef: {kind: OCIRepository, name: podinfo, namespace: fleet-prod}"), message: chart},
		{name: "HelmRelease: a chart from prod's repository", steps: h("interval: 1h, " + asFlux + ", chart: {spec: {chart: ./x, sourceRef: {kind: GitRepository, name: fleet, namespace: fleet-prod}}}"), message: chart},
		{name: "HelmRelease: a chart signed with the Git Secret", steps: h("interval: 1h, " + asFlux + ", chart: {spec: {chart: x, verify: {provider: cosign, secretRef: {name: git}}, sourceRef: {kind: HelmRepository, name: x, namespace: fleet-dev}}}"), message: "a chart may only use secrets that are called chart-…"},
		{name: "HelmRelease: into another namespace", steps: h("interval: 1h, " + asFlux + ", targetNamespace: prod-1, " + devChart), message: where},
		{name: "HelmRelease: Helm's records in another namespace", steps: h("interval: 1h, " + asFlux + ", storageNamespace: flux-system, " + devChart), message: where},
		{name: "HelmRelease: after prod's", steps: h("interval: 1h, " + inCluster + ", " + devChart + ", dependsOn: [{name: x, namespace: prod-1}]"), message: dependency},
		{name: "HelmRelease: 1000 hours", steps: h("interval: 1h, timeout: 1000h, " + inCluster + ", " + devChart), message: long},
		{name: "HelmRelease: 1000 hours to uninstall", steps: h("interval: 1h, uninstall: {timeout: 1000h}, " + inCluster + ", " + devChart), message: long},
		{name: "HelmRelease: every millisecond", steps: h("interval: 1h, upgrade: {strategy: {name: RetryOnFailure, retryInterval: 1ms}}, " + inCluster + ", " + devChart), message: often},
		{name: "HelmRelease: a chart every millisecond", steps: h("interval: 1h, " + inCluster + ", chart: {spec: {chart: x, interval: 1ms, sourceRef: {kind: HelmRepository, name: x, namespace: fleet-dev}}}"), message: often},
	}
}

// sourceAttempts try to make Flux fetch what it should not, or send what it has.
func sourceAttempts() []attempt {
	const secret = "a chart source may only use secrets that are called chart-…"
	const role = "a chart source may not use the AWS role of Flux itself"
	const address = "a chart source must start with https:// or oci://, or with ssh:// and have a key"
	const hubs = "the GitRepository fleet of environment dev is the hub's"
	const times = "a chart source may be fetched every 30 seconds at most and take one hour at most"
	helm := func(spec string) []step {
		return by(root, source("HelmRepository", "fleet-dev", "interval: 1h, url: 'https://example.org', "+spec))
	}
	oci := func(spec string) []step {
		return by(root, source("OCIRepository", "fleet-dev", "interval: 1h, url: 'oci://example.org/x', "+spec))
	}
	git := func(spec string) []step {
		return by(root, source("GitRepository", "fleet-dev", "interval: 1h, url: 'https://example.org/x.git', "+spec))
	}
	fleet := func(spec string) string {
		return strings.Replace(source("GitRepository", "fleet-dev", spec), "name: detour", "name: fleet", 1)
	}
	const elsewhere = "interval: 1h, url: 'https://example.org/x.git', ref: {branch: x}"
	forbidden := func(kind string) string { return "system:serviceaccount:fleet-dev:flux may not patch " + kind }
	return []attempt{
		{name: "source: the Git credentials", steps: helm("secretRef: {name: git}, passCredentials: true"), message: secret},
		{name: "source: the Git credentials as a certificate", steps: helm("certSecretRef: {name: git}"), message: secret},
		{name: "source: the Git credentials for a proxy", steps: oci("proxySecretRef: {name: git}"), message: secret},
		{name: "source: the Git credentials as keys", steps: oci("verify: {provider: cosign, secretRef: {name: git}}"), message: secret},
		{name: "source: Flux's AWS role", steps: oci("provider: aws"), message: role},
		{name: "source: Flux's AWS role for a HelmRepository", steps: helm("type: oci, provider: aws, serviceAccountName: flux"), message: role},
		{name: "source: another account", steps: oci("serviceAccountName: default"), message: "a chart source may only use the service account flux"},
		{name: "source: insecure", steps: oci("insecure: true"), message: address},
		{name: "source: from inside the hub", steps: by(root, source("HelmRepository", "fleet-dev", "interval: 1h, url: 'http://source-controller.flux-system/gitrepository/fleet-prod'")), message: address},
		{name: "source: every millisecond", steps: by(root, source("HelmRepository", "fleet-dev", "interval: 1ms, url: 'https://example.org'")), message: times},
		{name: "source: 1000 hours", steps: helm("timeout: 1000h"), message: times},
		{name: "source: in a cluster's namespace", steps: by(root, source("OCIRepository", "dev-1", "interval: 1h, url: 'oci://example.org/x'")), message: forbidden("OCIRepository")},
		{name: "source: in prod", steps: by(root, source("OCIRepository", "fleet-prod", "interval: 1h, url: 'oci://example.org/x'")), message: forbidden("OCIRepository")},
		{name: "source: in prod, by who may", given: everywhere(root, "source.toolkit.fluxcd.io"), steps: by(root, source("OCIRepository", "fleet-prod", "interval: 1h, url: 'oci://example.org/x'")), message: "environment dev may only change objects in its own namespaces"},
		{name: "source: the Git credentials for another GitRepository", steps: git("secretRef: {name: git}"), message: secret},
		{name: "source: the Git credentials as keys for commits", steps: git("verify: {mode: HEAD, secretRef: {name: git}}"), message: secret},
		{name: "source: Flux's AWS role for CodeCommit", steps: git("provider: aws"), message: role},
		{name: "source: GitHub as an App without a Secret", steps: git("provider: github"), message: role},
		{name: "source: a GitRepository inside the hub", steps: by(root, source("GitRepository", "fleet-dev", "interval: 1h, url: 'http://git.flux-system/x'")), message: address},
		{name: "source: a GitRepository by ssh without a key", steps: by(root, source("GitRepository", "fleet-dev", "interval: 1h, url: 'ssh://git@example.org/x'")), message: address},
		{name: "source: a GitRepository every millisecond", steps: git("timeout: 2h"), message: times},
		{name: "source: a GitRepository in a cluster's namespace", steps: by(root, source("GitRepository", "dev-1", "interval: 1h, url: 'https://example.org'")), message: forbidden("GitRepository")},
		{name: "source: the fleet's repository elsewhere", steps: by(root, fleet(elsewhere)), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "source: the fleet's repository gone", steps: removing(root, fleet(elsewhere)), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "source: the fleet's repository elsewhere, by who may", given: everywhere(stage, "source.toolkit.fluxcd.io"), steps: by(stage, fleet(elsewhere)), message: hubs},
		{name: "source: a Bucket", steps: by(root, source("Bucket", "fleet-dev", "provider: aws, bucketName: x, endpoint: s3.amazonaws.com, interval: 1h")), message: forbidden("Bucket")},
		{name: "source: an ExternalArtifact", steps: by(root, source("ExternalArtifact", "dev-1", "")), message: forbidden("ExternalArtifact")},
	}
}
