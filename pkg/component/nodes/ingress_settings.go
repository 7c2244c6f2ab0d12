package nodes

import (
	"cmp"
	"maps"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
)

// defaultClass is the annotation of the class of ingresses that name none (Kubernetes, Ingress, default ingress class).
func defaultClass(class config.IngressClass) map[string]string {
	if !class.Default {
		return nil
	}
	return map[string]string{networkingv1.AnnotationIsDefaultIngressClass: "true"}
}

// classSettings are what clusters.yaml says of a class. In an IPv6 cluster pods have no IPv4 address that a load balancer could
// send to, so it needs both (Amazon EKS User Guide: Route application and HTTP traffic with Application Load Balancers).
func classSettings(c *config.Cluster, class config.IngressClass) karpenter.IngressClassParamsSpec {
	spec := karpenter.IngressClassParamsSpec{
		CertificateARNs:        class.CertificateARNs,
		InboundCIDRs:           class.InboundCIDRs,
		IPAddressType:          class.IPAddressType,
		LoadBalancerAttributes: attributes(class.LoadBalancerAttributes),
		SSLPolicy:              class.SSLPolicy,
	}
	if c.Network.IPFamily == config.IPv6 {
		spec.IPAddressType = cmp.Or(class.IPAddressType, "dualstack")
	}
	if class.Group != "" {
		spec.Group = &karpenter.IngressGroup{Name: class.Group}
	}
	if len(class.NamespaceLabels) > 0 {
		spec.NamespaceSelector = &metav1.LabelSelector{MatchLabels: class.NamespaceLabels}
	}
	for _, l := range class.Listeners {
		spec.Listeners = append(spec.Listeners, karpenter.Listener{Attributes: attributes(l.Attributes), Port: int32(l.Port), Protocol: l.Protocol}) //nolint:gosec // a port, checked
	}
	return spec
}

// attributes are sorted, so that the order in clusters.yaml changes nothing.
func attributes(from map[string]string) []karpenter.Attribute {
	var list []karpenter.Attribute
	for _, key := range slices.Sorted(maps.Keys(from)) {
		list = append(list, karpenter.Attribute{Key: key, Value: from[key]})
	}
	return list
}
