// Package dns creates the cluster's hosted zone and its certificate.
package dns

import (
	"strings"

	"eks-auto-gitops/pkg/ack/acm"
	"eks-auto-gitops/pkg/ack/route53"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component dns.
var Component = component.Component{
	Name: "dns",
	AWS:  aws,
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	var objects []resource.Object
	if c.DNS.Zone.Create {
		objects = append(objects, zone(c))
	}
	if c.DNS.Certificate {
		objects = append(objects, acm.Certificate(component.Kept(c, c.Name), c.DNS.Domain))
	}
	if record := c.DNS.ValidationRecord; record != nil {
		// ACM asks for the same record again for a domain, so an existing zone can have it from an earlier cluster. ACK finds it
		// by the spec; the field id, which adoption asks for, is that of a change of the record and no longer known.
		meta := component.KeptOrFound(c, c.Name+"-validation", nil)
		objects = append(objects, route53.CNAME(meta, c.Name, c.DNS.Zone.ID, absolute(record.Name), absolute(record.Value)))
	}
	return []component.Delivery{component.At(component.Foundation, objects...)}, nil
}

// zone is public, or belongs to the VPC of the cluster alone.
func zone(c *config.Cluster) resource.Object {
	if c.DNS.Zone.Private {
		return route53.PrivateZone(component.Kept(c, c.Name), c.DNS.Domain, c.Network.VPCID, c.Region)
	}
	return route53.HostedZone(component.Kept(c, c.Name), c.DNS.Domain)
}

// absolute is the name with its final dot.
func absolute(name string) string { return strings.TrimSuffix(name, ".") + "." }
