package admission

import "fmt"

// artifactAttempts reach for what clusters are delivered from.
func artifactAttempts() []attempt {
	const hubs = "the artifacts of environment dev and their generator are the hub's"
	const pinned = "artifacts of environment dev may only be made of its own GitRepository fleet"
	const flux = "flux-system:kustomize-controller"
	const extensions, sources = "source.extensions.fluxcd.io", "source.toolkit.fluxcd.io"
	ofProd := generator("fleet-dev", "detour", "{alias: x, kind: GitRepository, name: fleet, namespace: fleet-prod}")
	own := generator("fleet-dev", "fleet", "{alias: x, kind: GitRepository, name: fleet}")
	served := artifact("fleet-dev", "dev-1", "status: {artifact: {url: 'http://example.org/x.tar.gz', path: x, revision: x, digest: 'sha256:00', lastUpdateTime: '2026-01-01T00:00:00Z'}}")
	return []attempt{
		{name: "generator: of the environment", steps: by(root, own), message: "system:serviceaccount:fleet-dev:flux may not patch ArtifactGenerator"},
		{name: "generator: of a cluster", steps: by(stage, generator("dev-1", "detour", "{alias: x, kind: GitRepository, name: fleet, namespace: fleet-prod}")), message: "system:serviceaccount:dev-1:flux may not patch ArtifactGenerator"},
		{name: "generator: by the environment's account, who may", given: everywhere(root, extensions), steps: by(root, own), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "generator: by who may", given: everywhere(stage, extensions), steps: by(stage, own), message: hubs},
		{name: "generator: in a cluster's namespace, by who may", given: everywhere(stage, extensions), steps: by(stage, generator("dev-1", "detour", "{alias: x, kind: GitRepository, name: fleet, namespace: fleet-prod}")), message: hubs},
		{name: "generator: gone, by who may", given: everywhere(stage, extensions), steps: removing(stage, own), message: hubs},
		{name: "generator: prod's, by who may", given: everywhere(stage, extensions), steps: by(stage, generator("fleet-prod", "fleet", "{alias: x, kind: GitRepository, name: fleet, namespace: fleet-dev}")), message: "the artifacts of environment prod and their generator are the hub's"},
		{name: "generator: of prod's branch, by the hub", steps: by(flux, ofProd), message: pinned},
		{name: "generator: of a chart's repository, by the hub", steps: by(flux, generator("fleet-dev", "detour", "{alias: x, kind: GitRepository, name: chart}")), message: pinned},
		{name: "generator: of an OCI artifact, by the hub", steps: by(flux, generator("fleet-dev", "detour", "{alias: x, kind: OCIRepository, name: fleet}")), message: pinned},
		{name: "artifact: of the environment", steps: by(root, served), message: "system:serviceaccount:fleet-dev:flux may not patch ExternalArtifact"},
		{name: "artifact: by who may", given: everywhere(stage, sources), steps: by(stage, served), message: hubs},
		{name: "artifact: served from elsewhere, by who may", given: everywhere(stage, sources), steps: []step{{account: stage, objects: served, subresource: "status"}}, message: hubs},
		{name: "artifact: prod's, as a source", steps: by(root, kustomizationFrom("kind: ExternalArtifact, name: prod-1, namespace: fleet-prod")), message: "the source must be of environment dev"},
		{name: "artifact: another cluster's of the environment", steps: by(root, kustomizationFrom("kind: ExternalArtifact, name: dev-1, namespace: fleet-dev")), harmless: "a branch may deliver any folder of its own to any cluster of its environment"},
	}
}

func generator(namespace, name, source string) string {
	return fmt.Sprintf("apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: {name: %s, namespace: %s}\n"+
		"spec: {sources: [%s], artifacts: [{name: x, copy: [{from: '@x/**', to: '@artifact/'}]}]}\n", name, namespace, source)
}

func artifact(namespace, name, more string) string {
	return fmt.Sprintf("apiVersion: source.toolkit.fluxcd.io/v1\nkind: ExternalArtifact\nmetadata: {name: %s, namespace: %s}\n%s\n", name, namespace, more)
}

func kustomizationFrom(source string) string {
	return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: detour, namespace: dev-1}\n" +
		"spec: {interval: 1h, prune: true, path: ./x, serviceAccountName: flux, sourceRef: {" + source + "}}\n"
}
