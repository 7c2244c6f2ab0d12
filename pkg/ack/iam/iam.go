// Package iam makes ACK objects of AWS IAM (ACK iam-controller, apis/v1alpha1).
package iam

import (
	ackiam "github.com/aws-controllers-k8s/iam-controller/apis/v1alpha1"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/iam"
)

// Group is the API group of the objects.
const Group = "iam.services.k8s.aws"

// Role is what an IAM role is made from.
type Role struct {
	ack.Meta
	// Description says what the role is for.
	Description string
	// Trust says who may assume the role.
	Trust iam.Statement
	// PolicyARNs are managed policies.
	PolicyARNs []string
	// Inline maps the names of inline policies to their statements.
	Inline map[string][]iam.Statement
	// PermissionsBoundaryARN may be empty.
	PermissionsBoundaryARN string
}

// Object makes the role. maxSessionDuration and path are AWS's defaults, written out because ACK would
// write them into the spec otherwise. The error is that of encoding a policy.
func (r Role) Object() (*ackiam.Role, error) {
	trust, err := iam.Policy(r.Trust)
	if err != nil {
		return nil, err
	}
	inline, err := inlinePolicies(r.Inline)
	if err != nil {
		return nil, err
	}
	return &ackiam.Role{TypeMeta: ack.Type(Group, "Role"), ObjectMeta: r.Meta.Object(), Spec: ackiam.RoleSpec{
		AssumeRolePolicyDocument: new(trust),
		Description:              new(r.Description),
		InlinePolicies:           inline,
		MaxSessionDuration:       new(int64(3600)),
		Name:                     new(r.Name),
		Path:                     new("/"),
		PermissionsBoundary:      ack.Optional(r.PermissionsBoundaryARN),
		Policies:                 ack.Pointers(r.PolicyARNs),
		Tags:                     tags(r.Meta),
	}}, nil
}

func inlinePolicies(policies map[string][]iam.Statement) (map[string]*string, error) {
	documents := make(map[string]*string, len(policies))
	for name, statements := range policies {
		document, err := iam.Policy(statements...)
		if err != nil {
			return nil, err
		}
		documents[name] = new(document)
	}
	return documents, nil
}

// OpenIDConnectProvider makes the IAM side of a cluster's OIDC issuer. IAM finds the thumbprint itself.
func OpenIDConnectProvider(m ack.Meta, url string) *ackiam.OpenIDConnectProvider {
	return &ackiam.OpenIDConnectProvider{
		TypeMeta:   ack.Type(Group, "OpenIDConnectProvider"),
		ObjectMeta: m.Object(),
		Spec: ackiam.OpenIDConnectProviderSpec{
			ClientIDs: []*string{new("sts.amazonaws.com")},
			Tags:      tags(m),
			URL:       new(url),
		},
	}
}

func tags(m ack.Meta) []*ackiam.Tag {
	return ack.TagList(m.Tags, func(key, value string) *ackiam.Tag {
		return &ackiam.Tag{Key: new(key), Value: new(value)}
	})
}
