// Package ec2 makes ACK objects of Amazon EC2 (ACK ec2-controller, apis/v1alpha1).
package ec2

import (
	ec2 "github.com/aws-controllers-k8s/ec2-controller/apis/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/ack"
)

// Group is the API group of the objects.
const Group = "ec2.services.k8s.aws"

func kind(name string) metav1.TypeMeta { return ack.Type(Group, name) }

func tags(m ack.Meta) []*ec2.Tag {
	return ack.TagList(ack.Named(m.Tags, m.Name), func(key, value string) *ec2.Tag {
		return &ec2.Tag{Key: new(key), Value: new(value)}
	})
}

// VPC makes a VPC with the DNS settings that EKS needs
// (Amazon EKS User Guide: View Amazon EKS networking requirements for VPC and subnets).
// The first of its ranges is the one that it is made with (ACK ec2-controller, pkg/resource/vpc/hooks.go).
func VPC(m ack.Meta, cidrs ...string) *ec2.VPC {
	return &ec2.VPC{TypeMeta: kind("VPC"), ObjectMeta: m.Object(), Spec: ec2.VPCSpec{
		CIDRBlocks:         ack.Pointers(cidrs),
		EnableDNSHostnames: new(true),
		EnableDNSSupport:   new(true),
		Tags:               tags(m),
	}}
}

// Subnet is what a subnet is made from.
type Subnet struct {
	ack.Meta
	// VPC and RouteTable are names of ACK objects.
	VPC, RouteTable string
	// Zone is the availability zone, CIDR the range.
	Zone, CIDR string
	// Public gives instances a public address.
	Public bool
}

// Object makes the subnet. The association with the route table is declared here and not on the route
// table (ACK ec2-controller, generator.yaml). What EC2 has a default for is written out: ACK compares it with what EC2 returns,
// and would set it at each reconciliation (ACK ec2-controller, subnet/delta.go).
func (s Subnet) Object() *ec2.Subnet {
	return &ec2.Subnet{TypeMeta: kind("Subnet"), ObjectMeta: s.Meta.Object(), Spec: ec2.SubnetSpec{
		AssignIPv6AddressOnCreation: new(false),
		AvailabilityZone:            new(s.Zone),
		CIDRBlock:                   new(s.CIDR),
		EnableDNS64:                 new(false),

		EnableResourceNameDNSAAAARecord: new(false),
		EnableResourceNameDNSARecord:    new(false),

		HostnameType:        new("ip-name"),
		MapPublicIPOnLaunch: new(s.Public),
		RouteTableRefs:      ack.Refs([]string{s.RouteTable}),
		Tags:                tags(s.Meta),
		VPCRef:              ack.Ref(s.VPC),
	}}
}

// InternetGateway makes an internet gateway attached to a VPC.
func InternetGateway(m ack.Meta, vpc string) *ec2.InternetGateway {
	return &ec2.InternetGateway{TypeMeta: kind("InternetGateway"), ObjectMeta: m.Object(), Spec: ec2.InternetGatewaySpec{
		Tags:   tags(m),
		VPCRef: ack.Ref(vpc),
	}}
}

// ElasticIPAddress makes an address for a NAT gateway.
func ElasticIPAddress(m ack.Meta) *ec2.ElasticIPAddress {
	return &ec2.ElasticIPAddress{TypeMeta: kind("ElasticIPAddress"), ObjectMeta: m.Object(), Spec: ec2.ElasticIPAddressSpec{
		Tags: tags(m),
	}}
}

// NATGateway makes a public NAT gateway in a subnet.
func NATGateway(m ack.Meta, subnet, address string) *ec2.NATGateway {
	return &ec2.NATGateway{TypeMeta: kind("NATGateway"), ObjectMeta: m.Object(), Spec: ec2.NATGatewaySpec{
		AllocationRef:    ack.Ref(address),
		ConnectivityType: new("public"),
		SubnetRef:        ack.Ref(subnet),
		Tags:             tags(m),
	}}
}

// InternetRoute sends everything to an internet gateway.
func InternetRoute(gateway string) *ec2.CreateRouteInput {
	return &ec2.CreateRouteInput{DestinationCIDRBlock: new("0.0.0.0/0"), GatewayRef: ack.Ref(gateway)}
}

// NATRoute sends everything to a NAT gateway.
func NATRoute(gateway string) *ec2.CreateRouteInput {
	return &ec2.CreateRouteInput{DestinationCIDRBlock: new("0.0.0.0/0"), NATGatewayRef: ack.Ref(gateway)}
}

// RouteTable makes a route table. The local route is implicit and must not be listed.
func RouteTable(m ack.Meta, vpc string, routes ...*ec2.CreateRouteInput) *ec2.RouteTable {
	return &ec2.RouteTable{TypeMeta: kind("RouteTable"), ObjectMeta: m.Object(), Spec: ec2.RouteTableSpec{
		Routes: routes,
		Tags:   tags(m),
		VPCRef: ack.Ref(vpc),
	}}
}

// SecurityGroup makes a security group that lets ranges in on one TCP port.
// ACK removes the default egress rule, and an endpoint needs none.
func SecurityGroup(m ack.Meta, vpc, description string, port int64, cidrs ...string) *ec2.SecurityGroup {
	var ranges []*ec2.IPRange
	for _, cidr := range cidrs {
		ranges = append(ranges, &ec2.IPRange{CIDRIP: new(cidr)})
	}
	return &ec2.SecurityGroup{TypeMeta: kind("SecurityGroup"), ObjectMeta: m.Object(), Spec: ec2.SecurityGroupSpec{
		Description: new(description),
		IngressRules: []*ec2.IPPermission{{
			FromPort:   new(port),
			IPProtocol: new("tcp"),
			IPRanges:   ranges,
			ToPort:     new(port),
		}},
		Name:   new(m.Name),
		Tags:   tags(m),
		VPCRef: ack.Ref(vpc),
	}}
}

// GatewayEndpoint makes a gateway endpoint (S3, DynamoDB) in the given route tables.
func GatewayEndpoint(m ack.Meta, vpc, service string, routeTables []string) *ec2.VPCEndpoint {
	return &ec2.VPCEndpoint{TypeMeta: kind("VPCEndpoint"), ObjectMeta: m.Object(), Spec: ec2.VPCEndpointSpec{
		RouteTableRefs:  ack.Refs(routeTables),
		ServiceName:     new(service),
		Tags:            tags(m),
		VPCEndpointType: new("Gateway"),
		VPCRef:          ack.Ref(vpc),
	}}
}

// InterfaceEndpoint makes an interface endpoint with private DNS in the given subnets.
func InterfaceEndpoint(m ack.Meta, vpc, service, securityGroup string, subnets []string) *ec2.VPCEndpoint {
	return &ec2.VPCEndpoint{TypeMeta: kind("VPCEndpoint"), ObjectMeta: m.Object(), Spec: ec2.VPCEndpointSpec{
		IPAddressType:     new("ipv4"),
		PrivateDNSEnabled: new(true),
		SecurityGroupRefs: ack.Refs([]string{securityGroup}),
		ServiceName:       new(service),
		SubnetRefs:        ack.Refs(subnets),
		Tags:              tags(m),
		VPCEndpointType:   new("Interface"),
		VPCRef:            ack.Ref(vpc),
	}}
}
