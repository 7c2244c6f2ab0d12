package admission

// awsAttempts try to make ACK read, write or act elsewhere.
func awsAttempts() []attempt {
	const reference = "an AWS object may only refer to others of its own namespace"
	const secrets = "a Certificate may only use secrets of its own namespace"
	const region = "the annotation services.k8s.aws/region must name an AWS region"
	aws := func(group, kind, spec string) []step { return by(stage, ack(group, kind, spec)) }
	annotated := func(value string) []step {
		return by(stage, "apiVersion: ec2.services.k8s.aws/v1alpha1\nkind: VPC\nmetadata: {name: x, namespace: dev-1, annotations: {services.k8s.aws/region: "+value+"}}\nspec: {}\n")
	}
	return []attempt{
		{name: "aws: an export into prod", steps: aws("", "FieldExport", "to: {kind: configmap, name: kubeconfig, namespace: prod-1}"), message: "a FieldExport may only write into its own namespace"},
		{name: "aws: a certificate's key for prod", steps: aws("acm", "Certificate", "domainName: example.org, exportTo: {namespace: prod-1, name: key, key: tls.crt}"), message: secrets},
		{name: "aws: a key of the hub", steps: aws("acm", "Certificate", "privateKey: {namespace: flux-system, name: sops, key: tls.key}"), message: secrets},
		{name: "aws: prod's VPC", steps: aws("ec2", "Subnet", "vpcRef: {from: {name: prod-1, namespace: prod-1}}"), message: reference},
		{name: "aws: prod's subnets", steps: aws("eks", "Cluster", "resourcesVPCConfig: {subnetRefs: [{from: {name: x}}, {from: {name: y, namespace: prod-1}}]}"), message: reference},
		{name: "aws: prod's security group", steps: aws("ec2", "SecurityGroup", "ingressRules: [{userIDGroupPairs: [{groupRef: {from: {name: x, namespace: prod-1}}}]}]"), message: reference},
		{name: "aws: a region that is a host", steps: annotated("example.org/x-1"), message: region},
		{name: "aws: a region with a line break", steps: annotated(`"eu-west-2\n"`), message: region},
		{name: "aws: a status", steps: []step{{account: stage, subresource: "status", objects: "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Cluster\nmetadata: {name: dev-1, namespace: dev-1}\nstatus: {ackResourceMetadata: {ownerAccountID: '444455556666', region: eu-west-2}}\n"}}, message: "environment dev may only change whole objects, and no status"},
		{name: "aws: an AdoptedResource", steps: aws("", "AdoptedResource", "aws: {arn: x}"), message: "system:serviceaccount:dev-1:flux may not patch AdoptedResource"},
		{name: "aws: another service", steps: aws("s3", "Bucket", "name: x"), message: "system:serviceaccount:dev-1:flux may not patch Bucket"},
	}
}

// harmlessAttempts pass, each for its reason.
func harmlessAttempts() []attempt {
	return []attempt{
		{
			name: "harmless: prod's files", steps: by(root, kustomization("dev-1", hourly+", "+asFlux+", "+devSource)),
			harmless: "whatever path it applies, it applies as dev-1:flux: TestNobodyAppliesTheRest",
		},
		{
			name: "harmless: health of prod's objects", steps: by(root, kustomization("dev-1", hourly+", "+asFlux+", "+devSource+", healthChecks: [{apiVersion: v1, kind: ConfigMap, name: kubeconfig, namespace: prod-1}]")),
			harmless: "Flux looks as the account that it applies as (kustomize-controller: status poller of the impersonated client), which may not read there",
		},
		{
			name: "harmless: values from Secrets", steps: by(stage, release("interval: 1h, kubeConfig: {configMapRef: {name: kubeconfig}}, "+devChart+", valuesFrom: [{kind: Secret, name: git}]")),
			harmless: "the reference has no namespace: it is the HelmRelease's own, where the hub keeps no secret",
		},
		{
			name: "harmless: variables from Secrets", steps: by(root, kustomization("dev-1", hourly+", "+asFlux+", "+devSource+", postBuild: {substituteFrom: [{kind: Secret, name: git}]}")),
			harmless: "the reference has no namespace: it is the Kustomization's own, where the hub keeps no secret",
		},
		{
			name: "harmless: another account in the cluster", steps: by(root, kustomization("dev-1", hourly+", "+devSource+", kubeConfig: {configMapRef: {name: kubeconfig}}, serviceAccountName: admin")),
			harmless: "it is one of the cluster, which is the environment's own",
		},
		{
			name: "harmless: another shard", steps: by(root, "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x, namespace: dev-1, labels: {sharding.fluxcd.io/key: other}}\nspec: {"+hourly+", "+asFlux+", "+devSource+"}\n"),
			harmless: "all shards have the same rights; a shard that is not there leaves the object alone",
		},
		{
			name: "harmless: a finalizer", steps: by(root, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: dev-1, finalizers: [example.org/x]}\n"),
			harmless: "it keeps the environment's own object and namespace from going, nothing else",
		},
		{
			name: "harmless: an AWS object taken over", steps: by(stage, "apiVersion: ec2.services.k8s.aws/v1alpha1\nkind: VPC\nmetadata: {name: x, namespace: dev-1, annotations: {services.k8s.aws/adoption-policy: adopt, services.k8s.aws/adoption-fields: '{\"vpcID\": \"vpc-0123456789abcdef0\"}'}}\nspec: {}\n"),
			harmless: "ACK looks for it with the role of the environment, in its own AWS account",
		},
		{
			name: "harmless: ACK's account on an object", steps: by(stage, "apiVersion: ec2.services.k8s.aws/v1alpha1\nkind: VPC\nmetadata: {name: x, namespace: dev-1, annotations: {services.k8s.aws/owner-account-id: '444455556666', services.k8s.aws/endpoint-url: 'https://example.org'}}\nspec: {}\n"),
			harmless: "ACK reads both from the namespace alone (ACK runtime, pkg/runtime/reconciler.go)",
		},
		{
			name: "harmless: all of an hour, all of 30 seconds", steps: by(root, kustomization("dev-1", "interval: 30s, timeout: 1h, "+asFlux+", "+devSource)),
			harmless: "it is what the rules allow",
		},
		{
			name: "harmless: secrets for charts", steps: by(root, source("OCIRepository", "fleet-dev", "interval: 1h, url: 'oci://example.org/x', secretRef: {name: chart-x}, provider: aws, serviceAccountName: flux")),
			harmless: "they are there for chart sources; flux in fleet-dev has no AWS role",
		},
	}
}
