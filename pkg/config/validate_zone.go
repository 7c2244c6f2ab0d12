package config

// checkPrivateZone: Route 53 makes a private zone with a VPC, and ACK wants its id, which nobody knows of a VPC that is to be made
// (route53-controller v1.5.2, apis/v1alpha1/types.go, VPC: there is no reference). ACM looks for its record in public DNS.
func checkPrivateZone(c clusterScope) {
	if !c.DNS.Zone.Private {
		return
	}
	at := c.at("dns", "zone", "private")
	switch z := c.DNS.Zone; {
	case !z.Create && z.ID == "" && c.sound("dns", "zone"):
		c.fail(at, "says nothing without a zone", "add create: true or id: Z…")
	case z.Create && c.Network.VPCID == "" && c.sound("network"):
		c.fail(at, "gen creates no private zone for a VPC that it creates: ACK needs the id of the VPC, which is not known before it exists",
			"use an existing VPC, or make the zone elsewhere, and name it: zone: {id: Z…, private: true}")
	}
	if c.DNS.Certificate {
		c.fail(c.at("dns", "certificate"), "ACM finds no record in a private zone, so the certificate is never issued", "create the certificate elsewhere, and name it: certificateARN")
	}
	if ingress := c.Components.Podinfo.Ingress; c.Components.Podinfo.Enabled && ingress != nil && ingress.Scheme == SchemeInternetFacing {
		c.warn(c.at("components", "podinfo", "ingress"), "its name is in a private zone, so nobody outside of the VPC finds the load balancer", "write scheme: internal")
	}
}
