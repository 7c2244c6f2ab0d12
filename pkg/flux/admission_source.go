package flux

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"
)

// chartSecret is how the names of Secrets begin that chart sources may use. The credentials of the Git repository stand
// beside them, and a source sends what it finds in a Secret to any host that it names.
const chartSecret = "chart-"

// sources is about chart sources. source-controller fetches them with its own network and, for a cloud's registry, as its own
// AWS role.
func (g guard) sources() admissionPolicy {
	return admissionPolicy{name: "sources", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(), written("source.toolkit.fluxcd.io", "helmrepositories", "ocirepositories")),
		Validations: []admissionv1.Validation{
			deny("['secretRef', 'certSecretRef', 'proxySecretRef'].all(f, "+g.secretRule("object.spec[?f].?name.orValue('"+chartSecret+"')")+") && "+
				g.secretRule("object.spec.?verify.?secretRef.?name.orValue('"+chartSecret+"')"),
				"a chart source may only use secrets that are called %s…", chartSecret),
			deny("object.spec.?serviceAccountName.orValue('"+Account+"') == '"+Account+"'",
				"a chart source may only use the service account %s", Account),
			deny("object.spec.?provider.orValue('generic') == 'generic' || "+
				"request.resource.resource == 'ocirepositories' && object.spec.?serviceAccountName.orValue('') == '"+Account+"'",
				"a chart source may not use the AWS role of Flux itself; set serviceAccountName: %s", Account),
			deny("!object.spec.?insecure.orValue(false) && (object.spec.url.startsWith('https://') || object.spec.url.startsWith('oci://'))",
				"a chart source must start with https:// or oci://"),
			deny(durations("<= duration('1h')", "spec.?timeout")+" && "+durations(">= duration('30s')", "spec.?interval"),
				"a chart source may be fetched every 30 seconds at most and take one hour at most"),
		},
	}}
}

// secretRule is true for names of Secrets that charts may use.
func (g guard) secretRule(name string) string {
	rule := name + ".startsWith('" + chartSecret + "')"
	if ref := g.fleet.Repository.SecretRef; ref != nil {
		rule = "(" + rule + " && " + name + " != " + celString(ref.Name) + ")"
	}
	return rule
}
