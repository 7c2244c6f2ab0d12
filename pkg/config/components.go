package config

// ExternalDNS is the component external-dns.
type ExternalDNS struct {
	Chart `yaml:",inline"`
	// Policy is sync, upsert-only or create-only.
	Policy string `yaml:"policy,omitempty"`
}

// CloudWatch is the component cloudwatch.
type CloudWatch struct {
	Chart `yaml:",inline"`
	// Via is helm or addon. With addon, Version is the add-on's version.
	Via string `yaml:"via,omitempty"`
	// ApplicationSignals instruments Java, Python, Node.js and .NET applications in all pods, which changes and restarts them.
	// Default: off, a pod opts in with an annotation.
	ApplicationSignals bool `yaml:"applicationSignals,omitempty"`
	// ContainerLogs is how long the logs of containers and nodes, and the events of Container Insights, are kept.
	ContainerLogs ContainerLogs `yaml:"containerLogs,omitempty"`
}

// ContainerLogs are the log groups /aws/containerinsights/<cluster>/….
type ContainerLogs struct {
	// RetentionDays is one of the values that CloudWatch Logs accepts. Without it the agent creates the groups, which keep everything.
	RetentionDays int `yaml:"retentionDays,omitempty"`
}

// The ways to install cloudwatch.
const (
	ViaHelm  = "helm"
	ViaAddon = "addon"
)

// Podinfo is the component podinfo.
type Podinfo struct {
	Chart `yaml:",inline"`
	// Replicas is the number of pods.
	Replicas int `yaml:"replicas,omitempty"`
	// Ingress puts podinfo behind an application load balancer.
	Ingress *Ingress `yaml:"ingress,omitempty"`
}

// Ingress is an application load balancer for one host.
type Ingress struct {
	// Host is the host name; with external-dns it must be in the cluster's domain.
	Host string `yaml:"host"`
	// Scheme is internal or internet-facing.
	Scheme string `yaml:"scheme,omitempty"`
}

// Addon is an EKS managed add-on.
type Addon struct {
	// Name is the add-on's name.
	Name string `yaml:"name"`
	// State is active, or retiring before the add-on is removed from the file.
	State string `yaml:"state,omitempty"`
	// Version is the exact version. Required: an upgrade is always a line in a diff.
	Version string `yaml:"version"`
	// Values are its configuration values.
	Values map[string]any `yaml:"values,omitempty"`
	// Namespace is where the add-on runs. Default: the one that EKS uses for add-ons that gen knows, else kube-system.
	Namespace string `yaml:"namespace,omitempty"`
	// ServiceAccounts have the AWS permissions of the add-on.
	ServiceAccounts []ServiceAccount `yaml:"serviceAccounts,omitempty"`
}

// ServiceAccount is a Kubernetes service account with AWS permissions.
type ServiceAccount struct {
	// Name is the name of the service account.
	Name string `yaml:"name"`
	// RoleARN is an existing IAM role of the cluster's account. Default: a new one.
	RoleARN string `yaml:"roleARN,omitempty"`
	// PolicyARNs are managed policies.
	PolicyARNs []string `yaml:"policyARNs,omitempty"`
	// Statements are further permissions.
	Statements []Statement `yaml:"statements,omitempty"`
}

// Statement is a statement of an IAM policy.
type Statement struct {
	// Effect is Allow or Deny; default Allow.
	Effect string `yaml:"effect,omitempty"`
	// Actions are IAM actions such as s3:GetObject.
	Actions []string `yaml:"actions"`
	// Resources are ARNs.
	Resources []string `yaml:"resources"`
	// Conditions map an operator to keys and their values.
	Conditions map[string]map[string][]string `yaml:"conditions,omitempty"`
}
