package permissions

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/policy"
)

// The limits of IAM in characters without white space (IAM and AWS STS quotas).
const (
	// MaxManaged is for one managed policy. A role has ten of them at most, unless AWS raises that.
	MaxManaged = 6144
	// MaxInline is for all inline policies of a role together.
	MaxInline = 10240
)

// Input is what the statements are made from.
type Input struct {
	// Partition and Account are where the role is.
	Partition, Account string
	// Clusters are those in the account. Without one, nothing is allowed.
	Clusters []Cluster
	// Kinds are those that the clusters have; none means all.
	Kinds []schema.GroupKind
	// Patched also allows what only fields lead to that gen never writes, but patches may.
	Patched bool
	// Roles are ARNs of roles that clusters hand to EKS, nodes or pods and whose name does not begin with a cluster's.
	Roles []string
	// Keys are ARNs of KMS keys for secrets in other accounts or regions.
	Keys []string
	// Boundaries are ARNs of the permissions boundaries of the roles. With one or more, ACK can make no role without.
	Boundaries []string
	// Protected are ARNs of what must stay out of ACK's reach, whatever clusters are called: the hub itself, the
	// role that ACK assumes, and the provider of the hub.
	Protected []string
}

// A Cluster is an EKS cluster. Its name may be a pattern, such as dev-*, for clusters that are still to come.
type Cluster struct{ Name, Region string }

// A Policy is what ACK may do in one AWS service.
type Policy struct {
	// Service is the prefix of the actions.
	Service    string
	Statements []iam.Statement
	// Wide is set where the clusters were too many to be named, so that it holds for all names and regions.
	Wide bool
}

// Policies returns the policies, by service, each no longer than a managed policy may be: where naming the clusters
// would make it longer, it names none. All together fit into a role's inline policies for a few clusters; beyond that, each
// is for a managed policy. The error is that of encoding a policy.
func Policies(in Input) ([]Policy, error) {
	rows := map[string][]Row{}
	for _, row := range Table() {
		if in.needs(row) {
			service, _, _ := strings.Cut(row.Actions[0], ":")
			rows[service] = append(rows[service], row)
		}
	}
	var policies []Policy
	for _, service := range slices.Sorted(maps.Keys(rows)) {
		p := Policy{Service: service, Statements: in.statements(service, rows[service])}
		size, err := p.Size()
		if err != nil {
			return nil, err
		}
		if size > MaxManaged {
			p = Policy{Service: service, Statements: in.wide().statements(service, rows[service]), Wide: true}
		}
		policies = append(policies, p)
	}
	return policies, nil
}

// Size is what IAM counts of the policy.
func (p Policy) Size() (int, error) {
	text, err := iam.Policy(p.Statements...)
	if err != nil {
		return 0, fmt.Errorf("permissions in %s: %w", p.Service, err)
	}
	return policy.Size(text), nil
}

// needs reports whether a row is for this input. With boundaries, none may be taken off.
func (in Input) needs(row Row) bool {
	kind := schema.GroupKind{Group: row.Group, Kind: row.Kind}
	switch {
	case row.Field != "" && !in.Patched, len(in.Clusters) == 0:
		return false
	case len(in.Boundaries) > 0 && row.Actions[0] == "iam:"+unbinding:
		return false
	}
	return len(in.Kinds) == 0 || slices.Contains(in.Kinds, kind)
}

// wide is the input for any cluster.
func (in Input) wide() Input {
	in.Clusters = []Cluster{{Name: "*", Region: "*"}}
	return in
}
