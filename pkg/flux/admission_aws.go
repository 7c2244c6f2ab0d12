package flux

import (
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
)

// awsServices are the ACK services that an environment may use, by their API groups.
func awsServices() []string {
	return []string{"acm", "cloudwatchlogs", "ec2", "eks", "iam", "kms", "route53"}
}

func awsGroups() []string {
	groups := make([]string, 0, len(awsServices()))
	for _, service := range awsServices() {
		groups = append(groups, service+".services.k8s.aws")
	}
	return groups
}

// aws is about ACK's objects: what they refer to, what they write, and what they say of the region. In whose account ACK
// works is said by the namespace and its selector alone (ACK runtime, pkg/runtime/reconciler.go: getOwnerAccountID).
func (g guard) aws() admissionPolicy {
	own := ".?namespace.orValue(request.namespace) == request.namespace"
	return admissionPolicy{name: "aws", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(),
			rule(awsGroups(), []string{"*"}, admissionv1.Create, admissionv1.Update), written("services.k8s.aws", "fieldexports")),
		Validations: []admissionv1.Validation{
			deny("request.resource.resource != 'fieldexports' || object.spec.to"+own,
				"a FieldExport may only write into its own namespace"),
			deny("request.resource.resource != 'certificates' || ['certificate', 'certificateChain', 'exportTo', 'privateKey'].all(f, "+
				"!(f in object.spec) || object.spec[f]"+own+")",
				"a Certificate may only use secrets of its own namespace"),
			deny("!has(object.spec) || "+references("object.spec", 0, own),
				"an AWS object may only refer to others of its own namespace"),
			deny("object.metadata.?annotations['services.k8s.aws/region'].orValue('eu-west-1').matches('^"+regionName+"$')",
				"the annotation services.k8s.aws/region must name an AWS region"),
		},
	}}
}

// referenceDepth is how deep the references of ACK's kinds stand: in a security group at
// ingressRules[].userIDGroupPairs[].groupRef.from.
const referenceDepth = 6

// references is true if every from in the value that names a namespace names its own. CEL has no recursion, so it is
// written out level by level: the children of maps and lists, and theirs.
func references(value string, depth int, own string) string {
	child := fmt.Sprintf("v%d", depth+1)
	from := fmt.Sprintf("(type(%[1]s) != map || !('from' in %[1]s) || type(%[1]s.from) != map || %[1]s.from%[2]s)", value, own)
	if depth == referenceDepth {
		return from
	}
	return fmt.Sprintf("%[1]s && (type(%[2]s) == map ? dyn(%[2]s.map(k, %[2]s[k])) : type(%[2]s) == list ? dyn(%[2]s) : dyn([])).all(%[3]s, %[4]s)",
		from, value, child, references(child, depth+1, own))
}
