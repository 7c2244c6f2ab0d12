package flux

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"

	"eks-auto-gitops/pkg/config"
)

// chartSecret is how the names of Secrets begin that chart sources may use. The credentials of the Git repository stand
// beside them, and a source sends what it finds in a Secret to any host that it names.
const chartSecret = config.ChartSecretPrefix

// sources is about chart sources. source-controller fetches them with its own network and, for a cloud's registry, as its own
// AWS role. The repository of the fleet is a source too, and the hub's alone: who could change its address would get its
// credentials, and who could change its branch, another environment's commits.
func (g guard) sources() admissionPolicy {
	fleet := "variables.isFleet || "
	return admissionPolicy{name: "sources", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(), written("source.toolkit.fluxcd.io", chartSources()...)),
		Variables: []admissionv1.Variable{
			variable("isOutsider", outsider),
			variable("isGit", "request.resource.resource == 'gitrepositories'"),
			variable("isFleet", "variables.isGit && object.metadata.name == '"+Repository+"' && !variables.isOutsider"),
		},
		Validations: []admissionv1.Validation{
			deny(fleet+"['secretRef', 'certSecretRef', 'proxySecretRef'].all(f, "+g.secretRule("object.spec[?f].?name.orValue('"+chartSecret+"')")+") && "+
				g.secretRule("object.spec.?verify.?secretRef.?name.orValue('"+chartSecret+"')"),
				"a chart source may only use secrets that are called %s…", chartSecret),
			deny(fleet+"object.spec.?serviceAccountName.orValue('"+Account+"') == '"+Account+"'",
				"a chart source may only use the service account %s", Account),
			deny(fleet+"object.spec.?provider.orValue('generic') == 'generic' || "+
				"variables.isGit && object.spec.provider == 'github' && has(object.spec.secretRef) || "+
				"request.resource.resource != 'helmrepositories' && object.spec.?serviceAccountName.orValue('') == '"+Account+"'",
				"a chart source may not use the AWS role of Flux itself; set serviceAccountName: %s", Account),
			deny(fleet+"!object.spec.?insecure.orValue(false) && (object.spec.url.startsWith('https://') || "+
				"(variables.isGit ? object.spec.url.startsWith('ssh://') && has(object.spec.secretRef) : object.spec.url.startsWith('oci://')))",
				"a chart source must start with https:// or oci://, or with ssh:// and have a key"),
			deny(fleet+durations("<= duration('1h')", "spec.?timeout")+" && "+durations(">= duration('30s')", "spec.?interval"),
				"a chart source may be fetched every 30 seconds at most and take one hour at most"),
			deny("!variables.isGit || object.metadata.name != '"+Repository+"' || !variables.isOutsider",
				"the GitRepository %s of environment %s is the hub's", Repository, g.env.Name),
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
