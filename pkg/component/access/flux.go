package access

import (
	"fmt"

	ackiam "eks-auto-gitops/pkg/ack/iam"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/resource"
)

// fluxRole makes the IAM role that Flux on the hub assumes to reach the cluster. It is in the cluster's account, because
// Flux asks EKS for the cluster in the account of the role. Only the service account of the cluster's namespace on the hub
// may assume it, and it may ask for this one cluster; what it may do there is the access entry's matter
// (Flux, Integrations: AWS, Object-level workload identity; fluxcd/pkg, auth/aws: NewRESTConfig).
func fluxRole(c *config.Cluster) (resource.Object, error) {
	hub := c.Fleet.Hub
	provider := fmt.Sprintf("arn:%s:iam::%s:oidc-provider/%s", c.Partition(), c.AccountID, hub.IssuerHost())
	role := ackiam.Role{
		Meta:                   component.Meta(c, c.FluxRole()),
		Description:            "Flux on the hub, for EKS cluster " + c.Name,
		Inline:                 map[string][]iam.Statement{c.FluxRole(): {describe(c)}},
		PermissionsBoundaryARN: c.PermissionsBoundaryARN,
		Trust:                  iam.TrustServiceAccount(provider, hub.IssuerHost(), c.Name, flux.Account),
	}
	object, err := role.Object()
	if err != nil {
		return nil, fmt.Errorf("role %s: %w", c.FluxRole(), err)
	}
	return object, nil
}

// describe allows the one call by which Flux finds the cluster's address and certificate authority.
func describe(c *config.Cluster) iam.Statement {
	return iam.Statement{Effect: iam.Allow, Action: iam.Values{"eks:DescribeCluster"}, Resource: iam.Values{component.ClusterARN(c)}}
}
