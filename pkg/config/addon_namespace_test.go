package config

import "testing"

func TestAddonNamespace(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"adot": "opentelemetry-operator-system", "aws-network-flow-monitoring-agent": "amazon-network-flow-monitor",
		"amazon-cloudwatch-observability": "amazon-cloudwatch", "external-dns": "external-dns", "cert-manager": "cert-manager",
		"aws-efs-csi-driver": "kube-system", "metrics-server": "kube-system",
	} {
		if got := addonNamespace(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
