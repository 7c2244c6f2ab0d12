package config

// complete uses every kind of field, and inheritance in all its forms.
const complete = `# yaml-language-server: $schema=./clusters.schema.json
apiVersion: gen/v1alpha1
kind: Fleet
metadata:
  name: example
repository:
  url: ssh://git@github.com/example/fleet.git
  secretRef: {name: fleet}
hub:
  accountID: "777788889999"
  oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE
flux:
  version: "2.9"
defaults:
  region: eu-west-2
  upgradePolicy: EXTENDED
  logging: {types: [scheduler, audit, api], retentionDays: 30}
  tags: {Team: platform, Level: default}
  components:
    podinfo:
      enabled: true
      values: {ui: {color: blue, message: hello}, cache: redis, extraArgs: [1, 2]}
environments:
  - name: prod
    branch: main
    accountID: "444455556666"
    protect: true
    ackRoleARN: arn:aws:iam::444455556666:role/platform/ack
    cidrPool: 10.16.0.0/12
    endpoint: {publicCIDRs: [203.0.113.0/24]}
    tags: {Level: environment}
  - name: dev
    branch: dev
    accountID: "111122223333"
    admins: [arn:aws:iam::111122223333:role/human-ops]
clusters:
  - name: prod-1
    environment: prod
    version: "1.35"
    network:
      cidr: 10.20.0.0/16
      zones: [eu-west-2c, eu-west-2a]
      nat: perZone
      endpoints: [sts, s3]
    logging: null
    tags: {Level: cluster, Team: null}
    components:
      podinfo: {values: {ui: {message: bye, color: null}, cache: null, affinity: null}}
  - name: dev-1
    environment: dev
    version: "1.36"
    upgradePolicy: STANDARD
    zonalShift: true
    endpoint: {private: false}
    encryption: {create: true}
    network: {cidr: 10.10.0.0/16}
    access:
      - principalARN: arn:aws:iam::111122223333:role/viewer
        policies: [{name: AmazonEKSViewPolicy, namespaces: [podinfo]}]
        kubernetesGroups: [viewers]
      - principalARN: arn:aws:iam::111122223333:role/nodes
        type: EC2
        policies: [{name: AmazonEKSAutoNodePolicy}]
    nodes:
      builtIn: [system, general-purpose]
      classes:
        - name: standard
          subnets: public
          securityGroups: {tags: {"aws:eks:cluster-name": dev-1}}
          ephemeralStorage: {size: 100Gi}
          tags: {Purpose: compute}
        - name: tagged
          subnets: {tags: {kubernetes.io/role/internal-elb: "1"}}
      pools:
        - name: compute
          class: standard
          instanceCategories: [c, m, r]
          instanceCPUs: [4, 8]
          zones: [eu-west-2a]
          limits: {cpu: 64, memory: 256Gi}
          labels: {example.org/purpose: compute}
          taints: [{key: dedicated, value: compute, effect: NoSchedule}]
          disruption: {budgets: [{nodes: 10%}, {nodes: 0, schedule: "0 9 * * mon-fri", duration: 8h, reasons: [Drifted]}]}
          weight: 10
          requirements:
            - {key: eks.amazonaws.com/instance-generation, operator: Gt, values: ["4"]}
    dns:
      domain: dev.example.org
      zone: {create: true}
      certificate: true
    components:
      external-dns: {enabled: true}
      cloudwatch: {enabled: true, via: addon, version: v4.4.0-eksbuild.1}
      podinfo: {replicas: 0, ingress: {host: podinfo.dev.example.org}}
    addons:
      - {name: metrics-server, version: v0.8.0-eksbuild.1, values: {replicas: 2}}
    releases:
      - name: cert-manager
        namespace: cert-manager
        chart: {url: oci://quay.io/jetstack/charts/cert-manager, version: v1.19.0}
        values: {crds: {enabled: true}}
        serviceAccounts:
          - name: cert-manager
            statements:
              - actions: [route53:GetChange]
                resources: ["arn:aws:route53:::change/*"]
                conditions: {StringEquals: {"aws:ResourceTag/Team": [platform]}}
`
