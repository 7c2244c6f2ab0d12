package flux

import (
	"fmt"
	"slices"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
)

// This file holds the policies that go by who asks, and the names by which they know the hub.

// hubNamespaces are the namespaces that are never of an environment: those of Kubernetes, of Flux and ACK, and of
// whatever else the hub's owner runs in a namespace that ends like theirs. clusters.yaml refuses such names too
// (pkg/config: reservedName). RE2, without anchors.
const hubNamespaces = "(default|kube-[^:]*|[^:]*-system)"

// outsider is true for service accounts that are not the hub's own. People are not asked: what they may do is up to the
// hub's owner.
const outsider = "request.userInfo.username.startsWith('system:serviceaccount:') && " +
	"!request.userInfo.username.matches('^system:serviceaccount:" + hubNamespaces + ":')"

// account keeps the environment's account, which RBAC lets act in every namespace, to those of the environment.
func (g guard) account() admissionPolicy {
	namespace := celString(Namespace(g.env.Name))
	return admissionPolicy{name: "account", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(nil, everyChange("*", "*/*")),
		MatchConditions:  only("account", "request.userInfo.username.startsWith("+celString("system:serviceaccount:"+Namespace(g.env.Name)+":")+")"),
		Variables: []admissionv1.Variable{variable("inNoNamespace",
			"request.resource.group == '' && request.resource.resource == 'namespaces' || "+
				"request.resource.group == 'services.k8s.aws' && request.resource.resource == 'iamroleselectors'")},
		Validations: []admissionv1.Validation{
			deny("variables.inNoNamespace || namespaceObject != null && "+g.isOwn("namespaceObject"),
				"environment %s may only change objects in its own namespaces", g.env.Name),
			deny("variables.inNoNamespace || request.?namespace.orValue('') != "+namespace+" || "+
				"request.resource.group == 'source.toolkit.fluxcd.io' && request.resource.resource in "+celList(chartSources())+" && "+
				"!(request.resource.resource == 'gitrepositories' && request.?name.orValue('') == '"+Repository+"')",
				"in namespace %s only chart sources may be changed from the branch", Namespace(g.env.Name)),
		},
	}}
}

// writes is about everything that the environment's accounts write. A status says which AWS object ACK changes and in which
// region; owner references let the garbage collector delete in its own name, and hold up the deletion of the owner.
func (g guard) writes() admissionPolicy {
	return admissionPolicy{name: "writes", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(), everyChange("*", "*/*")),
		MatchConditions: only("account", "request.userInfo.username == "+celString(g.root())+" || "+
			"request.userInfo.username == 'system:serviceaccount:' + request.?namespace.orValue('') + ':"+Account+"'"),
		Validations: []admissionv1.Validation{
			deny("request.?subResource.orValue('') == ''",
				"environment %s may only change whole objects, and no status", g.env.Name),
			deny("object == null || !has(object.metadata.ownerReferences)",
				"an object of environment %s may not name an owner", g.env.Name),
		},
	}}
}

// isOwn is true if the object has the label of the environment.
func (g guard) isOwn(object string) string {
	return object + ".metadata.?labels['" + EnvironmentLabel + "'].orValue('') == " + celString(g.env.Name)
}

// TakenVariable begins the names of a policy's variables with the names of other environments' clusters.
const TakenVariable = "taken"

// names are the variables and the rule for the name of a namespace of the environment. A cluster that is new on the branch
// needs nothing from the hub, so the rule says which names are not the environment's: the hub's own, those of other
// environments' clusters as the hub knows them, and all that another environment has reserved by its namePrefix. What a
// cluster left behind that now belongs elsewhere may still be deleted.
func (g guard) names() ([]admissionv1.Variable, admissionv1.Validation) {
	const name = "variables.name"
	variables := []admissionv1.Variable{variable("name", "object == null ? oldObject.metadata.name : object.metadata.name")}
	taken, prefixes := g.elsewhere()
	var rules []string
	if g.env.NamePrefix != "" {
		rules = append(rules, name+".startsWith("+celString(g.env.NamePrefix)+")")
	}
	for _, prefix := range prefixes {
		rules = append(rules, "!"+name+".startsWith("+celString(prefix)+")")
	}
	for i, names := range celChunks(taken) {
		v := fmt.Sprintf("%s%d", TakenVariable, i)
		variables = append(variables, variable(v, names))
		rules = append(rules, "!("+name+" in variables."+v+")")
	}
	return variables, deny("!"+name+".matches('^("+hubNamespaces+"|fleet-.*)$') && (object == null || "+strings.Join(rules, " && ")+")",
		"the name is not one of a cluster of environment %s: the hub, another environment or one of its clusters has it", g.env.Name)
}

// elsewhere are the names of other environments' clusters and their prefixes. A name with a prefix need not be listed.
func (g guard) elsewhere() (names, prefixes []string) {
	for i := range g.fleet.Environments {
		other := &g.fleet.Environments[i]
		if other.Name == g.env.Name {
			continue
		}
		if other.NamePrefix != "" {
			prefixes = append(prefixes, other.NamePrefix)
			continue
		}
		for _, c := range g.fleet.ClustersOf(other.Name) {
			names = append(names, c.Name)
		}
	}
	slices.Sort(names)
	return names, prefixes
}
