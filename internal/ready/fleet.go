package main

import (
	"fmt"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
)

// cluster is the name of the one cluster of the fleet.
const cluster = "prod-1"

// fleet has a protected cluster with a VPC of its own, a NAT gateway in each zone, endpoints, a key, a zone and a certificate.
const fleet = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments: [{name: prod, branch: main, protect: true, accountID: "444455556666", region: eu-west-2}]
clusters:
- name: prod-1
  environment: prod
  version: "1.36"
  endpoint: {publicCIDRs: [203.0.113.0/24]}
  encryption: {create: true}
  logging: {types: [api, audit, authenticator], retentionDays: 90}
  network: {cidr: 10.20.0.0/16, zones: [eu-west-2a, eu-west-2b, eu-west-2c], nat: perZone, endpoints: [s3, ecr.api, ecr.dkr, sts]}
  admins: ["arn:aws:iam::444455556666:role/human-ops"]
  identity: %s
  nodes:
    classes: [{name: standard}]
    pools: [{name: standard, class: standard, limits: {cpu: 32}}]
  dns: {domain: prod.example.org, zone: {create: true}, certificate: true}
  components: {external-dns: {enabled: true}, cloudwatch: {enabled: true}}
`

// treeOf is what gen makes of the fleet.
func treeOf(identity string) (*layout.Tree, error) {
	loaded, problems := config.Load(layout.ClustersFile, fmt.Appendf(nil, fleet, identity))
	if problems.HasErrors() {
		return nil, fmt.Errorf("load the fleet: %v", problems)
	}
	tree, err := generate.Tree(loaded, generate.Options{})
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return tree, nil
}
