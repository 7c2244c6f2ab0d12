package flux

import (
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	swapi "github.com/fluxcd/source-watcher/api/v2/v1beta1"
	admissionv1 "k8s.io/api/admissionregistration/v1"
)

const generatorResource = "artifactgenerators"

// artifacts is about what clusters are delivered from. source-watcher reads any source that a generator names, in any namespace, with
// rights of its own, so a generator takes the environment's own branch and nothing else, whoever writes it; and an artifact is what
// source-watcher says of it.
func (g guard) artifacts() admissionPolicy {
	return admissionPolicy{name: "artifacts", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(), everyChange(swapi.GroupVersion.Group, "*/*"),
			everyChange(sourcev1.GroupVersion.Group, "externalartifacts", "externalartifacts/*")),
		Variables: []admissionv1.Variable{variable("isOutsider", outsider)},
		Validations: []admissionv1.Validation{
			deny("!variables.isOutsider", "the artifacts of environment %s and their generator are the hub's", g.env.Name),
			deny("object == null || request.resource.resource != '"+generatorResource+"' || object.spec.sources.all(s, "+
				"s.kind == '"+sourcev1.GitRepositoryKind+"' && s.name == '"+Repository+"' && s.?namespace.orValue(request.namespace) == "+celString(Namespace(g.env.Name))+")",
				"artifacts of environment %s may only be made of its own GitRepository %s", g.env.Name, Repository),
		},
	}}
}
