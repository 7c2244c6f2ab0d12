package e2e

// Where a commit can add an object: the environment's root acts as the environment's account, a stage as that of
// its cluster.
const (
	root  = "flux/dev"
	stage = "clusters/dev/" + blogCluster + "/foundation"
)

// attack is a commit on the branch dev that reaches for what is not dev's.
type attack struct {
	name string
	// folder is where object is added, or file where old becomes new.
	folder, object string
	file, old, new string
	// message is what the API server must say.
	message string
}

// attacks are the detours that pkg/flux/admission.go and the accounts' permissions close.
func attacks() []attack {
	const (
		own      = "environment dev may only change objects in its own namespaces"
		name     = "the name is not one of a cluster of environment dev"
		account  = "a Flux object must act as the service account flux"
		delivery = "flux/dev/" + blogCluster + "/delivery/"
	)
	flux := func(more string) string {
		return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n" + detour(blogCluster) +
			"spec: {interval: 1h, prune: true, path: ./flux, " + more + "}\n"
	}
	const devSource = "sourceRef: {kind: GitRepository, name: fleet, namespace: fleet-dev}"
	return []attack{
		{name: "an object in a namespace of prod", folder: root, object: configMap(prodCluster), message: own},
		{name: "an object in flux-system", folder: root, object: configMap("flux-system"), message: own},
		{name: "an object beside the sources", folder: root, object: configMap("fleet-dev"), message: "only chart sources may be changed from the branch"},
		{name: "a namespace of prod, new", folder: root, object: newNamespace("detour", "prod", "111122223333"), message: "the namespace must have the label environment=dev"},
		{name: "a namespace of prod, relabelled", folder: root, object: newNamespace(prodCluster, "dev", "111122223333"), message: "the namespace belongs to another environment than dev"},
		{name: "a namespace of the hub", folder: root, object: newNamespace("fleet-detour", "dev", "111122223333"), message: name},
		{name: "prod's AWS account in a new namespace", folder: root, object: newNamespace("detour", "dev", "444455556666"), message: "the namespace must name an AWS account of environment dev"},
		{name: "prod's AWS account", file: delivery + "namespace.yaml", old: "'111122223333'", new: "'444455556666'", message: "the namespace must name an AWS account of environment dev"},
		{name: "another of ACK's annotations", file: delivery + "namespace.yaml", old: "    gen/state: active\n", new: "    gen/state: active\n    services.k8s.aws/endpoint-url: https://example.org\n", message: "environment dev may only set gen's and Flux's annotations of a namespace, and of ACK's the account and the region"},
		{name: "a kubeconfig of prod", file: delivery + "kubeconfig.yaml", old: "us-east-2:111122223333:cluster/" + blogCluster, new: "eu-west-2:444455556666:cluster/" + prodCluster, message: "kubeconfig must name the EKS cluster that is called like its namespace"},
		{name: "another identity in the kubeconfig", file: delivery + "kubeconfig.yaml", old: "serviceAccountName: flux", new: "serviceAccountName: other", message: "kubeconfig must name the service account flux"},
		{name: "an address in the kubeconfig", file: delivery + "kubeconfig.yaml", old: "  provider: aws\n", new: "  address: https://example.org\n  provider: aws\n", message: "kubeconfig may only have the keys cluster, provider and serviceAccountName"},
		{name: "an AWS role for the account", file: delivery + "account.yaml", old: "111122223333:role/" + blogCluster + "-flux", new: "444455556666:role/" + prodCluster + "-flux", message: "a service account of environment dev may not have this AWS role"},
		{name: "more permissions", file: delivery + "account.yaml", old: "fleet-dev.cluster", new: "cluster-admin", message: "forbidden"},
		{name: "the environment's permissions for a cluster's account", folder: root, object: roleBinding("fleet-dev.root"), message: "the only RoleBinding of environment dev in a namespace is flux"},
		{name: "prod's AWS account, from a stage", folder: stage, object: newNamespace(blogCluster, "dev", "444455556666"), message: "forbidden"},
		{name: "prod's ACK role", folder: root, object: selector("detour", "444455556666", "detour"), message: "the IAMRoleSelector must name an ACK role of environment dev"},
		{name: "dev's ACK role for prod", folder: root, object: selector("detour", "111122223333", prodCluster), message: "the IAMRoleSelector must be for the whole namespace of its own name, and for no other"},
		{name: "prod's IAMRoleSelector", folder: root, object: selector(prodCluster, "111122223333", prodCluster), message: "the IAMRoleSelector stays until its namespace is gone"}, // its role cannot be changed, so Flux tries to delete it
		{name: "the Git credentials for a chart source", folder: root, object: helmRepository("secretRef: {name: git}"), message: "a chart source may only use secrets that are called chart-…"},
		{name: "a Flux object that takes 1000 hours", folder: root, object: flux("serviceAccountName: flux, timeout: 1000h, " + devSource), message: "a Flux object may take one hour at most"},
		{name: "decryption as Flux itself", folder: root, object: flux("serviceAccountName: flux, decryption: {provider: sops}, " + devSource), message: "what is encrypted may only be read as the service account flux"},
		{name: "a Flux object without a service account", folder: root, object: flux(devSource), message: account},
		{name: "a Flux object with another service account", folder: root, object: flux(devSource + ", serviceAccountName: default"), message: account},
		{name: "a Flux object with another kubeconfig", folder: root, object: flux(devSource + ", kubeConfig: {secretRef: {name: prod}}"), message: "a Flux object may only use the ConfigMap kubeconfig as kubeConfig"},
		{name: "a Flux object with prod's source", folder: root, object: flux("serviceAccountName: flux, sourceRef: {kind: GitRepository, name: fleet, namespace: fleet-prod}"), message: "the source must be of environment dev"},
		{name: "an object in a namespace of prod, from a stage", folder: stage, object: configMap(prodCluster), message: "forbidden"},
		{name: "a release without a service account", folder: stage, object: helmRelease("chartRef: {kind: OCIRepository, name: podinfo, namespace: fleet-dev}"), message: account},
		{name: "a release with prod's chart source", folder: stage, object: helmRelease("serviceAccountName: flux, chartRef: {kind: OCIRepository, name: podinfo, namespace: fleet-prod}"), message: "the chart source must be of environment dev"},
		{name: "an export into a namespace of prod", folder: stage, object: export(prodCluster), message: "a FieldExport may only write into its own namespace"},
		{name: "a certificate's key for a namespace of prod", folder: stage, object: certificate(prodCluster), message: "a Certificate may only use secrets of its own namespace"},
	}
}

func detour(namespace string) string {
	return "metadata: {name: detour, namespace: " + namespace + "}\n"
}

func configMap(namespace string) string {
	return "apiVersion: v1\nkind: ConfigMap\n" + detour(namespace)
}

func newNamespace(name, environment, account string) string {
	return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + name + "\n  labels: {environment: " + environment +
		"}\n  annotations: {services.k8s.aws/owner-account-id: '" + account + "', services.k8s.aws/default-region: eu-west-2}\n"
}

func roleBinding(role string) string {
	return "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n" + detour(blogCluster) +
		"roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: " + role + "}\n" +
		"subjects: [{kind: ServiceAccount, name: flux, namespace: " + blogCluster + "}]\n"
}

func selector(name, account, namespace string) string {
	return "apiVersion: services.k8s.aws/v1alpha1\nkind: IAMRoleSelector\nmetadata: {name: " + name + "}\n" +
		"spec: {arn: 'arn:aws:iam::" + account + ":role/eks-auto-example-ack', namespaceSelector: {names: [" + namespace + "]}}\n"
}

func helmRepository(more string) string {
	return "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\n" + detour("fleet-dev") +
		"spec: {interval: 1h, url: 'https://example.org', " + more + "}\n"
}

func helmRelease(more string) string {
	return "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n" + detour(blogCluster) + "spec: {interval: 1h, " + more + "}\n"
}

func export(namespace string) string {
	return "apiVersion: services.k8s.aws/v1alpha1\nkind: FieldExport\n" + detour(blogCluster) + `spec:
  from: {path: .status.status, resource: {group: eks.services.k8s.aws, kind: Cluster, name: ` + blogCluster + `}}
  to: {kind: configmap, name: kubeconfig, key: cluster, namespace: ` + namespace + "}\n"
}

func certificate(namespace string) string {
	return "apiVersion: acm.services.k8s.aws/v1alpha1\nkind: Certificate\n" + detour(blogCluster) + `spec:
  domainName: example.org
  exportTo: {namespace: ` + namespace + ", name: key, key: tls.crt}\n"
}
