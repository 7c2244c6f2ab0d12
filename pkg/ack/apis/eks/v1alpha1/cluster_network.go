package v1alpha1

import ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"

// VPCConfigRequest is where the control plane is and who reaches it. Source: ACK eks-controller v1.20.0, CRD clusters.
type VPCConfigRequest struct {
	// Whether the API server answers inside the VPC.
	EndpointPrivateAccess *bool `json:"endpointPrivateAccess,omitempty"`
	// Whether the API server answers from the internet.
	EndpointPublicAccess *bool `json:"endpointPublicAccess,omitempty"`
	// Who may use the public endpoint.
	PublicAccessCIDRs []*string `json:"publicAccessCIDRs,omitempty"`
	// More security groups by ID; leave empty when SecurityGroupRefs is set.
	SecurityGroupIDs []*string `json:"securityGroupIDs,omitempty"`
	// More security groups by their ec2.services.k8s.aws SecurityGroup.
	SecurityGroupRefs []*ackv1alpha1.AWSResourceReferenceWrapper `json:"securityGroupRefs,omitempty"`
	// Subnets in at least two zones by ID; leave empty when SubnetRefs is set.
	SubnetIDs []*string `json:"subnetIDs,omitempty"`
	// Subnets in at least two zones by their ec2.services.k8s.aws Subnet.
	SubnetRefs []*ackv1alpha1.AWSResourceReferenceWrapper `json:"subnetRefs,omitempty"`
}

// KubernetesNetworkConfigRequest is the network inside the cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type KubernetesNetworkConfigRequest struct {
	// Auto Mode load balancing.
	ElasticLoadBalancing *ElasticLoadBalancing `json:"elasticLoadBalancing,omitempty"`
	// The family of pod and service addresses: ipv4 or ipv6.
	IPFamily *string `json:"ipFamily,omitempty"`
	// The addresses of services.
	ServiceIPv4CIDR *string `json:"serviceIPv4CIDR,omitempty"`
}

// ElasticLoadBalancing switches Auto Mode load balancers. Source: ACK eks-controller v1.20.0, CRD clusters.
type ElasticLoadBalancing struct {
	// Whether Auto Mode makes load balancers.
	Enabled *bool `json:"enabled,omitempty"`
}

// RemoteNetworkConfigRequest is the network of hybrid nodes. Source: ACK eks-controller v1.20.0, CRD clusters.
type RemoteNetworkConfigRequest struct {
	// Networks of the nodes.
	RemoteNodeNetworks []*RemoteNodeNetwork `json:"remoteNodeNetworks,omitempty"`
	// Networks of their pods.
	RemotePodNetworks []*RemotePodNetwork `json:"remotePodNetworks,omitempty"`
}

// RemoteNodeNetwork is a network of hybrid nodes. Source: ACK eks-controller v1.20.0, CRD clusters.
type RemoteNodeNetwork struct {
	// The addresses.
	CIDRs []*string `json:"cidrs,omitempty"`
}

// RemotePodNetwork is a network of pods on hybrid nodes. Source: ACK eks-controller v1.20.0, CRD clusters.
type RemotePodNetwork struct {
	// The addresses.
	CIDRs []*string `json:"cidrs,omitempty"`
}
