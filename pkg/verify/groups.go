package verify

const sourceGroup = "source.toolkit.fluxcd.io"

const rbacGroup = "rbac.authorization.k8s.io"

// The API groups of the kinds that checks look for by name.
const (
	eksGroup       = "eks.services.k8s.aws"
	ec2Group       = "ec2.services.k8s.aws"
	iamGroup       = "iam.services.k8s.aws"
	autoGroup      = "eks.amazonaws.com"
	karpenterGroup = "karpenter.sh"
	helmGroup      = "helm.toolkit.fluxcd.io"
	storageGroup   = "storage.k8s.io"
	ingressGroup   = "networking.k8s.io"
	ackGroup       = "services.k8s.aws"
)
