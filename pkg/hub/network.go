package hub

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"eks-auto-gitops/pkg/config"
)

// zones are the letters of the hub's subnets in the template. EKS wants two zones (Amazon EKS User Guide: Amazon EKS
// networking requirements for VPC and subnets), and every region has them.
func zones() []string { return []string{"A", "B"} }

// network makes the hub's VPC: in two zones a public subnet for the way out and a private one for nodes and endpoint.
func network() object {
	resources := object{
		"Vpc": resourceOf("AWS::EC2::VPC", object{
			"CidrBlock": ref("VpcCidr"), "EnableDnsHostnames": true, "EnableDnsSupport": true, "Tags": named("hub"),
		}),
		"InternetGateway": resourceOf("AWS::EC2::InternetGateway", object{"Tags": named("hub")}),
		"InternetGatewayAttachment": resourceOf("AWS::EC2::VPCGatewayAttachment", object{
			"InternetGatewayId": ref("InternetGateway"), "VpcId": ref("Vpc"),
		}),
		"PublicRouteTable": resourceOf("AWS::EC2::RouteTable", object{"VpcId": ref("Vpc"), "Tags": named("public")}),
		"PublicRoute": dependent(resourceOf("AWS::EC2::Route", object{
			"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": ref("InternetGateway"), "RouteTableId": ref("PublicRouteTable"),
		}), "InternetGatewayAttachment"),
	}
	for i, zone := range zones() {
		maps.Copy(resources, zoneSubnets(i, zone))
	}
	for name, r := range resources {
		if o, ok := r.(object); ok && o["Condition"] == nil {
			resources[name] = when("OwnVpc", o)
		}
	}
	return resources
}

// zoneSubnets makes the subnets of a zone, and its NAT gateway. Unless each zone has its own, that of the first serves all.
func zoneSubnets(i int, zone string) object {
	own := "OwnVpc"
	nat := any(ref("NatGatewayA"))
	if i > 0 {
		own = "NatPerZone"
		nat = either("NatPerZone", ref("NatGateway"+zone), nat)
	}
	return object{
		"PublicSubnet" + zone:  subnet(2*i, i, "public", "kubernetes.io/role/elb"),
		"PrivateSubnet" + zone: subnet(2*i+1, i, "private", "kubernetes.io/role/internal-elb"),
		"PublicRouteTableAssociation" + zone: resourceOf("AWS::EC2::SubnetRouteTableAssociation", object{
			"RouteTableId": ref("PublicRouteTable"), "SubnetId": ref("PublicSubnet" + zone),
		}),
		"PrivateRouteTable" + zone: resourceOf("AWS::EC2::RouteTable", object{"VpcId": ref("Vpc"), "Tags": named("private")}),
		"PrivateRouteTableAssociation" + zone: resourceOf("AWS::EC2::SubnetRouteTableAssociation", object{
			"RouteTableId": ref("PrivateRouteTable" + zone), "SubnetId": ref("PrivateSubnet" + zone),
		}),
		"PrivateRoute" + zone: resourceOf("AWS::EC2::Route", object{
			"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": nat, "RouteTableId": ref("PrivateRouteTable" + zone),
		}),
		"NatAddress" + zone: when(own, dependent(
			resourceOf("AWS::EC2::EIP", object{"Domain": "vpc", "Tags": named("nat")}), "InternetGatewayAttachment")),
		"NatGateway" + zone: when(own, resourceOf("AWS::EC2::NatGateway", object{
			"AllocationId": getAtt("NatAddress"+zone, "AllocationId"), "SubnetId": ref("PublicSubnet" + zone), "Tags": named("nat"),
		})),
	}
}

// subnet makes a quarter of the VPC; nth counts the quarters, zone the zones.
func subnet(nth, zone int, name, tag string) object {
	first := object{"Fn::Select": list{int64(zone), either("ZonesGiven", ref("Zones"), object{"Fn::GetAZs": ""})}}
	quarters := object{"Fn::Cidr": list{ref("VpcCidr"), int64(2 * len(zones())), ref("SubnetBits")}}
	return resourceOf("AWS::EC2::Subnet", object{
		"AvailabilityZone": first,
		"CidrBlock":        object{"Fn::Select": list{int64(nth), quarters}},
		"VpcId":            ref("Vpc"),
		"Tags":             append(named(name), object{"Key": tag, "Value": "1"}),
	})
}

func dependent(resource object, on string) object {
	resource["DependsOn"] = on
	return resource
}

func named(name string) list {
	return list{object{"Key": "Name", "Value": sub("${ClusterName}-" + name)}}
}

// vpcRange is a range for the hub's VPC that no cluster of the fleet has, so that they can be connected.
func vpcRange(f *config.Fleet) string {
	for i := 255; i > 0; i-- {
		candidate := netip.MustParsePrefix(fmt.Sprintf("10.%d.0.0/20", i))
		free := true
		for _, c := range f.Clusters {
			free = free && !slices.ContainsFunc(c.Network.Ranges(), candidate.Overlaps)
		}
		if free {
			return candidate.String()
		}
	}
	return "10.255.0.0/20"
}
