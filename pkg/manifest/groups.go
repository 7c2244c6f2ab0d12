package manifest

// The API groups of the kinds that gen knows by name.
const (
	// RBACGroup, StorageGroup and IngressGroup are Kubernetes' own.
	RBACGroup    = "rbac.authorization.k8s.io"
	StorageGroup = "storage.k8s.io"
	IngressGroup = "networking.k8s.io"
	// KustomizeGroup, SourceGroup and HelmGroup are Flux's.
	KustomizeGroup = "kustomize.toolkit.fluxcd.io"
	SourceGroup    = "source.toolkit.fluxcd.io"
	HelmGroup      = "helm.toolkit.fluxcd.io"
	// NotificationGroup has what Flux reports, and to whom.
	NotificationGroup = "notification.toolkit.fluxcd.io"
	// ExtensionsGroup is that of Flux's source-watcher.
	ExtensionsGroup = "source.extensions.fluxcd.io"
	// AutoGroup is that of EKS Auto Mode's own kinds, in the cluster.
	AutoGroup      = "eks.amazonaws.com"
	KarpenterGroup = "karpenter.sh"
	// ACKGroup has what all ACK controllers share; each service has a group of its own.
	ACKGroup     = "services.k8s.aws"
	EKSGroup     = "eks.services.k8s.aws"
	EC2Group     = "ec2.services.k8s.aws"
	IAMGroup     = "iam.services.k8s.aws"
	KMSGroup     = "kms.services.k8s.aws"
	Route53Group = "route53.services.k8s.aws"
)
