package config

// IngressClasses are the classes of Application Load Balancers that a cluster has: one for the internet, one inside the VPC.
type IngressClasses struct {
	// ALB is the class alb, for load balancers on the internet.
	ALB IngressClass `yaml:"alb,omitempty"`
	// ALBInternal is the class alb-internal, for load balancers inside the VPC.
	ALBInternal IngressClass `yaml:"alb-internal,omitempty"`
}

// IngressClass has the settings of all load balancers of a class.
type IngressClass struct {
	// Default makes it the default IngressClass.
	Default bool `yaml:"default,omitempty"`
	// Group is a name under which all ingresses of the class share one load balancer.
	Group string `yaml:"group,omitempty"`
	// InboundCIDRs are the ranges that may connect. Default: everywhere.
	InboundCIDRs []string `yaml:"inboundCIDRs,omitempty"`
	// CertificateARNs are certificates of the listeners. Default: dns.certificateARN.
	CertificateARNs []string `yaml:"certificateARNs,omitempty"`
	// SSLPolicy is the TLS policy of HTTPS listeners, such as ELBSecurityPolicy-TLS13-1-2-2021-06.
	SSLPolicy string `yaml:"sslPolicy,omitempty"`
	// IPAddressType is ipv4, dualstack or dualstack-without-public-ipv4. Default: dualstack with ipFamily ipv6.
	IPAddressType string `yaml:"ipAddressType,omitempty"`
	// LoadBalancerAttributes are settings by their names in AWS, such as access_logs.s3.enabled.
	LoadBalancerAttributes map[string]string `yaml:"loadBalancerAttributes,omitempty"`
	// Listeners are the settings of individual listeners.
	Listeners []Listener `yaml:"listeners,omitempty"`
	// NamespaceLabels are the labels of the namespaces that may use the class. Default: all may.
	NamespaceLabels map[string]string `yaml:"namespaceLabels,omitempty"`
}

// Listener has the settings of one listener on all load balancers of a class.
type Listener struct {
	// Port is the port of the listener.
	Port int `yaml:"port"`
	// Protocol is HTTP or HTTPS.
	Protocol string `yaml:"protocol"`
	// Attributes are settings by their names in AWS, such as routing.http.response.server.enabled.
	Attributes map[string]string `yaml:"attributes"`
}

// Of is the class for a scheme.
func (i IngressClasses) Of(scheme string) IngressClass {
	if scheme == SchemeInternal {
		return i.ALBInternal
	}
	return i.ALB
}
