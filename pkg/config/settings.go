package config

// Settings are the fields that may be set on a cluster, on its environment and under defaults.
type Settings struct {
	// AccountID is the AWS account, twelve digits in quotes.
	AccountID string `yaml:"accountID,omitempty"`
	// Region is the AWS region.
	Region string `yaml:"region,omitempty"`
	// Version is the Kubernetes version, such as "1.36". Required: an upgrade is always a line in a diff.
	Version string `yaml:"version,omitempty"`
	// UpgradePolicy is STANDARD or EXTENDED support.
	UpgradePolicy string `yaml:"upgradePolicy,omitempty"`
	// DeletionProtection makes EKS refuse to delete the cluster. Default: the environment's protect.
	DeletionProtection *bool `yaml:"deletionProtection,omitempty"`
	// ZonalShift lets AWS move traffic away from an impaired zone.
	ZonalShift bool `yaml:"zonalShift,omitempty"`
	// ControlPlaneTier is the size of the control plane: standard or a provisioned tier.
	ControlPlaneTier string `yaml:"controlPlaneTier,omitempty"`
	// AuthenticationMode is API or API_AND_CONFIG_MAP.
	AuthenticationMode string `yaml:"authenticationMode,omitempty"`
	// Delivery is hub, where the hub's Flux applies everything, or agent, where a Flux in the cluster applies what runs in it.
	// A cluster that runs goes from one to the other by way of handover, in a commit of its own.
	Delivery string `yaml:"delivery,omitempty"`
	// Adopt is for a cluster that already exists in AWS.
	Adopt Adopt `yaml:"adopt,omitempty"`
	// Endpoint is who may reach the Kubernetes API.
	Endpoint Endpoint `yaml:"endpoint,omitempty"`
	// Logging is what the control plane logs.
	Logging Logging `yaml:"logging,omitempty"`
	// Encryption is the KMS key for Kubernetes Secrets.
	Encryption Encryption `yaml:"encryption,omitempty"`
	// Network is the VPC: a new one, or an existing one.
	Network Network `yaml:"network,omitempty"`
	// Admins are IAM roles or users with AmazonEKSClusterAdminPolicy.
	Admins []string `yaml:"admins,omitempty"`
	// Access has all other principals.
	Access []Access `yaml:"access,omitempty"`
	// Nodes are node classes and node pools.
	Nodes Nodes `yaml:"nodes,omitempty"`
	// Identity is how pods get AWS permissions: podIdentity or irsa.
	Identity string `yaml:"identity,omitempty"`
	// OIDCIssuer is the cluster's issuer URL, once known. With it, irsa roles do not wait for the cluster.
	OIDCIssuer string `yaml:"oidcIssuer,omitempty"`
	// PermissionsBoundaryARN is set on every IAM role that gen creates.
	PermissionsBoundaryARN string `yaml:"permissionsBoundaryARN,omitempty"`
	// DNS is the cluster's domain, its hosted zone and its certificate.
	DNS DNS `yaml:"dns,omitempty"`
	// IngressClasses are settings of the two ingress classes that gen creates, alb and alb-internal.
	IngressClasses IngressClasses `yaml:"ingressClasses,omitempty"`
	// Components enables what runs in the cluster.
	Components Components `yaml:"components,omitempty"`
	// Capabilities are controllers that AWS runs for the cluster: ACK, Argo CD, kro.
	Capabilities []Capability `yaml:"capabilities,omitempty"`
	// Addons are EKS managed add-ons.
	Addons []Addon `yaml:"addons,omitempty"`
	// Releases are further Helm charts.
	Releases []Release `yaml:"releases,omitempty"`
	// Tags are added to everything that can carry tags.
	Tags map[string]string `yaml:"tags,omitempty"`
}

// Endpoint is who may reach the Kubernetes API server.
type Endpoint struct {
	// Public opens the endpoint to PublicCIDRs.
	Public bool `yaml:"public,omitempty"`
	// PublicCIDRs are the ranges that may use the public endpoint.
	PublicCIDRs []string `yaml:"publicCIDRs,omitempty"`
	// Private opens the endpoint inside the VPC.
	Private bool `yaml:"private,omitempty"`
}

// Logging is what the control plane writes to CloudWatch Logs.
type Logging struct {
	// Types are among api, audit, authenticator, controllerManager and scheduler.
	Types []string `yaml:"types,omitempty"`
	// RetentionDays is how long the log group keeps them, one of the values that CloudWatch Logs accepts.
	RetentionDays int `yaml:"retentionDays,omitempty"`
	// KMSKeyARN encrypts the log group. The key policy must allow the CloudWatch Logs service.
	KMSKeyARN string `yaml:"kmsKeyARN,omitempty"`
}

// Encryption is the KMS key for Kubernetes Secrets: an existing one, or a new one.
type Encryption struct {
	// KeyARN is an existing key.
	KeyARN string `yaml:"keyARN,omitempty"`
	// Create creates a key with the alias alias/<cluster>.
	Create bool `yaml:"create,omitempty"`
}

// Network is the cluster's VPC: a new one (CIDR), or an existing one (VPCID).
type Network struct {
	// CIDR is the range of the new VPC, /16 to /21.
	CIDR string `yaml:"cidr,omitempty"`
	// Zones are availability zones. The letter of a zone decides its part of the CIDR, whatever the order; a single
	// NAT gateway is in the first.
	Zones []string `yaml:"zones,omitempty"`
	// NAT is none, single or perZone.
	NAT string `yaml:"nat,omitempty"`
	// SecondaryCIDRs are further ranges of the new VPC, /16 to /25 each. In each of them a zone has a private subnet for
	// pods, which podSubnets: secondary of a node class selects.
	SecondaryCIDRs []string `yaml:"secondaryCIDRs,omitempty"`
	// ControlPlaneSubnets creates small separate subnets for the control plane, in a VPC of /16 to /19. Default: it is in the
	// private ones, with the nodes.
	ControlPlaneSubnets bool `yaml:"controlPlaneSubnets,omitempty"`
	// Endpoints are the AWS services reached inside the VPC, such as s3 or ecr.api.
	Endpoints []string `yaml:"endpoints,omitempty"`
	// IPFamily is the family of the addresses of pods and services: ipv4 or, in an existing VPC with IPv6, ipv6. It is immutable in EKS.
	IPFamily string `yaml:"ipFamily,omitempty"`
	// ServiceCIDR is the range of Kubernetes services; with ipFamily ipv6 EKS chooses one itself.
	ServiceCIDR string `yaml:"serviceCIDR,omitempty"`
	// VPCID is an existing VPC.
	VPCID string `yaml:"vpcID,omitempty"`
	// PrivateSubnetIDs are existing subnets for the control plane and private nodes.
	PrivateSubnetIDs []string `yaml:"privateSubnetIDs,omitempty"`
	// PublicSubnetIDs are existing subnets for load balancers and public nodes.
	PublicSubnetIDs []string `yaml:"publicSubnetIDs,omitempty"`
	// ControlPlaneSubnetIDs are existing subnets for the control plane. Default: PrivateSubnetIDs.
	ControlPlaneSubnetIDs []string `yaml:"controlPlaneSubnetIDs,omitempty"`
	// RemoteNodeNetworks are the ranges of hybrid nodes outside AWS. ACK sets them when it creates the cluster, and never changes them.
	RemoteNodeNetworks []string `yaml:"remoteNodeNetworks,omitempty"`
	// RemotePodNetworks are the ranges of pods on hybrid nodes, if the cluster is to reach these.
	RemotePodNetworks []string `yaml:"remotePodNetworks,omitempty"`
}

// Access is an IAM principal that may use the cluster.
type Access struct {
	// PrincipalARN is an IAM role or user.
	PrincipalARN string `yaml:"principalARN"`
	// Type is the type of the access entry; default STANDARD.
	Type string `yaml:"type,omitempty"`
	// Username is the Kubernetes user name; only with type STANDARD.
	Username string `yaml:"username,omitempty"`
	// KubernetesGroups are the Kubernetes groups; only with type STANDARD.
	KubernetesGroups []string `yaml:"kubernetesGroups,omitempty"`
	// Policies are EKS access policies.
	Policies []AccessPolicy `yaml:"policies,omitempty"`
}

// AccessPolicy is an EKS access policy with its scope.
type AccessPolicy struct {
	// Name is the policy's name, such as AmazonEKSViewPolicy. Either Name or ARN.
	Name string `yaml:"name,omitempty"`
	// ARN is the policy's ARN.
	ARN string `yaml:"arn,omitempty"`
	// Scope is cluster or namespace; default: namespace if there are namespaces.
	Scope string `yaml:"scope,omitempty"`
	// Namespaces are those that the policy is limited to.
	Namespaces []string `yaml:"namespaces,omitempty"`
}

// DNS is the cluster's domain.
type DNS struct {
	// Domain is the parent domain of the cluster's records.
	Domain string `yaml:"domain,omitempty"`
	// Zone is the hosted zone of the domain.
	Zone Zone `yaml:"zone,omitempty"`
	// Certificate creates an ACM certificate for the domain and *.domain.
	Certificate bool `yaml:"certificate,omitempty"`
	// CertificateARN is an existing certificate for the load balancer.
	CertificateARN string `yaml:"certificateARN,omitempty"`
	// ValidationRecord is the CNAME by which ACM validates the domain, once ACM has issued it
	// (kubectl -n <cluster> get certificate <cluster> -o yaml, status.domainValidations).
	ValidationRecord *ValidationRecord `yaml:"validationRecord,omitempty"`
}

// Zone is a Route 53 hosted zone: a new one, or an existing one.
type Zone struct {
	// Create creates the zone.
	Create bool `yaml:"create,omitempty"`
	// ID is an existing zone.
	ID string `yaml:"id,omitempty"`
	// Private is a zone that only VPCs can query. A new one belongs to the VPC that vpcID names.
	Private bool `yaml:"private,omitempty"`
}

// ValidationRecord is a CNAME that ACM requires.
type ValidationRecord struct {
	// Name is the full name of the record.
	Name string `yaml:"name"`
	// Value is what it points to.
	Value string `yaml:"value"`
}
