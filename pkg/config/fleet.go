// Package config is clusters.yaml: its types, and everything between its bytes and values that
// the components can trust.
//
// In: the bytes of clusters.yaml. Out: a Fleet whose clusters have every field resolved
// (defaults, then the environment, then the cluster), or every problem with its location.
// It imports only pkg/diag and pkg/resource.
package config

// Fleet is the whole of clusters.yaml.
type Fleet struct {
	// APIVersion is gen/v1alpha1.
	APIVersion string `yaml:"apiVersion"`
	// Kind is Fleet.
	Kind string `yaml:"kind"`
	// Metadata names the fleet.
	Metadata Metadata `yaml:"metadata"`
	// Repository is where Flux finds this tree.
	Repository Repository `yaml:"repository"`
	// Hub is the cluster that runs Flux and the ACK controllers.
	Hub Hub `yaml:"hub,omitempty"`
	// Flux says which Flux the hub runs.
	Flux Flux `yaml:"flux,omitempty"`
	// Defaults holds cluster fields for every cluster; an environment and a cluster may override them.
	Defaults Settings `yaml:"defaults,omitempty"`
	// Environments are the branches and AWS accounts that clusters belong to.
	Environments []Environment `yaml:"environments"`
	// Clusters are the EKS clusters. Their order has no meaning.
	Clusters []Cluster `yaml:"clusters"`
}

// Metadata names the fleet.
type Metadata struct {
	// Name is the product: the tag Product of everything that gen creates. A DNS label.
	Name string `yaml:"name"`
}

// Repository is the Git repository that holds this tree.
type Repository struct {
	// URL is an https:// or ssh:// address, as in Flux's GitRepository.
	URL string `yaml:"url"`
	// SecretRef names the Secret with the credentials, in each environment's namespace on the hub.
	SecretRef *SecretRef `yaml:"secretRef,omitempty"`
	// Provider is Flux's Git provider: generic, aws, azure or github.
	Provider string `yaml:"provider,omitempty"`
}

// SecretRef names a Secret on the hub. gen never creates the Secret itself.
type SecretRef struct {
	// Name is the name of the Secret.
	Name string `yaml:"name"`
}

// Hub is the cluster that runs Flux and the ACK controllers.
type Hub struct {
	// AccountID is the AWS account of the hub, twelve digits in quotes.
	AccountID string `yaml:"accountID,omitempty"`
	// Region is the AWS region of the hub. Default: that of OIDCIssuer, else the first environment's.
	Region string `yaml:"region,omitempty"`
	// Cluster is the hub's EKS cluster. Default: <fleet>-hub.
	Cluster string `yaml:"cluster,omitempty"`
	// OIDCIssuer is the URL of the hub's OpenID Connect issuer, which each cluster's account trusts for the role
	// that Flux on the hub assumes there.
	OIDCIssuer string `yaml:"oidcIssuer,omitempty"`
	// Branch is the protected Git branch that delivers the hub itself; default main.
	Branch string `yaml:"branch,omitempty"`
	// ACK is how ACK finds the role of an AWS account: selectors (IAMRoleSelector) or accountMap.
	ACK string `yaml:"ack,omitempty"`
}

// The ways in which ACK finds the role of an AWS account. Its controllers start with one of them only
// (ACK runtime, pkg/config: EnableCARM and the feature gate IAMRoleSelector exclude each other).
const (
	ACKSelectors  = "selectors"
	ACKAccountMap = "accountMap"
)

// Flux says which Flux the hub runs.
type Flux struct {
	// Version is the minor version, such as "2.9". Without it, only fields that Flux 2.7 supports are written, except
	// for the artifact generator, which needs 2.9.
	Version string `yaml:"version,omitempty"`
	// Artifacts says whether each cluster is delivered from its own artifact, so that a push reconciles only the clusters whose
	// files it changes. Default: true, but false with a version before 2.9.
	Artifacts *bool `yaml:"artifacts,omitempty"`
}

// Environment is a branch with the clusters that follow it.
type Environment struct {
	// Name is a DNS label; folders and the label "environment" carry it.
	Name string `yaml:"name"`
	// Branch is the Git branch that delivers the environment.
	Branch string `yaml:"branch"`
	// Protect protects every cluster of the environment from deletion.
	Protect bool `yaml:"protect,omitempty"`
	// ACKRoleARN is the IAM role that ACK assumes in the environment's account; in the account of a cluster that
	// has its own, the role of the same name. Default: role/<fleet>-ack.
	ACKRoleARN string `yaml:"ackRoleARN,omitempty"`
	// NamePrefix is the prefix of the names of the environment's clusters; no other environment may use it.
	NamePrefix string `yaml:"namePrefix,omitempty"`
	// CIDRPool is the range that the VPC ranges of the environment must lie in.
	CIDRPool string `yaml:"cidrPool,omitempty"`
	// Notifications say where Flux reports what becomes of the environment's commits.
	Notifications []Notification `yaml:"notifications,omitempty"`

	Settings `yaml:",inline"`
}

// Cluster is one EKS Auto Mode cluster.
type Cluster struct {
	// Name is the EKS cluster name, its namespace on the hub and the prefix of IAM names. A DNS label.
	Name string `yaml:"name"`
	// Environment is the name of the environment it belongs to.
	Environment string `yaml:"environment"`
	// State is active, or retiring before the cluster is removed from the file.
	State string `yaml:"state,omitempty"`

	Settings `yaml:",inline"`

	// Fleet and Env are what the cluster belongs to, Line and Column where its name is written; Load sets them.
	Fleet  *Fleet       `yaml:"-" jsonschema:"-"`
	Env    *Environment `yaml:"-" jsonschema:"-"`
	Line   int          `yaml:"-" jsonschema:"-"`
	Column int          `yaml:"-" jsonschema:"-"`
}

// The states of a cluster, and of a component, an add-on or a release.
const (
	StateActive   = "active"
	StateRetiring = "retiring"
)
