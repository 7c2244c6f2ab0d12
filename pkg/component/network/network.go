// Package network creates the cluster's VPC and everything in it, unless the cluster uses an existing one.
package network

import (
	"fmt"
	"net/netip"
	"strings"

	"eks-auto-gitops/pkg/ack/ec2"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component network.
var Component = component.Component{
	Name: "network",
	AWS:  aws,
}

// aws makes the private side only when the NAT gateways are there, in a stage of its own: what is applied with a gateway and waits
// for it is tried again at doubling intervals, and so is looked at again up to twice as late (workqueue, ItemExponentialFailureRateLimiter).
// A VPC without NAT has the same stages, so that nothing moves from one to the other when clusters.yaml changes.
func aws(c *config.Cluster) ([]component.Delivery, error) {
	public, err := collect(c, vpc, publicSubnets, natGateways, podSubnets)
	if err != nil {
		return nil, err
	}
	private, err := collect(c, privateSubnets, controlPlaneSubnets, endpoints)
	if err != nil {
		return nil, err
	}
	return []component.Delivery{component.At(component.Network, public...), component.At(component.Foundation, private...)}, nil
}

func collect(c *config.Cluster, makers ...func(*config.Cluster) ([]resource.Object, error)) ([]resource.Object, error) {
	var objects []resource.Object
	for _, make := range makers {
		more, err := make(c)
		if err != nil {
			return nil, err
		}
		objects = append(objects, more...)
	}
	return objects, nil
}

func vpc(c *config.Cluster) ([]resource.Object, error) {
	return []resource.Object{
		ec2.VPC(component.Kept(c, c.Name), ranges(c)...),
		ec2.InternetGateway(component.Meta(c, c.Name), c.Name),
	}, nil
}

// publicSubnets makes one route table to the internet and a subnet in each zone, for load balancers and
// NAT gateways.
func publicSubnets(c *config.Cluster) ([]resource.Object, error) {
	routeTable := c.Name + "-public"
	objects := []resource.Object{
		ec2.RouteTable(component.Meta(c, routeTable), c.Name, ec2.InternetRoute(c.Name)),
	}
	for _, zone := range component.Zones(c) {
		_, cidr, err := cidrs(c, zone)
		if err != nil {
			return nil, err
		}
		subnet := ec2.Subnet{
			Meta: component.Meta(c, component.PublicSubnet(c, zone)), VPC: c.Name, RouteTable: routeTable,
			Zone: zone, CIDR: cidr.String(), Public: true,
		}
		subnet.Tags["kubernetes.io/role/elb"] = "1"
		objects = append(objects, subnet.Object())
	}
	return objects, nil
}

// privateSubnets makes a subnet and a route table in each zone, for nodes and the control plane. A table
// for each zone lets zones have gateways of their own later without touching the subnets.
func privateSubnets(c *config.Cluster) ([]resource.Object, error) {
	var objects []resource.Object
	for _, zone := range component.Zones(c) {
		cidr, _, err := cidrs(c, zone)
		if err != nil {
			return nil, err
		}
		name := component.PrivateSubnet(c, zone)
		subnet := ec2.Subnet{
			Meta: component.Meta(c, name), VPC: c.Name, RouteTable: name, Zone: zone, CIDR: cidr.String(),
		}
		subnet.Tags["kubernetes.io/role/internal-elb"] = "1"
		routeTable := ec2.RouteTable(component.Meta(c, name), c.Name)
		if gateway := natGateway(c, zone); gateway != "" {
			routeTable = ec2.RouteTable(component.Meta(c, name), c.Name, ec2.NATRoute(gateway))
		}
		objects = append(objects, routeTable, subnet.Object())
	}
	return objects, nil
}

// natGateways makes the gateways, each with its address in the public subnet of its zone.
func natGateways(c *config.Cluster) ([]resource.Object, error) {
	var objects []resource.Object
	for _, zone := range natZones(c) {
		name := natGateway(c, zone)
		objects = append(
			objects,
			ec2.ElasticIPAddress(component.Meta(c, name)),
			ec2.NATGateway(component.Meta(c, name), component.PublicSubnet(c, zone), name),
		)
	}
	return objects, nil
}

// natZones are the zones that have a NAT gateway. A single one stands in the zone that clusters.yaml lists
// first, so that it stays where it is when a zone is added.
func natZones(c *config.Cluster) []string {
	switch c.Network.NAT {
	case config.NATPerZone:
		return component.Zones(c)
	case config.NATSingle:
		return c.Network.Zones[:1]
	}
	return nil
}

// natGateway is the name of the gateway that serves a zone; empty without NAT.
func natGateway(c *config.Cluster, zone string) string {
	zones := natZones(c)
	switch len(zones) {
	case 0:
		return ""
	case 1:
		zone = zones[0]
	}
	return c.Name + "-nat-" + zone[len(c.Region):]
}

// cidrs are the private and the public range of a zone. They follow from the zone's letter alone, so that
// adding a zone moves no other.
func cidrs(c *config.Cluster, zone string) (private, public netip.Prefix, err error) {
	vpc, err := netip.ParsePrefix(c.Network.CIDR)
	if err != nil {
		return private, public, fmt.Errorf("network of %s: %w", c.Name, err)
	}
	private, public, err = config.SubnetCIDRs(vpc, zone[len(zone)-1])
	if err != nil {
		return private, public, fmt.Errorf("network of %s: zone %s: %w", c.Name, zone, err)
	}
	return private, public, nil
}

// endpoints makes the VPC endpoints: gateways for S3 and DynamoDB, interfaces behind one security group
// for everything else (AWS PrivateLink Guide: AWS services that integrate with AWS PrivateLink).
func endpoints(c *config.Cluster) ([]resource.Object, error) {
	var subnets, tables []string
	for _, zone := range component.Zones(c) {
		subnets = append(subnets, component.PrivateSubnet(c, zone))
	}
	tables = append([]string{c.Name + "-public"}, subnets...)
	tables = append(tables, podTables(c)...)
	group := c.Name + "-endpoints"
	var gateways, interfaces []resource.Object
	for _, service := range c.Network.Endpoints {
		meta := component.Meta(c, c.Name+"-"+strings.ReplaceAll(service, ".", "-"))
		name := serviceName(c, service)
		if service == "s3" || service == "dynamodb" {
			gateways = append(gateways, ec2.GatewayEndpoint(meta, c.Name, name, tables))
			continue
		}
		interfaces = append(interfaces, ec2.InterfaceEndpoint(meta, c.Name, name, group, subnets))
	}
	if len(interfaces) > 0 {
		interfaces = append([]resource.Object{securityGroup(c, group)}, interfaces...)
	}
	return append(gateways, interfaces...), nil
}

func securityGroup(c *config.Cluster, name string) resource.Object {
	return ec2.SecurityGroup(component.Meta(c, name), c.Name, "HTTPS from the VPC to its endpoints", 443, ranges(c)...)
}

// serviceName is the name of an endpoint service: the domain of AWS backwards, the region, the service.
func serviceName(c *config.Cluster, service string) string {
	if c.Partition() == "aws-cn" && service != "s3" && service != "dynamodb" {
		return "cn.com.amazonaws." + c.Region + "." + service
	}
	return "com.amazonaws." + c.Region + "." + service
}
