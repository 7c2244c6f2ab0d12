package flux

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"

	"eks-auto-gitops/pkg/ack"
)

const selectorResource = "iamroleselectors"

// selectors lets the environment give its own ACK roles to its own namespaces, one selector each: two selectors for a
// namespace are an error, and one without names is for all of them (ACK runtime, pkg/runtime/iamroleselector: Matches).
// Other environments' accounts are left to their own policy.
func (g guard) selectors() admissionPolicy {
	variables, names := g.names()
	return admissionPolicy{name: "selectors", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(nil, everyChange("services.k8s.aws", selectorResource)),
		MatchConditions: []admissionv1.MatchCondition{
			{Name: "not-the-hub", Expression: outsider},
			{Name: "not-another-environment", Expression: "request.userInfo.username == " + celString(g.root()) + " || " +
				"!request.userInfo.username.matches('^system:serviceaccount:fleet-[^:]+:" + Account + "$')"},
		},
		Variables: variables,
		Validations: []admissionv1.Validation{
			deny("request.userInfo.username == "+celString(g.root()),
				"only the account %s of %s may change an IAMRoleSelector of environment %s", Account, Namespace(g.env.Name), g.env.Name),
			names,
			deny("object == null || object.spec.arn in "+celList(g.env.ACKRoleARNs(g.fleet)),
				"the IAMRoleSelector must name an ACK role of environment %s", g.env.Name),
			deny("object == null || object.spec.?namespaceSelector.?names.orValue([]) == [object.metadata.name] && "+
				"object.spec.all(k, k in ['arn', 'namespaceSelector']) && object.spec.namespaceSelector.all(k, k == 'names')",
				"the IAMRoleSelector must be for the whole namespace of its own name, and for no other"),
			deny("oldObject == null || oldObject.spec.arn.split(':')[4] in "+celList(g.env.Accounts(g.fleet)),
				"the IAMRoleSelector belongs to another environment than %s", g.env.Name),
		},
	}}
}

// selectorDeletion keeps the selector of a cluster for as long as its namespace is there: ACK deletes what is left in the
// namespace with the selector's role. Flux tries again until the namespace is gone (kustomize-controller: pruning).
//
// The selector of a role that is no longer the environment's, or of an account that the namespace no longer names, may go:
// the role of a selector cannot be changed, so Flux deletes it and makes another.
func (g guard) selectorDeletion() admissionPolicy {
	return admissionPolicy{name: "selector-deletion", perNamespace: true, spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(nil, rule([]string{"services.k8s.aws"}, []string{selectorResource}, admissionv1.Delete)),
		MatchConditions:  only("not-the-hub", outsider),
		Validations: []admissionv1.Validation{
			deny("params.metadata.name != oldObject.metadata.name || !(oldObject.spec.arn in "+celList(g.env.ACKRoleARNs(g.fleet))+") || "+
				"params.metadata.?annotations['"+ack.OwnerAccountID+"'].orValue('') != oldObject.spec.arn.split(':')[4]",
				"the IAMRoleSelector stays until its namespace is gone: ACK deletes with its role"),
		},
	}}
}
