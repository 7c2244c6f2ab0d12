package config

import (
	"fmt"
	"net/netip"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"eks-auto-gitops/pkg/diag"
)

// checkIngressClasses follows the CRD ingressclassparams.eks.amazonaws.com and the EKS User Guide, "Create an IngressClass to
// configure an Application Load Balancer".
func checkIngressClasses(c clusterScope) {
	if c.IngressClasses.ALB.Default && c.IngressClasses.ALBInternal.Default {
		c.fail(c.at("ingressClasses", "alb-internal", "default"), "a second class is the default", "Kubernetes refuses an ingress without a class then; choose one of the two")
	}
	for _, name := range []string{"alb", "alb-internal"} {
		if c.has("ingressClasses", name) {
			scheme := map[string]string{"alb": SchemeInternetFacing, "alb-internal": SchemeInternal}[name]
			c.ingressClass(c.sub("ingressClasses", name), c.IngressClasses.Of(scheme), scheme)
		}
	}
}

func (c clusterScope) ingressClass(s scope, class IngressClass, scheme string) {
	if class.Group != "" && !s.matches(`^([a-z0-9][-a-z0-9.]{0,61})?[a-z0-9]$`, class.Group) {
		s.fail(s.at("group"), fmt.Sprintf("%q is not the name of a group", class.Group), "use a to z, 0 to 9, dashes and dots, at most 63, with a letter or digit at both ends")
	}
	for i, text := range class.InboundCIDRs {
		if prefix, err := netip.ParsePrefix(text); err != nil || prefix.Masked() != prefix {
			s.fail(s.at("inboundCIDRs", i), fmt.Sprintf("%q is not an IP range", text), "write it as 203.0.113.0/24, from its first address")
		}
	}
	s.distinct(class.InboundCIDRs, "inboundCIDRs")
	for i, arn := range class.CertificateARNs {
		c.certificateARN(s.at("certificateARNs", i), arn)
	}
	if class.SSLPolicy != "" && !s.matches(`^ELBSecurityPolicy-[A-Za-z0-9-]+$`, class.SSLPolicy) {
		s.fail(s.at("sslPolicy"), fmt.Sprintf("%q is not a TLS policy of load balancers", class.SSLPolicy), "write one such as ELBSecurityPolicy-TLS13-1-2-2021-06")
	}
	s.oneOf(s.at("ipAddressType"), class.IPAddressType, "a type of addresses", []string{"ipv4", "dualstack", "dualstack-without-public-ipv4"})
	switch {
	case !strings.HasPrefix(class.IPAddressType, "dualstack"):
	case c.Network.CIDR != "":
		s.fail(s.at("ipAddressType"), "the subnets that gen makes have no IPv6 addresses", "write ipv4, or use an existing VPC that has them")
	case class.IPAddressType == "dualstack-without-public-ipv4" && scheme == SchemeInternal:
		s.fail(s.at("ipAddressType"), "a load balancer inside the VPC has no public address anyway", "write dualstack")
	}
	s.attributes("loadBalancerAttributes", class.LoadBalancerAttributes, balancerAttributes())
	s.listeners(class.Listeners)
	for _, key := range sortedKeys(class.NamespaceLabels) {
		if len(validation.IsQualifiedName(key)) > 0 || len(validation.IsValidLabelValue(class.NamespaceLabels[key])) > 0 {
			s.fail(s.keyAt("namespaceLabels", key), fmt.Sprintf("%q: %q is not a label", key, class.NamespaceLabels[key]), labelValueHint())
		}
	}
}

func (s scope) listeners(listeners []Listener) {
	ports := map[int]int{}
	for i, l := range listeners {
		ls := s.sub("listeners", i)
		if l.Port < 1 || l.Port > 65535 {
			ls.fail(ls.at("port"), fmt.Sprintf("%d is not a port", l.Port), "write 1 to 65535")
		}
		ls.oneOf(ls.at("protocol"), l.Protocol, "a protocol of listeners", []string{"HTTP", "HTTPS"})
		if first, twice := ports[l.Port]; twice {
			ls.fail(ls.at("port"), fmt.Sprintf("a second listener on port %d", l.Port), fmt.Sprintf("the first is on line %d; join the two", first))
		}
		ports[l.Port] = ls.at("port").line
		ls.attributes("attributes", l.Attributes, nil)
	}
}

// attributes of a load balancer are AWS's, and new ones come: an unknown one is a fault only where a known one is near.
func (s scope) attributes(field string, attributes map[string]string, known []string) {
	if len(attributes) > 50 {
		s.fail(s.at(field), fmt.Sprintf("%d attributes", len(attributes)), "load balancers have fewer")
	}
	for _, key := range sortedKeys(attributes) {
		if near := diag.Nearest(key, known); near != "" && near != key {
			s.warn(s.keyAt(field, key), fmt.Sprintf("%q is an attribute that gen does not know", key), fmt.Sprintf("did you mean %q?", near))
		}
		if len(key) > 256 || len(attributes[key]) > 1024 {
			s.fail(s.at(field, key), "is longer than AWS takes", "256 characters for the name, 1024 for the value")
		}
	}
}

// balancerAttributes are the attributes of Application Load Balancers (Elastic Load Balancing API Reference,
// LoadBalancerAttribute).
func balancerAttributes() []string {
	return []string{
		"access_logs.s3.bucket", "access_logs.s3.enabled", "access_logs.s3.prefix", "client_keep_alive.seconds", "connection_logs.s3.bucket",
		"connection_logs.s3.enabled", "connection_logs.s3.prefix", "deletion_protection.enabled", "idle_timeout.timeout_seconds",
		"ipv6.deny_all_igw_traffic", "load_balancing.cross_zone.enabled", "routing.http.desync_mitigation_mode",
		"routing.http.drop_invalid_header_fields.enabled", "routing.http.preserve_host_header.enabled",
		"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "routing.http.xff_client_port.enabled",
		"routing.http.xff_header_processing.mode", "routing.http2.enabled", "waf.fail_open.enabled", "zonal_shift.config.enabled",
	}
}
