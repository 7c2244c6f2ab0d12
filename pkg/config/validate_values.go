package config

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/resource"
)

// checkValues looks in the values of every chart and add-on for what Auto Mode silently ignores, and for more than a release
// can hold.
func checkValues(c clusterScope) {
	for _, p := range ChartComponents() {
		at := c.at("components", p.Name, "values")
		c.unsupported(at.node)
		c.tooLarge(at, p.Settings(c.Cluster).Values)
	}
	for i := range c.Addons {
		c.unsupported(c.at("addons", i, "values").node)
	}
	for i := range c.Releases {
		c.unsupported(c.at("releases", i, "values").node)
		c.tooLarge(c.at("releases", i, "values"), c.Releases[i].Values)
	}
}

// tooLarge refuses values that etcd would not take, as part of their HelmRelease.
func (s scope) tooLarge(at spot, values map[string]any) {
	if n := resource.TooLarge(values); n > 0 {
		s.fail(at, fmt.Sprintf("these values have %d bytes as JSON, but etcd takes %d for all of a HelmRelease", n, resource.MaxSize),
			"put what is large into the chart or an image, and make it small here")
	}
}

// unsupported warns of each key and value of a tree that has no effect. It is a warning only,
// because a release may bring a controller of its own.
func (c clusterScope) unsupported(n *yaml.Node) {
	if n == nil {
		return
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if hint := UnsupportedHint(key.Value, value.Value); hint != "" {
				c.warn(spot{place: c.places[key], node: key}, fmt.Sprintf("Auto Mode does not act on %q", key.Value), hint)
			}
		}
	}
	for _, child := range n.Content {
		c.unsupported(child)
	}
}

// UnsupportedHint takes a key of a chart's values or an annotation, with its value, and returns what to use in place
// of it where Auto Mode ignores it, else nothing. It follows the EKS User Guide, "Create an IngressClass to configure an
// Application Load Balancer", "Use Service Annotations" and "Create a storage class".
func UnsupportedHint(key, value string) string {
	switch key {
	case "kubernetes.io/ingress.class":
		return "use ingressClassName instead of this annotation"
	case "alb.ingress.kubernetes.io/group.name":
		return "set ingressClasses.alb.group or ingressClasses.alb-internal.group in clusters.yaml, or leave it out"
	case "alb.ingress.kubernetes.io/waf-acl-id", "alb.ingress.kubernetes.io/web-acl-id",
		"alb.ingress.kubernetes.io/shield-advanced-protection":
		return "set it in the IngressClassParams, with a patch, or leave it out"
	case "service.beta.kubernetes.io/aws-load-balancer-type":
		return "use loadBalancerClass: eks.amazonaws.com/nlb"
	case "provisioner", "storageProvisioner":
		if value == "ebs.csi.aws.com" || value == "kubernetes.io/aws-ebs" {
			return "its volumes come from ebs.csi.eks.amazonaws.com"
		}
	}
	return ""
}
