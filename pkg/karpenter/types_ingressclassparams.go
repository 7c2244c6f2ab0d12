package karpenter

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// IngressClassParams holds settings of load balancers in EKS Auto Mode.
// Source: Amazon EKS User Guide, Create an IngressClass.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=ingressclassparams,singular=ingressclassparams,scope=Cluster
type IngressClassParams struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	// +optional
	Spec IngressClassParamsSpec `json:"spec,omitzero"`
}

// IngressClassParamsSpec holds settings of load balancers. Source: Amazon EKS User Guide, Create an IngressClass.
type IngressClassParamsSpec struct {
	// Certificates of the listeners.
	// +optional
	CertificateARNs []string `json:"certificateARNs,omitempty"`
	// The ingress group: one load balancer for all its ingresses.
	// +optional
	Group *IngressGroup `json:"group,omitempty"`
	// Who may connect.
	// +optional
	InboundCIDRs []string `json:"inboundCIDRs,omitempty"`
	// The addresses of the load balancer.
	// +kubebuilder:validation:Enum:={ipv4,dualstack,dualstack-without-public-ipv4}
	// +optional
	IPAddressType string `json:"ipAddressType,omitempty"`
	// Settings of single listeners.
	// +optional
	Listeners []Listener `json:"listeners,omitempty"`
	// Settings of the load balancer.
	// +optional
	LoadBalancerAttributes []Attribute `json:"loadBalancerAttributes,omitempty"`
	// The namespaces that may use the class; all when empty.
	// +optional
	NamespaceSelector *metav1.LabelSelector `json:"namespaceSelector,omitempty"`
	// internal or internet-facing.
	// +kubebuilder:validation:Enum:={internal,internet-facing}
	// +optional
	Scheme string `json:"scheme,omitempty"`
	// The TLS policy.
	// +optional
	SSLPolicy string `json:"sslPolicy,omitempty"`
	// The subnets of the load balancer; by their tags when empty.
	// +optional
	Subnets *SubnetSelector `json:"subnets,omitempty"`
	// AWS tags of the load balancer; the cluster role must allow them.
	// +optional
	Tags []Tag `json:"tags,omitempty"`
}

// IngressGroup names an ingress group. Source: Amazon EKS User Guide, Create an IngressClass.
type IngressGroup struct {
	// The name.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^([a-z0-9][-a-z0-9.]*)?[a-z0-9]$`
	Name string `json:"name"`
}

// Listener holds settings of a listener. Source: Amazon EKS User Guide, Create an IngressClass.
type Listener struct {
	// The settings.
	// +optional
	Attributes []Attribute `json:"attributes,omitempty"`
	// The port.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	Port int32 `json:"port"`
	// HTTP or HTTPS.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:Enum:={HTTP,HTTPS}
	Protocol string `json:"protocol"`
}

// Attribute is a setting of a load balancer or listener. Source: Amazon EKS User Guide, Create an IngressClass.
type Attribute struct {
	// The name in AWS.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=256
	Key string `json:"key"`
	// The value.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=0
	// +kubebuilder:validation:MaxLength=1024
	Value string `json:"value"`
}

// SubnetSelector selects subnets by ID or by tags, not both. Source: Amazon EKS User Guide, Create an IngressClass.
type SubnetSelector struct {
	// The subnets.
	// +kubebuilder:validation:items:Pattern=`^subnet-[0-9a-f]+$`
	// +optional
	IDs []string `json:"ids,omitempty"`
	// Subnets that meet all of these.
	// +optional
	MatchTags []TagSelectorRequirement `json:"matchTags,omitempty"`
}

// TagSelectorRequirement is a tag that a subnet must have. Source: Amazon EKS User Guide, Create an IngressClass.
type TagSelectorRequirement struct {
	// The key.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=128
	Key string `json:"key"`
	// The values, one of which it must have; any when empty.
	// +optional
	Values []string `json:"values,omitempty"`
}

// Tag is an AWS tag. Source: Amazon EKS User Guide, Create an IngressClass.
type Tag struct {
	// The key.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=128
	Key string `json:"key"`
	// The value.
	// +kubebuilder:validation:Required
	// +kubebuilder:validation:MinLength=0
	// +kubebuilder:validation:MaxLength=256
	Value string `json:"value"`
}
