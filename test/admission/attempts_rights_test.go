package admission

// bindingAttempts try to get more rights.
func bindingAttempts() []attempt {
	const only = "the only RoleBinding of environment dev in a namespace is flux"
	const elsewhere = "environment dev may only change objects in its own namespaces"
	binding := func(role, subjects string) string { return roleBinding("dev-1", "flux", "ClusterRole", role, subjects) }
	return []attempt{
		{name: "binding: two accounts", steps: by(root, binding("fleet-dev.cluster", itself+", {kind: ServiceAccount, name: flux, namespace: dev-2}")), message: only},
		{name: "binding: a user", steps: by(root, binding("fleet-dev.cluster", "{kind: User, apiGroup: rbac.authorization.k8s.io, name: flux}")), message: only},
		{name: "binding: prod's account", steps: by(root, binding("fleet-dev.cluster", "{kind: ServiceAccount, name: flux, namespace: prod-1}")), message: only},
		{name: "binding: nobody", steps: by(root, binding("fleet-dev.cluster", "")), message: only},
		{name: "binding: the environment's role, anew", gone: []string{"RoleBinding.rbac.authorization.k8s.io dev-1/flux"}, steps: by(root, binding("fleet-dev.root", itself)), message: only},
		{
			name: "binding: a Role of the same name", gone: []string{"RoleBinding.rbac.authorization.k8s.io dev-1/flux"},
			given: everywhere(root, "*"), steps: by(root, roleBinding("dev-1", "flux", "Role", "fleet-dev.cluster", itself)), message: only,
		},
		{name: "binding: as a cluster's account that may bind", given: everywhere(stage, "*"), steps: by(stage, detour()), message: only},
		{name: "binding: cluster-admin", steps: by(root, roleBinding("dev-1", "detour", "ClusterRole", "cluster-admin", itself)), message: "attempting to grant RBAC permissions not currently held"},
		{name: "binding: edit", steps: by(root, roleBinding("dev-1", "detour", "ClusterRole", "edit", itself)), message: only},
		{name: "binding: prod's role", steps: by(root, roleBinding("dev-1", "detour", "ClusterRole", "fleet-prod.cluster", itself)), message: "attempting to grant RBAC permissions not currently held"},
		{name: "binding: the role changed", steps: by(root, binding("cluster-admin", itself)), message: "cannot change roleRef"},
		{name: "binding: beside the sources", steps: by(root, roleBinding("fleet-dev", "flux", "ClusterRole", "fleet-dev.cluster", itself)), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "binding: in prod", steps: by(root, roleBinding("prod-1", "detour", "ClusterRole", "fleet-dev.cluster", itself)), message: elsewhere},
		{name: "binding: in flux-system", steps: by(root, roleBinding("flux-system", "flux", "ClusterRole", "fleet-dev.cluster", itself)), message: elsewhere},
		{name: "binding: prod's deleted", steps: removing(root, roleBinding("prod-1", "flux", "ClusterRole", "fleet-prod.cluster", itself)), message: elsewhere},
		{name: "a ClusterRoleBinding", steps: by(root, everywhere(root, "*")), message: "forbidden: system:serviceaccount:fleet-dev:flux may not patch ClusterRole"},
		{name: "a Role", steps: by(root, "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x, namespace: dev-1}\n"), message: "forbidden: system:serviceaccount:fleet-dev:flux may not patch Role"},
		{name: "a Role, by who may", given: everywhere(stage, "*"), steps: by(stage, "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x, namespace: dev-1}\n"), message: "environment dev may not make a Role"},
		{name: "the policies themselves", steps: removing(root, "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: fleet-dev.objects}\n"), message: "may not delete ValidatingAdmissionPolicyBinding"},
		{name: "a token of Flux", steps: []step{{account: root, objects: account("flux", "}"), subresource: "token"}}, message: "may not patch ServiceAccount"},
		{name: "a Secret", steps: by(stage, "apiVersion: v1\nkind: Secret\nmetadata: {name: x, namespace: dev-1, annotations: {kubernetes.io/service-account.name: flux}}\ntype: kubernetes.io/service-account-token\n"), message: "may not patch Secret"},
		{name: "a Pod", steps: by(stage, "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: dev-1}\n"), message: "may not patch Pod"},
		{name: "the role map of ACK", given: "apiVersion: v1\nkind: Namespace\nmetadata: {name: ack-system}\n", steps: by(root, configMap("ack-system", "ack-role-account-map", "'111122223333': 'arn:aws:iam::444455556666:role/example-ack'")), message: elsewhere},
		{name: "prod's namespace, from the root", steps: by(root, configMap("prod-1", "x", "")), message: elsewhere},
		{name: "prod's namespace, from a stage", steps: by(stage, configMap("prod-1", "x", "")), message: "system:serviceaccount:dev-1:flux may not patch ConfigMap"},
		{name: "beside the sources", steps: by(root, configMap("fleet-dev", "x", "")), message: "in namespace fleet-dev only chart sources may be changed from the branch"},
		{name: "an owner", steps: by(root, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: dev-1\n  ownerReferences: [{apiVersion: v1, kind: Namespace, name: prod-1, uid: x, blockOwnerDeletion: true}]\n"), message: "an object of environment dev may not name an owner"},
		{name: "an owner of a selector", steps: by(root, "apiVersion: services.k8s.aws/v1alpha1\nkind: IAMRoleSelector\nmetadata:\n  name: dev-1\n  ownerReferences: [{apiVersion: v1, kind: Namespace, name: prod-1, uid: x}]\nspec: {"+ownRole+", namespaceSelector: {names: [dev-1]}}\n"), message: "an object of environment dev may not name an owner"},
	}
}

// accountAttempts try other service accounts and other AWS roles.
func accountAttempts() []attempt {
	const role = "a service account of environment dev may not have this AWS role"
	const more = "the service account flux may name its AWS role, and pull secrets that are called chart-…, and nothing else"
	const only = "environment dev may only have the service account flux"
	arn := func(value string) string { return ", annotations: {eks.amazonaws.com/role-arn: " + value + "}}" }
	return []attempt{
		{name: "account: another", steps: by(root, account("other", "}")), message: only},
		{name: "account: default with a role", steps: by(root, account("default", arn("'arn:aws:iam::111122223333:role/dev-1-flux'"))), message: only},
		{name: "account: prod's role", steps: by(root, account("flux", arn("'arn:aws:iam::444455556666:role/dev-1-flux'"))), message: role},
		{name: "account: another cluster's role", steps: by(root, account("flux", arn("'arn:aws:iam::111122223333:role/dev-2-flux'"))), message: role},
		{name: "account: another role", steps: by(root, account("flux", arn("'arn:aws:iam::111122223333:role/admin'"))), message: role},
		{name: "account: a role with a path", steps: by(root, account("flux", arn("'arn:aws:iam::111122223333:role/x/dev-1-flux'"))), message: role},
		{name: "account: another partition", steps: by(root, account("flux", arn("'arn:aws-us-gov:iam::111122223333:role/dev-1-flux'"))), message: role},
		{name: "account: a line break", steps: by(root, account("flux", arn(`"arn:aws:iam::111122223333:role/dev-1-flux\n"`))), message: role},
		{name: "account: another audience", steps: by(root, account("flux", ", annotations: {eks.amazonaws.com/audience: x}}")), message: more},
		{name: "account: pull secrets", steps: by(root, account("flux", "}\nimagePullSecrets: [{name: git}]")), message: more},
		{name: "account: secrets", steps: by(root, account("flux", "}\nsecrets: [{name: git}]")), message: more},
		{name: "account: Flux itself, with a role", steps: by("flux-system:kustomize-controller", account("flux", arn("'arn:aws:iam::444455556666:role/dev-1-flux'"))), message: role},
	}
}
