// Package permissions is the table of the AWS permissions that ACK needs for each kind of object that gen writes: the calls of its
// controllers, as IAM actions, and what else AWS checks while it carries them out.
//
// In: an account, the clusters in it and the kinds that they have. Out: IAM statements for the role that ACK assumes
// there, by service. It knows nothing of clusters.yaml, and of this module it imports the IAM documents alone.
//
// Nothing is here for STS: ACK assumes the role with the identity of the hub, and the role itself assumes nothing.
// FieldExport, which gen writes too, calls nothing.
package permissions

import "slices"

// A Use is what an action is needed for.
type Use string

// The uses. ACK's late initialization reads once more and calls nothing else, so it has none of its own.
const (
	Read   Use = "read"
	Create Use = "create"
	Update Use = "update"
	Delete Use = "delete"
	Tag    Use = "tag"
	// Asked is not a call by ACK: AWS checks the permission while it carries out one of the calls.
	Asked Use = "asked"
)

// A Row is some actions of one service on one scope that a kind needs.
type Row struct {
	// Group and Kind are of the Kubernetes object.
	Group, Kind string
	Use         Use
	// Actions are IAM actions, all of the same service.
	Actions []string
	// Resources are templates of ARNs; see the constants below.
	Resources []string
	// Key is a condition key that must have one of Values; mostly empty. Boundary has its values from the Input.
	Key    string
	Values []string
	// Field is what leads to the call where gen never writes it, so that only a patch of the user's can.
	Field string
	// Source is where it is written: a controller's code, or a document of AWS's.
	Source string
}

// Templates of ARNs. Names are those that gen gives; where AWS gives the name, all of a type in the account remain.
const (
	// Anything stands where an action knows no resources (AWS, Service Authorization Reference).
	Anything = "*"
	// HandedOver and ForeignKeys stand for the roles and keys of the Input, which gen did not name.
	HandedOver  = "${role}"
	ForeignKeys = "${key}"

	inEC2      = "arn:${partition}:ec2:${region}:${account}:*"
	ownRoles   = "arn:${partition}:iam::${account}:role/${cluster}-*"
	keys       = "arn:${partition}:kms:${region}:${account}:key/*"
	zones      = "arn:${partition}:route53:::hostedzone/*"
	ownLogs    = "arn:${partition}:logs:${region}:${account}:log-group:/aws/eks/${cluster}/*"
	ownInsight = "arn:${partition}:logs:${region}:${account}:log-group:/aws/containerinsights/${cluster}/*"
	certs      = "arn:${partition}:acm:${region}:${account}:certificate/*"
	ownAlias   = "arn:${partition}:kms:${region}:${account}:alias/${cluster}"
	ownIssuers = "arn:${partition}:iam::${account}:oidc-provider/oidc.eks.${region}.*"
)

// The condition keys of rows.
const (
	// Boundary is the permissions boundary that a role has, or is to get.
	Boundary = "iam:PermissionsBoundary"
	// PassedTo is the service that a role is passed to.
	PassedTo = "iam:PassedToService"
)

// Table returns all rows, in order of services and kinds.
func Table() []Row {
	return slices.Concat(acmRows(), logsRows(), ec2Rows(), eksRows(), iamRows(), kmsRows(), route53Rows())
}
