package admission

// namespaceAttempts try to take, change or delete namespaces.
func namespaceAttempts() []attempt {
	const name = "the name is not one of a cluster of environment dev"
	const foreign = "the namespace belongs to another environment than dev"
	const awsAccount = "the namespace must name an AWS account of environment dev"
	const awsRegion = "the namespace must name an AWS region"
	const annotation = "environment dev may only set gen's and Flux's annotations of a namespace"
	const label = "environment dev may only set the label environment of a namespace"
	own := func(ns string) []step { return by(root, namespace(ns, "environment: dev", ownAccount)) }
	dev1 := func(annotations string) []step {
		return by(root, namespace("dev-1", "environment: dev", annotations))
	}
	const monitoring = "apiVersion: v1\nkind: Namespace\nmetadata: {name: monitoring, labels: {team: x}}\n"
	return []attempt{
		{name: "namespace: prod's, relabelled", steps: own("prod-1"), message: foreign},
		{name: "namespace: prod's, before prod makes it", gone: []string{"Namespace /prod-1"}, steps: own("prod-1"), message: name},
		{name: "namespace: prod's, deleted", steps: removing(root, namespace("prod-1", "", "")), message: foreign},
		{name: "namespace: Flux's, relabelled", steps: own("flux-system"), message: foreign},
		{name: "namespace: the hub's, relabelled", given: monitoring, steps: own("monitoring"), message: foreign},
		{name: "namespace: the hub's, deleted", given: monitoring, steps: removing(root, monitoring), message: foreign},
		{name: "namespace: ack-system", steps: own("ack-system"), message: name},
		{name: "namespace: kube-x", steps: own("kube-x"), message: name},
		{name: "namespace: default", steps: own("default"), message: name},
		{name: "namespace: any system's", steps: own("cert-manager-system"), message: name},
		{name: "namespace: an environment's", steps: own("fleet-next"), message: name},
		{name: "namespace: of the sources, changed", steps: own("fleet-dev"), message: name},
		{name: "namespace: of the sources, deleted", steps: removing(root, namespace("fleet-dev", "", "")), message: name},
		{name: "namespace: without the label", steps: by(root, namespace("dev-9", "", ownAccount)), message: "the namespace must have the label environment=dev"},
		{name: "namespace: of prod", steps: by(root, namespace("dev-9", "environment: prod", ownAccount)), message: "the namespace must have the label environment=dev"},
		{name: "namespace: the label off", steps: by(root, namespace("dev-1", "environment: none", ownAccount)), message: "the namespace must have the label environment=dev"},
		{name: "namespace: prod's AWS account", steps: dev1("services.k8s.aws/owner-account-id: '444455556666', services.k8s.aws/default-region: eu-west-2"), message: awsAccount},
		{name: "namespace: no AWS account", steps: dev1("services.k8s.aws/default-region: eu-west-2"), message: awsAccount},
		{name: "namespace: two AWS accounts", steps: dev1("services.k8s.aws/owner-account-id: '111122223333,444455556666', services.k8s.aws/default-region: eu-west-2"), message: awsAccount},
		{name: "namespace: no region", steps: dev1("services.k8s.aws/owner-account-id: '111122223333'"), message: awsRegion},
		{name: "namespace: a region that is a host", steps: dev1("services.k8s.aws/owner-account-id: '111122223333', services.k8s.aws/default-region: example.org/x-1"), message: awsRegion},
		{name: "namespace: another AWS endpoint", steps: dev1(ownAccount + ", services.k8s.aws/endpoint-url: 'https://example.org'"), message: annotation},
		{name: "namespace: ACK's team", steps: dev1(ownAccount + ", services.k8s.aws/team-id: x"), message: annotation},
		{name: "namespace: a service's deletion policy", steps: dev1(ownAccount + ", eks.services.k8s.aws/deletion-policy: delete"), message: annotation},
		{name: "namespace: out of the hub's policies", steps: by(root, namespace("dev-1", "environment: dev, admission.gatekeeper.sh/ignore: 'true'", ownAccount)), message: label},
		{name: "namespace: into the hub's network", steps: by(root, namespace("dev-9", "environment: dev, team: x", ownAccount)), message: label},
	}
}

// selectorAttempts try to give ACK another role, or to give its role to others.
func selectorAttempts() []attempt {
	const whole = "the IAMRoleSelector must be for the whole namespace of its own name, and for no other"
	const role = "the IAMRoleSelector must name an ACK role of environment dev"
	const foreign = "the IAMRoleSelector belongs to another environment than dev"
	const name = "the name is not one of a cluster of environment dev"
	prod := "arn: 'arn:aws:iam::444455556666:role/example-ack'"
	own := func(n, namespaces string) string {
		return selector(n, ownRole+", namespaceSelector: {names: ["+namespaces+"]}")
	}
	return []attempt{
		{name: "selector: prod's role", steps: by(root, selector("dev-9", prod+", namespaceSelector: {names: [dev-9]}")), message: role},
		{name: "selector: another role", steps: by(root, selector("dev-9", "arn: 'arn:aws:iam::111122223333:role/admin', namespaceSelector: {names: [dev-9]}")), message: role},
		{name: "selector: every namespace", steps: by(root, selector("dev-9", ownRole)), message: whole},
		{name: "selector: no names", steps: by(root, own("dev-9", "")), message: whole},
		{name: "selector: prod's namespace", steps: by(root, own("dev-9", "prod-1")), message: whole},
		{name: "selector: prod's namespace too", steps: by(root, own("dev-1", "dev-1, prod-1")), message: whole},
		{name: "selector: by label", steps: by(root, selector("dev-1", ownRole+", namespaceSelector: {names: [dev-1], labelSelector: {matchLabels: {x: y}}}")), message: whole},
		{name: "selector: some kinds", steps: by(root, selector("dev-1", ownRole+", namespaceSelector: {names: [dev-1]}, resourceTypeSelector: [{group: eks.services.k8s.aws}]")), message: whole},
		{name: "selector: some objects", steps: by(root, selector("dev-1", ownRole+", namespaceSelector: {names: [dev-1]}, resourceLabelSelector: {matchLabels: {x: y}}")), message: whole},
		{name: "selector: of prod's cluster, before prod makes it", gone: []string{"IAMRoleSelector.services.k8s.aws /prod-1"}, steps: by(root, own("prod-1", "prod-1")), message: name},
		{name: "selector: of Flux", steps: by(root, own("flux-system", "flux-system")), message: name},
		{name: "selector: prod's, taken over", given: selector("prod-9", prod+", namespaceSelector: {names: [prod-9]}"), steps: by(root, own("prod-9", "prod-9")), message: foreign},
		{name: "selector: prod's, deleted", steps: removing(root, own("prod-1", "prod-1")), message: foreign},
		{name: "selector: deleted before its namespace", steps: removing(root, own("dev-1", "dev-1")), message: "the IAMRoleSelector stays until its namespace is gone"},
		{name: "selector: from a stage", steps: by(stage, own("dev-1", "dev-1")), message: "system:serviceaccount:dev-1:flux may not patch IAMRoleSelector"},
		{name: "selector: by a stage that may", given: everywhere(stage, "services.k8s.aws"), steps: by(stage, own("dev-1", "dev-1")), message: "only the account flux of fleet-dev may change an IAMRoleSelector of environment dev"},
	}
}
