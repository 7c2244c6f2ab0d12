package component

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/ack/eks"
	ackiam "eks-auto-gitops/pkg/ack/iam"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/resource"
)

// The ways in which pods get AWS permissions.
const (
	PodIdentity = "podIdentity"
	IRSA        = "irsa"
)

// PodRole is an IAM role for the pods of one service account.
type PodRole struct {
	// Name is the role's name.
	Name string
	// ARN is an existing role. Then Name is that of the association alone.
	ARN string
	// Namespace and ServiceAccount are in the cluster.
	Namespace, ServiceAccount string
	// PolicyARNs are managed policies, Statements further permissions.
	PolicyARNs []string
	Statements []iam.Statement
}

// RoleOf is the role of a component with a chart: its policies and statements are the caller's to set.
func RoleOf(c *config.Cluster, component string) PodRole {
	chart := config.ComponentNamed(component).Chart
	return PodRole{Name: c.Name + "-" + component, Namespace: chart.Namespace, ServiceAccount: chart.ServiceAccount}
}

// Deliveries creates the role and what ties it to the service account: with Pod Identity an association,
// in place before the pods start because credentials are injected when a pod is admitted; with IRSA a
// trust that names the cluster's OIDC issuer.
func (r PodRole) Deliveries(c *config.Cluster) ([]Delivery, error) {
	if r.ARN != "" {
		if c.Identity == IRSA {
			return nil, nil
		}
		return []Delivery{At(Access, eks.AssociationOf(Meta(c, r.Name), c.Name, r.Namespace, r.ServiceAccount, r.ARN))}, nil
	}
	role, err := r.role(c)
	if err != nil {
		return nil, err
	}
	if c.Identity == IRSA {
		return []Delivery{At(roleStage(c), role)}, nil
	}
	association := eks.PodIdentityAssociation(Meta(c, r.Name), c.Name, r.Namespace, r.ServiceAccount, r.Name)
	return []Delivery{At(Foundation, role), At(Access, association)}, nil
}

// Role creates only the role, for an add-on that ties it to its service account itself.
func (r PodRole) Role(c *config.Cluster) ([]Delivery, error) {
	if r.ARN != "" {
		return nil, nil
	}
	role, err := r.role(c)
	if err != nil {
		return nil, err
	}
	return []Delivery{At(roleStage(c), role)}, nil
}

// roleStage delivers the roles. They change stage only with what is known of the issuer: a change of identity alone must not
// delete a role in AWS that pods use. IAM does not ask whether the OIDC provider of a trust policy is there yet.
func roleStage(c *config.Cluster) Stage {
	if Substituted(c) {
		return Identity
	}
	return Foundation
}

func (r PodRole) role(c *config.Cluster) (resource.Object, error) {
	role := ackiam.Role{
		Meta:                   Meta(c, r.Name),
		Description:            fmt.Sprintf("%s/%s in EKS cluster %s", r.Namespace, r.ServiceAccount, c.Name),
		PermissionsBoundaryARN: c.PermissionsBoundaryARN,
		PolicyARNs:             r.PolicyARNs,
		Trust:                  r.trust(c),
	}
	if len(r.Statements) > 0 {
		role.Inline = map[string][]iam.Statement{r.Name: r.Statements}
	}
	object, err := role.Object()
	if err != nil {
		return nil, fmt.Errorf("role %s: %w", r.Name, err)
	}
	if Substituted(c) {
		for _, document := range object.Spec.InlinePolicies {
			*document = strings.ReplaceAll(*document, "${", "$${")
		}
	}
	return object, nil
}

// Substituted reports whether Flux replaces variables in the stage identity of the cluster: with IRSA, as
// long as clusters.yaml does not name the issuer. Flux makes ${ of $${ (Flux, Kustomization API: Post build
// variable substitution), which is what IAM's own variables need there.
func Substituted(c *config.Cluster) bool { return c.Identity == IRSA && c.OIDCIssuer == "" }

// Facts is the ConfigMap whose values Flux puts into a stage of the cluster; empty for none. The stage cluster has the ARN of
// the new key: a reference there would keep ACK from every upgrade (pkg/ack/eks, Cluster).
func Facts(c *config.Cluster, stage Stage) string {
	switch {
	case stage == Cluster && c.Encryption.Create:
		return flux.KeyFacts
	case stage == Identity && Substituted(c):
		return flux.ClusterFacts
	default:
		return ""
	}
}

func (r PodRole) trust(c *config.Cluster) iam.Statement {
	if c.Identity == PodIdentity {
		return iam.TrustPodIdentity()
	}
	issuer := strings.TrimPrefix(c.OIDCIssuer, "https://")
	if Substituted(c) {
		issuer = "${" + flux.OIDCIssuerVariable + "#https://}"
	}
	provider := fmt.Sprintf("arn:%s:iam::%s:oidc-provider/%s", c.Partition(), c.AccountID, issuer)
	return iam.TrustServiceAccount(provider, issuer, r.Namespace, r.ServiceAccount)
}

// RolesOf are the roles of the service accounts that clusters.yaml defines for a release or an add-on.
func RolesOf(c *config.Cluster, owner, namespace string, accounts []config.ServiceAccount) []PodRole {
	roles := make([]PodRole, 0, len(accounts))
	for n, account := range accounts {
		roles = append(roles, PodRole{
			Name:           c.Name + "-" + config.RoleSuffix(owner, n, account),
			ARN:            account.RoleARN,
			Namespace:      namespace,
			ServiceAccount: account.Name,
			PolicyARNs:     account.PolicyARNs,
			Statements:     statements(account.Statements),
		})
	}
	return roles
}

func statements(given []config.Statement) []iam.Statement {
	var all []iam.Statement
	for _, s := range given {
		statement := iam.Statement{Effect: s.Effect, Action: s.Actions, Resource: s.Resources}
		if len(s.Conditions) > 0 {
			statement.Condition = iam.Condition{}
		}
		for operator, keys := range s.Conditions {
			statement.Condition[operator] = map[string]iam.Values{}
			for key, values := range keys {
				statement.Condition[operator][key] = values
			}
		}
		all = append(all, statement)
	}
	return all
}

func (r PodRole) arn(c *config.Cluster) string {
	if r.ARN != "" {
		return r.ARN
	}
	return RoleARN(c, r.Name)
}

// Bind gives the add-on the role in the cluster's way.
func (r PodRole) Bind(c *config.Cluster, addon *eks.Addon) {
	if c.Identity == IRSA {
		addon.ServiceAccountRoleARN = r.arn(c)
		return
	}
	addon.Roles = append(addon.Roles, eks.AddonRole{ServiceAccount: r.ServiceAccount, Role: r.Name, ARN: r.ARN})
}
