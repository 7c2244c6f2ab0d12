package charts

// An AddonAccount is a service account of an EKS add-on that calls AWS.
type AddonAccount struct{ Addon, Namespace, Name string }

// AddonAccounts are the service accounts of add-ons that AWS and the community publish, as aws eks describe-addon-configuration and
// the Amazon EKS User Guide, "AWS add-ons", name them.
func AddonAccounts() []AddonAccount {
	return []AddonAccount{
		{"adot", "opentelemetry-operator-system", "adot-col-prom-metrics"},
		{"adot", "opentelemetry-operator-system", "adot-col-otlp-ingest"},
		{"adot", "opentelemetry-operator-system", "adot-col-container-logs"},
		{"amazon-cloudwatch-observability", "amazon-cloudwatch", "cloudwatch-agent"},
		{"aws-ebs-csi-driver", "kube-system", "ebs-csi-controller-sa"},
		{"aws-efs-csi-driver", "kube-system", "efs-csi-controller-sa"},
		{"aws-efs-csi-driver", "kube-system", "efs-csi-node-sa"},
		{"aws-fsx-csi-driver", "kube-system", "fsx-csi-controller-sa"},
		{"aws-mountpoint-s3-csi-driver", "kube-system", "s3-csi-driver-sa"},
		{"aws-network-flow-monitoring-agent", "amazon-network-flow-monitor", "aws-network-flow-monitor-agent-service-account"},
		{"external-dns", "external-dns", "external-dns"},
		{"vpc-cni", "kube-system", "aws-node"},
	}
}
