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
		{name: "a namespace of the hub", folder: root, object: newNamespace("fleet-detour", "dev", "111122223333"), message: "the namespace is not one of a cluster of environment dev"},
		{name: "prod's AWS account in a new namespace", folder: root, object: newNamespace("detour", "dev", "444455556666"), message: "the namespace must name an AWS account of environment dev"},
		{name: "prod's AWS account", file: delivery + "namespace.yaml", old: "'111122223333'", new: "'444455556666'", message: "the namespace must name an AWS account of environment dev"},
		{name: "another of ACK's annotations", file: delivery + "namespace.yaml", old: "    gen/state: active\n", new: "    gen/state: active\n    services.k8s.aws/endpoint-url: https://example.org\n", message: "of ACK's annotations the namespace may only have the account and the region"},
		{name: "a kubeconfig of prod", file: delivery + "kubeconfig.yaml", old: "us-east-2:111122223333:cluster/" + blogCluster, new: "eu-west-2:444455556666:cluster/" + prodCluster, message: "kubeconfig must name the EKS cluster that is called like its namespace"},
		{name: "another identity in the kubeconfig", file: delivery + "kubeconfig.yaml", old: "  provider: aws\n", new: "  provider: aws\n  serviceAccountName: other\n", message: "kubeconfig may only name the service account flux"},
		{name: "an AWS role for the account", file: delivery + "account.yaml", old: "  name: flux\n  namespace: " + blogCluster + "\n---", new: "  name: flux\n  namespace: " + blogCluster + "\n  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::444455556666:role/flux'}\n---", message: "a service account of environment dev may not have this AWS role"},
		{name: "more permissions", file: delivery + "account.yaml", old: "fleet-dev-cluster", new: "cluster-admin", message: "forbidden"},
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
		"}\n  annotations: {services.k8s.aws/owner-account-id: '" + account + "'}\n"
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
