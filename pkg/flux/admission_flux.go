package flux

import (
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
)

// flux is about Kustomizations and HelmReleases, through which Flux acts on the hub and in clusters: as whom, where, from
// what source, and for how long. Whoever writes them.
func (g guard) flux() admissionPolicy {
	fromSource := func(field string) string {
		return "object.spec." + field + ".?namespace.orValue(request.namespace) in [request.namespace, " + celString(Namespace(g.env.Name)) + "]"
	}
	chart := "request.resource.resource != 'helmreleases' || "
	here := func(field string) string {
		return "object.spec.?" + field + ".orValue(request.namespace) == request.namespace"
	}
	return admissionPolicy{name: "flux", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(),
			written("helm.toolkit.fluxcd.io", "helmreleases"), written("kustomize.toolkit.fluxcd.io", "kustomizations")),
		Validations: []admissionv1.Validation{
			deny("has(object.spec.kubeConfig) || object.spec.?serviceAccountName.orValue('') == '"+Account+"'",
				"a Flux object must act as the service account %s, or in the cluster through kubeConfig", Account),
			deny("!has(object.spec.kubeConfig) || !has(object.spec.kubeConfig.secretRef) && object.spec.kubeConfig.?configMapRef.?name.orValue('') == '"+KubeConfig+"'",
				"a Flux object may only use the ConfigMap %s as kubeConfig", KubeConfig),
			deny("request.resource.resource != 'kustomizations' || "+fromSource("sourceRef"),
				"the source must be of environment %s", g.env.Name),
			deny(chart+"!has(object.spec.chartRef) || "+fromSource("chartRef"),
				"the chart source must be of environment %s", g.env.Name),
			deny(chart+"!has(object.spec.chart) || "+fromSource("chart.spec.sourceRef"),
				"the chart source must be of environment %s", g.env.Name),
			deny(chart+g.secretRule("object.spec.?chart.?spec.?verify.?secretRef.?name.orValue('"+chartSecret+"')"),
				"a chart may only use secrets that are called %s…", chartSecret),
			deny("object.spec.?dependsOn.orValue([]).all(d, d.?namespace.orValue(request.namespace) == request.namespace)",
				"a Flux object may only depend on others of its own namespace"),
			deny("has(object.spec.kubeConfig) || "+here("targetNamespace")+" && "+here("storageNamespace"),
				"on the hub a Flux object may only write into its own namespace"),
			deny("!has(object.spec.decryption) || object.spec.decryption.?serviceAccountName.orValue('') == '"+Account+"'",
				"what is encrypted may only be read as the service account %s", Account),
			deny(durations("<= duration('1h')", "spec.?timeout", "spec.?install.?timeout", "spec.?upgrade.?timeout", "spec.?rollback.?timeout",
				"spec.?uninstall.?timeout", "spec.?test.?timeout")+" && (request.resource.resource == 'helmreleases' || has(object.spec.timeout) || "+
				"duration(object.spec.interval) <= duration('1h'))",
				"a Flux object may take one hour at most: it keeps a worker that all environments share"),
			deny(durations(">= duration('30s')", "spec.?interval", "spec.?retryInterval", "spec.?chart.?spec.?interval",
				"spec.?install.?strategy.?retryInterval", "spec.?upgrade.?strategy.?retryInterval"),
				"a Flux object may be looked at every 30 seconds at most: all environments share the controllers"),
		},
	}}
}

// durations compares each of the fields that is there.
func durations(with string, fields ...string) string {
	each := make([]string, 0, len(fields))
	for _, field := range fields {
		each = append(each, "object."+field)
	}
	return "[" + strings.Join(each, ", ") + "].all(d, !d.hasValue() || duration(d.value()) " + with + ")"
}
