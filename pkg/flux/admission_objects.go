package flux

import (
	rbacv1 "k8s.io/api/rbac/v1"

	admissionv1 "k8s.io/api/admissionregistration/v1"
)

// objects is about who acts in the environment's namespaces: ConfigMap kubeconfig, service accounts and role bindings.
// Whoever writes them: ACK writes ConfigMaps too, with a FieldExport.
func (g guard) objects() admissionPolicy {
	accounts, partition := celList(g.env.Accounts(g.fleet)), g.fleet.Hub.Partition()
	is := func(resource string) string { return "request.resource.resource != '" + resource + "' || " }
	kubeConfig := "!variables.isKubeConfig || "
	return admissionPolicy{name: "objects", spec: admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(g.here(), written("", "configmaps", "serviceaccounts"), written(rbacv1.GroupName, "rolebindings", "roles")),
		Variables: []admissionv1.Variable{
			variable("isOutsider", outsider),
			variable("isKubeConfig", "request.resource.resource == 'configmaps' && object.metadata.name == '"+KubeConfig+"'"),
			variable("data", "object.?data.orValue({})"),
			variable("cluster", "variables.data[?'cluster'].orValue('')"),
			variable("isAccount", "request.resource.resource == 'serviceaccounts' && (variables.isOutsider || object.metadata.name == '"+Account+"')"),
			variable("role", "object.metadata.?annotations['"+RoleAnnotation+"']"),
		},
		Validations: []admissionv1.Validation{
			deny(kubeConfig+"!has(object.binaryData) && variables.data.all(k, k in ['cluster', 'provider', 'serviceAccountName'])",
				"%s may only have the keys cluster, provider and serviceAccountName", KubeConfig),
			deny(kubeConfig+"variables.data[?'provider'].orValue('') == 'aws' && variables.cluster.matches("+
				celString("^arn:"+partition+":eks:"+regionName+":[0-9]{12}:cluster/")+" + request.namespace + '$') && variables.cluster.split(':')[4] in "+accounts,
				"%s must name the EKS cluster that is called like its namespace, in an AWS account of environment %s", KubeConfig, g.env.Name),
			deny(kubeConfig+"variables.data[?'serviceAccountName'].orValue('') == '"+Account+"'",
				"%s must name the service account %s", KubeConfig, Account),
			deny("!variables.isAccount || object.metadata.name == '"+Account+"' || object.metadata.name == 'default' && !variables.role.hasValue()",
				"environment %s may only have the service account %s", g.env.Name, Account),
			deny("!variables.isAccount || !variables.role.hasValue() || variables.role.value().matches("+
				celString("^arn:"+partition+":iam::[0-9]{12}:role/")+" + request.namespace + '-"+Account+"$') && variables.role.value().split(':')[4] in "+accounts,
				"a service account of environment %s may not have this AWS role", g.env.Name),
			deny("!variables.isAccount || object.metadata.?annotations.orValue({}).all(k, !k.contains('amazonaws.com/') || k == '"+RoleAnnotation+"') && "+
				"!has(object.secrets) && object.?imagePullSecrets.orValue([]).all(s, s.name.startsWith('"+chartSecret+"'))",
				"the service account %s may name its AWS role, and pull secrets that are called %s…, and nothing else", Account, chartSecret),
			deny(is("rolebindings")+"!variables.isOutsider || object.metadata.name == '"+Account+"' && "+
				"object.roleRef.kind == 'ClusterRole' && object.roleRef.name == "+celString(clusterAccountRole(g.env.Name))+" && "+
				"object.?subjects.orValue([]).size() == 1 && object.subjects.all(s, s.kind == 'ServiceAccount' && s.name == '"+Account+"' && s.namespace == request.namespace)",
				"the only RoleBinding of environment %s in a namespace is %s, of ClusterRole %s to the service account %s there",
				g.env.Name, Account, clusterAccountRole(g.env.Name), Account),
			deny(is("roles")+"!variables.isOutsider", "environment %s may not make a Role", g.env.Name),
		},
	}}
}
