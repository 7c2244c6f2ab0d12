package aws

import (
	"fmt"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

const (
	publicRole  = "kubernetes.io/role/elb"
	privateRole = "kubernetes.io/role/internal-elb"
)

// wayOut holds a subnet that Auto Mode uses to its route table. Subnets without a role are somebody else's, such as those
// of databases, which may well have no way out.
func wayOut(t *manifest.Tree, o *manifest.Object) diag.List {
	public, private := hasTag(o, publicRole), hasTag(o, privateRole)
	switch {
	case public && private:
		return diag.List{o.Problem("spec.tags", "has both "+publicRole+" and "+privateRole+", so that private node classes and internal load balancers take it as well as public ones", "keep one of the two")}
	case !public && !private:
		return nil
	}
	var problems diag.List
	for i, ref := range o.List("spec", "routeTableRefs") {
		fields, _ := ref.(map[string]any)
		for _, table := range t.Find(o.Place(), ec2("RouteTable"), o.Namespace(), manifest.Field(fields["from"], "name")) {
			at := manifest.FieldOf([]any{"spec", "routeTableRefs", i, "from", "name"})
			problems = append(problems, leads(t, o, at, table, public)...)
		}
	}
	return problems
}

// leads is where the default route of a subnet goes (Amazon VPC User Guide, "Subnet types" and "NAT gateways"): a public
// one needs an internet gateway, and a private one anything else, if there is a NAT gateway at all. A transit gateway or
// a firewall is right in both.
func leads(t *manifest.Tree, subnet *manifest.Object, at string, table *manifest.Object, public bool) diag.List {
	route := defaultRoute(table)
	gateway := route["gatewayRef"] != nil || strings.HasPrefix(manifest.Field(route, "gatewayID"), "igw-")
	nat := route["natGatewayRef"] != nil || route["natGatewayID"] != nil
	switch {
	case public && nat:
		return diag.List{subnet.Problem(at, fmt.Sprintf("the default route of %s is a NAT gateway, but the subnet is public: load balancers in it answer nobody, and a NAT gateway in it reaches nothing", table),
			"name the route table whose default route is the internet gateway")}
	case !public && gateway && subnet.Value("spec", "mapPublicIPOnLaunch") != true:
		return diag.List{subnet.Problem(at, fmt.Sprintf("the default route of %s is the internet gateway, which takes nothing from the nodes of a private subnet, for they have no public address: they pull no image and do not join", table),
			"name a route table whose default route is a NAT gateway")}
	case route != nil:
		return nil
	}
	kind, what := "NATGateway", "nodes in its private subnets reach nothing outside of the VPC: they pull no image and do not join"
	if public {
		kind, what = "InternetGateway", "load balancers in its public subnets answer nobody, and a NAT gateway there reaches nothing"
	}
	gateways := t.All(subnet.Place(), ec2(kind), subnet.Namespace())
	if len(gateways) == 0 {
		return nil // without one, endpoints of the VPC are the only way, and the network is meant so
	}
	return diag.List{table.Problem("spec.routes", "has no route to 0.0.0.0/0, so that "+what,
		"add a route to 0.0.0.0/0 by "+gateways[0].String())}
}

// defaultRoute is the route to everywhere; nil where there is none. Half of everywhere is taken for it: it comes in pairs.
func defaultRoute(table *manifest.Object) map[string]any {
	for _, item := range table.List("spec", "routes") {
		switch manifest.Field(item, "destinationCIDRBlock") {
		case "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1":
			route, _ := item.(map[string]any)
			return route
		}
	}
	return nil
}

func hasTag(o *manifest.Object, key string) bool {
	for _, item := range o.List("spec", "tags") {
		if manifest.Field(item, "key") == key {
			return true
		}
	}
	return false
}

func ec2(kind string) apischema.GroupKind {
	return apischema.GroupKind{Group: manifest.EC2Group, Kind: kind}
}
