package admission

// realityAttempts are those of a run on real controllers (issue 11).
func realityAttempts() []attempt {
	const onlyRoot = "only the account flux of fleet-dev may change a namespace of environment dev"
	const mustName = "kubeconfig must name the EKS cluster that is called like its namespace, in an AWS account of environment dev"
	const keys = "kubeconfig may only have the keys cluster, provider and serviceAccountName"
	cluster := func(arn string) string {
		return kubeConfig("provider: aws, serviceAccountName: flux, cluster: " + arn)
	}
	prodAccount := namespace("dev-1", "environment: dev", "services.k8s.aws/owner-account-id: '444455556666', services.k8s.aws/default-region: eu-west-2")
	unlabelled := namespace("dev-1", "environment: none", ownAccount)
	endpoint := namespace("dev-1", "environment: dev", ownAccount+", services.k8s.aws/endpoint-url: 'https://example.org'")
	bare := kustomization("dev-1", hourly+", "+devSource)
	detoured := by(root, detour())
	return []attempt{
		{name: "rolebinding-escape", message: "the only RoleBinding of environment dev in a namespace is flux", steps: append(detoured,
			step{account: stage, objects: prodAccount}, step{account: stage, objects: unlabelled}, step{account: root, objects: bare})},
		{name: "rolebinding-escape: prod's AWS account", given: detour(), steps: by(stage, prodAccount), message: onlyRoot},
		{name: "rolebinding-escape: the label off", given: detour(), steps: by(stage, unlabelled), message: onlyRoot},
		{name: "rolebinding-escape: another AWS endpoint", given: detour(), steps: by(stage, endpoint), message: onlyRoot},
		{name: "rolebinding-escape: the namespace deleted", given: detour(), steps: removing(stage, prodAccount), message: onlyRoot},
		{name: "rolebinding-escape: Flux's own rights", steps: by(root, bare), message: "a Flux object must act as the service account flux"},
		{name: "kubeconfig: an address", steps: by(root, kubeConfig(ownKubeConfig+", address: 'https://example.org'")), message: keys},
		{name: "kubeconfig: a certificate authority", steps: by(root, kubeConfig(ownKubeConfig+", ca.crt: x")), message: keys},
		{name: "kubeconfig: audiences", steps: by(root, kubeConfig(ownKubeConfig+", audiences: x")), message: keys},
		{name: "kubeconfig: binary data", steps: by(root, kubeConfig(ownKubeConfig)+"binaryData: {address: eA==}\n"), message: keys},
		{name: "kubeconfig: prod's cluster", steps: by(root, cluster("'arn:aws:eks:eu-west-2:444455556666:cluster/dev-1'")), message: mustName},
		{name: "kubeconfig: another cluster", steps: by(root, cluster("'arn:aws:eks:eu-west-2:111122223333:cluster/dev-2'")), message: mustName},
		{name: "kubeconfig: another partition", steps: by(root, cluster("'arn:aws-cn:eks:cn-north-1:111122223333:cluster/dev-1'")), message: mustName},
		{name: "kubeconfig: a region that is a host", steps: by(root, cluster("'arn:aws:eks:eu-west-2.example.org/#:111122223333:cluster/dev-1'")), message: mustName},
		{name: "kubeconfig: a region with a line break", steps: by(root, cluster(`"arn:aws:eks:eu-west-2\nx:111122223333:cluster/dev-1"`)), message: mustName},
		{name: "kubeconfig: a line break at the end", steps: by(root, cluster(`"arn:aws:eks:eu-west-2:111122223333:cluster/dev-1\n"`)), message: mustName},
		{name: "kubeconfig: a line before", steps: by(root, cluster(`"x\narn:aws:eks:eu-west-2:111122223333:cluster/dev-1"`)), message: mustName},
		{name: "kubeconfig: another cloud", steps: by(root, kubeConfig("provider: generic, serviceAccountName: flux, cluster: 'arn:aws:eks:eu-west-2:111122223333:cluster/dev-1'")), message: mustName},
		{name: "kubeconfig: no data", steps: by(root, kubeConfig("")), message: mustName},
		{name: "kubeconfig: as Flux itself", steps: by(root, kubeConfig("provider: aws, cluster: 'arn:aws:eks:eu-west-2:111122223333:cluster/dev-1'")), message: "kubeconfig must name the service account flux"},
		{name: "kubeconfig: as another", steps: by(root, kubeConfig("provider: aws, serviceAccountName: other, cluster: 'arn:aws:eks:eu-west-2:111122223333:cluster/dev-1'")), message: "kubeconfig must name the service account flux"},
		{name: "kubeconfig: by way of ACK", steps: by("ack-system:ack", cluster("'arn:aws:eks:eu-west-2:444455556666:cluster/prod-1'")), message: mustName},
	}
}
