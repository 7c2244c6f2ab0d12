package nodes

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// policyController switches on the controller that applies network policies. Auto Mode leaves it off, and pods on nodes with DefaultDeny
// then have no traffic, whatever the policies say (Amazon EKS User Guide, Use Network Policies with EKS Auto Mode).
func policyController(c *config.Cluster) []resource.Object {
	if !slices.ContainsFunc(c.Nodes.Classes, func(n config.NodeClass) bool { return n.NetworkPolicy == "DefaultDeny" }) {
		return nil
	}
	return []resource.Object{&corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: "amazon-vpc-cni", Namespace: "kube-system"},
		Data:       map[string]string{"enable-network-policy-controller": "true"},
	}}
}
