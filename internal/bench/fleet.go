package main

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/config"
)

// ranges is how many of the size /21, the smallest that gen makes a VPC of, there are in 10.0.0.0/8 and 100.64.0.0/10; services have
// one of 172.16.0.0/12. Two accounts may have the same ones.
const (
	ranges      = 8192 + 2048
	maxClusters = 2 * ranges
)

const head = `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: bench}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}

defaults:
  version: "1.36"
  zonalShift: true
  endpoint: {public: true, publicCIDRs: [203.0.113.0/24], private: true}

environments:
  - {name: dev, branch: dev, accountID: "111122223333"}
`

const prod = `  - {name: prod, branch: main, accountID: "444455556666", protect: true}
`

// everything is a cluster with every component on. Words in capitals after a dollar sign are replaced.
const everything = `  - name: $NAME
    environment: $ENVIRONMENT
    region: $REGION
    identity: $IDENTITY
    delivery: $DELIVERY
    capabilities: [{type: KRO}]
    permissionsBoundaryARN: arn:aws:iam::$ACCOUNT:policy/boundary
    logging: {types: [api, audit, authenticator, controllerManager, scheduler], retentionDays: 90}
    encryption: {create: true}
    network:
      cidr: $CIDR
      zones: [$REGIONa, $REGIONb, $REGIONc]
      nat: perZone
      endpoints: [s3, dynamodb, ec2, ecr.api, ecr.dkr, eks-auth, logs, sts]
    admins:
      - arn:aws:iam::$ACCOUNT:role/platform
      - arn:aws:iam::$ACCOUNT:role/on-call
    access:
      - principalARN: arn:aws:iam::$ACCOUNT:role/viewer
        policies: [{name: AmazonEKSAdminViewPolicy}]
      - principalARN: arn:aws:iam::$ACCOUNT:role/team
        policies: [{name: AmazonEKSEditPolicy, namespaces: [team-a, team-b]}]
      - principalARN: arn:aws:iam::$ACCOUNT:role/pipeline
        username: pipeline
        kubernetesGroups: [pipelines]
    nodes:
      builtIn: [system]
      classes:
        - name: general
          ephemeralStorage: {size: 100Gi, iops: 4000, throughput: 250}
        - name: data
          ephemeralStorage: {size: 500Gi, iops: 8000, throughput: 500}
          networkPolicy: DefaultDeny
      pools:
        - name: general
          class: general
          capacityTypes: [on-demand, spot]
          instanceCategories: [c, m, r]
          instanceCPUs: [4, 8, 16]
          limits: {cpu: 256, memory: 1Ti}
          disruption: {consolidateAfter: 5m, budgets: [{nodes: 10%}]}
        - name: data
          class: data
          arch: [arm64]
          instanceFamilies: [r7g, r8g]
          zones: [$REGIONa, $REGIONb]
          limits: {cpu: 128, memory: 1Ti}
          taints: [{key: example.org/data, effect: NoSchedule}]
    dns:
      domain: $NAME.example.org
      zone: {create: true}
      certificate: true
    components:
      external-dns: {enabled: true}
      cloudwatch: {enabled: true}
      podinfo:
        enabled: true
        replicas: 3
        ingress: {host: podinfo.$NAME.example.org, scheme: internet-facing}
    addons:
      - {name: metrics-server, version: v0.8.0-eksbuild.1, values: {replicas: 2}}
      - name: aws-efs-csi-driver
        version: v2.1.8-eksbuild.1
        serviceAccounts:
          - name: efs-csi-controller-sa
            policyARNs: ["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"]
    releases:
      - name: external-secrets
        namespace: external-secrets
        chart: {url: "https://charts.external-secrets.io", name: external-secrets, version: 0.20.4}
        values: {installCRDs: true, replicaCount: 2}
        serviceAccounts:
          - name: external-secrets
            statements:
              - actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
                resources: ["arn:aws:secretsmanager:$REGION:$ACCOUNT:secret:$NAME/*"]
      - name: velero
        namespace: velero
        chart: {url: "oci://ghcr.io/example/charts/velero", version: 11.1.0}
        values: {configuration: {defaultVolumesToFsBackup: true}}
        serviceAccounts:
          - name: velero
            policyARNs: ["arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"]
            statements:
              - actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
                resources: ["arn:aws:s3:::$NAME-backup/*"]
    tags: {Team: platform, CostCentre: "4711"}
`

// fleetText is the clusters.yaml of a fleet of n clusters that share nothing but two environments. Identities,
// environments and regions are mixed, so that no branch of the code is measured alone.
func fleetText(n int) string {
	regions := []string{"eu-west-2", "eu-central-1", "us-east-2", "us-west-2"}
	var text strings.Builder
	text.WriteString(strings.Replace(head, "\nenvironments:", further()+"\nenvironments:", 1))
	if n > 1 {
		text.WriteString(prod) // kustomize does not build an environment without clusters
	}
	text.WriteString("\nclusters:\n")
	for i := range n {
		environment, account := "dev", "111122223333"
		if (i+i/ranges)%2 == 1 {
			environment, account = "prod", "444455556666"
		}
		identity := "podIdentity"
		if i/2%2 == 1 {
			identity = "irsa"
		}
		// One in a hundred has a Flux of its own, of which gen diff reads more than what a change can reach.
		delivery := "hub"
		if i%100 == 4 {
			delivery = "agent"
		}
		strings.NewReplacer(
			"$DELIVERY", delivery, "$NAME", fmt.Sprintf("bench-%04d", i), "$ENVIRONMENT", environment, "$ACCOUNT", account, "$IDENTITY", identity,
			"$REGION", regions[i/4%len(regions)], "$CIDR", rangeOf(i),
		).WriteString(&text, everything) //nolint:errcheck // a strings.Builder takes everything
	}
	return text.String()
}

// rangeOf is the range of the VPC of a cluster.
func rangeOf(i int) string {
	const size, inFirst = 8, 8192 // in units of 256 addresses
	if i %= ranges; i < inFirst {
		return fmt.Sprintf("10.%d.%d.0/21", i*size/256, i*size%256)
	}
	i -= inFirst
	return fmt.Sprintf("100.%d.%d.0/21", 64+i*size/256, i*size%256)
}

// further switches on the components that came after everything was written, so that they are measured too.
func further() string {
	var on []string
	for _, p := range config.ChartComponents() {
		if !strings.Contains(everything, "\n      "+p.Name+":") {
			on = append(on, p.Name+": {enabled: true}")
		}
	}
	if on == nil {
		return ""
	}
	return "  components: {" + strings.Join(on, ", ") + "}\n"
}

// oneLineChanged is the same fleet with another value in one line of one cluster.
func oneLineChanged(text string) string {
	return strings.Replace(text, "retentionDays: 90", "retentionDays: 365", 1)
}

// everyLineChanged is the same fleet with another value in one line that all clusters inherit.
func everyLineChanged(text string) string {
	return strings.Replace(text, "zonalShift: true", "zonalShift: false", 1)
}
