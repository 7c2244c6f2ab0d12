package component

import (
	"fmt"

	ackiam "eks-auto-gitops/pkg/ack/iam"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
)

// ServiceRoleInput is what the role of an AWS service is made from.
type ServiceRoleInput struct {
	// Name is the role's name, Description what it is for.
	Name, Description string
	// Trust says which service it is for.
	Trust iam.Statement
	// PolicyARNs are managed policies, Statements further permissions.
	PolicyARNs []string
	Statements []config.Statement
}

// ServiceRole makes the role of an AWS service, which waits for nothing.
func ServiceRole(c *config.Cluster, in ServiceRoleInput) (Delivery, error) {
	role := ackiam.Role{
		Meta: Meta(c, in.Name), Description: in.Description, PermissionsBoundaryARN: c.PermissionsBoundaryARN, PolicyARNs: in.PolicyARNs, Trust: in.Trust,
	}
	if len(in.Statements) > 0 {
		role.Inline = map[string][]iam.Statement{in.Name: statements(in.Statements)}
	}
	object, err := role.Object()
	if err != nil {
		return Delivery{}, fmt.Errorf("role %s: %w", in.Name, err)
	}
	return At(Foundation, object), nil
}
