package network

import (
	"fmt"
	"net/netip"

	"eks-auto-gitops/pkg/ack/ec2"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// ranges are those of the VPC, the one that it is made with first.
func ranges(c *config.Cluster) []string {
	return append([]string{c.Network.CIDR}, c.Network.SecondaryCIDRs...)
}

// podSubnets makes the subnets of pods in the secondary ranges, and a route table for those of each zone. They are in one stage
// with the VPC: EC2 takes no range away that has a subnet, and with the subnets in a later stage, which waits for this one,
// Flux would never get to delete them.
func podSubnets(c *config.Cluster) ([]resource.Object, error) {
	var objects []resource.Object
	if len(c.Network.SecondaryCIDRs) == 0 {
		return nil, nil
	}
	for _, zone := range component.Zones(c) {
		routeTable := ec2.RouteTable(component.Meta(c, podTable(c, zone)), c.Name)
		if gateway := natGateway(c, zone); gateway != "" {
			routeTable = ec2.RouteTable(component.Meta(c, podTable(c, zone)), c.Name, ec2.NATRoute(gateway))
		}
		objects = append(objects, routeTable)
		for _, text := range c.Network.SecondaryCIDRs {
			within, err := netip.ParsePrefix(text)
			if err != nil {
				return nil, fmt.Errorf("network of %s: %w", c.Name, err)
			}
			cidr, err := config.PodCIDR(within, zone[len(zone)-1])
			if err != nil {
				return nil, fmt.Errorf("network of %s: %w", c.Name, err)
			}
			objects = append(objects, ec2.Subnet{
				Meta: component.Meta(c, component.PodSubnet(c, text, zone)), VPC: c.Name, RouteTable: podTable(c, zone), Zone: zone, CIDR: cidr.String(),
			}.Object())
		}
	}
	return objects, nil
}

// podTable is the name of the route table of the subnets of pods in a zone.
func podTable(c *config.Cluster, zone string) string {
	return c.Name + "-pods-" + zone[len(c.Region):]
}

// podTables are the names of the route tables of the subnets of pods.
func podTables(c *config.Cluster) []string {
	var tables []string
	if len(c.Network.SecondaryCIDRs) == 0 {
		return nil
	}
	for _, zone := range component.Zones(c) {
		tables = append(tables, podTable(c, zone))
	}
	return tables
}

// controlPlaneSubnets makes the subnets of the control plane, where it has some of its own, beside the private ones and with
// their routes. They have no tag by which load balancers or nodes would find them.
func controlPlaneSubnets(c *config.Cluster) ([]resource.Object, error) {
	var objects []resource.Object
	if !c.Network.ControlPlaneSubnets {
		return nil, nil
	}
	vpc, err := netip.ParsePrefix(c.Network.CIDR)
	if err != nil {
		return nil, fmt.Errorf("network of %s: %w", c.Name, err)
	}
	for _, zone := range component.Zones(c) {
		cidr, err := config.ControlPlaneCIDR(vpc, zone[len(zone)-1])
		if err != nil {
			return nil, fmt.Errorf("network of %s: %w", c.Name, err)
		}
		objects = append(objects, ec2.Subnet{
			Meta: component.Meta(c, component.ControlPlaneSubnet(c, zone)), VPC: c.Name, RouteTable: component.PrivateSubnet(c, zone),
			Zone: zone, CIDR: cidr.String(),
		}.Object())
	}
	return objects, nil
}
