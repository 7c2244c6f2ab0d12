package flux

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"

	"eks-auto-gitops/pkg/ack"
)

// regionName is what names of AWS regions look like (AWS General Reference: Regions and endpoints). A region becomes part of
// the name of a host, so nothing else may stand there. RE2, without anchors.
const regionName = "[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}"

// namespaces guards the environment's namespaces. All other rules go by the label of the namespace, and ACK reads from it
// whose AWS account it works in.
func (g guard) namespaces() admissionPolicy {
	label := func(object string) string {
		return object + " != null && " + g.isOwn(object)
	}
	variables, names := g.names()
	return admissionPolicy{name: "namespaces", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(nil, everyChange("", "namespaces")),
		MatchConditions: []admissionv1.MatchCondition{
			{Name: "not-the-hub", Expression: outsider},
			{Name: "environment", Expression: "request.userInfo.username == " + celString(g.root()) + " || " + label("object") + " || " + label("oldObject")},
		},
		Variables: append(variables,
			variable("annotations", "object.metadata.?annotations.orValue({})"),
			variable("labels", "object.metadata.?labels.orValue({})"),
			variable("before", "oldObject == null ? {} : oldObject.metadata.?annotations.orValue({})"),
			variable("labelsBefore", "oldObject == null ? {} : oldObject.metadata.?labels.orValue({})"),
		),
		Validations: []admissionv1.Validation{
			deny("request.userInfo.username == "+celString(g.root()),
				"only the account %s of %s may change a namespace of environment %s", Account, Namespace(g.env.Name), g.env.Name),
			deny("object == null || "+g.isOwn("object"),
				"the namespace must have the label %s=%s", EnvironmentLabel, g.env.Name),
			deny("oldObject == null || "+g.isOwn("oldObject"),
				"the namespace belongs to another environment than %s", g.env.Name),
			names,
			deny("object == null || variables.annotations[?'"+ack.OwnerAccountID+"'].orValue('') in "+celList(g.env.Accounts(g.fleet)),
				"the namespace must name an AWS account of environment %s", g.env.Name),
			deny("object == null || variables.annotations[?'"+ack.DefaultRegion+"'].orValue('').matches('^"+regionName+"$')",
				"the namespace must name an AWS region"),
			deny("object == null || variables.annotations.all(k, k in ['"+ack.OwnerAccountID+"', '"+ack.DefaultRegion+"'] || "+
				"k.startsWith('gen/') || k.startsWith('kustomize.toolkit.fluxcd.io/') || "+
				"variables.before[?k].orValue('') == variables.annotations[k])",
				"environment %s may only set gen's and Flux's annotations of a namespace, and of ACK's the account and the region", g.env.Name),
			deny("object == null || variables.labels.all(k, k in ['"+EnvironmentLabel+"', 'kubernetes.io/metadata.name'] || "+
				"k.startsWith('kustomize.toolkit.fluxcd.io/') || variables.labelsBefore[?k].orValue('') == variables.labels[k])",
				"environment %s may only set the label %s of a namespace: policies and network rules of the hub go by the others", g.env.Name, EnvironmentLabel),
		},
	}}
}
