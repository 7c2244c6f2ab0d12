package config

import (
	"fmt"
	"regexp"
	"strings"
)

// checkExternalDNS: it writes to a zone, so there must be one.
func checkExternalDNS(c clusterScope) {
	e := c.Components.ExternalDNS
	c.oneOf(c.at("components", "external-dns", "policy"), e.Policy, "a policy of ExternalDNS", []string{"sync", "upsert-only", "create-only"})
	if !e.Enabled || !c.sound("dns") || c.written {
		// What is written for clusters to come may leave the domain to them.
		return
	}
	at := c.at("components", "external-dns", "enabled")
	switch {
	case c.DNS.Domain == "":
		c.fail(at, "needs a domain", "add dns: {domain: …, zone: {create: true}}, or zone: {id: …} for an existing zone")
	case !c.DNS.Zone.Create && c.DNS.Zone.ID == "":
		c.fail(at, "needs a hosted zone", "add zone: {create: true} under dns, or zone: {id: …} for an existing one")
	}
}

// checkComponents checks what every component with a chart has; its version is the chart's or the add-on's.
func checkComponents(c clusterScope) {
	for p := range c.charted {
		at, settings := c.at("components", p.Name, "version"), p.Settings(c.Cluster)
		if !p.byAddon(c.Cluster) {
			c.chartVersion(at, settings.Version)
			continue
		}
		c.addonVersion(at, settings.Version)
		if settings.Enabled && settings.Version == "" && !c.written {
			c.fail(at, "the add-on needs a version", "write one that describe-addon-versions prints, such as v4.4.0-eksbuild.1")
		}
	}
}

// checkCloudWatch checks cloudwatch.
func checkCloudWatch(c clusterScope) {
	w := c.Components.CloudWatch
	c.oneOf(c.at("components", "cloudwatch", "via"), w.Via, "a way to install cloudwatch", []string{ViaHelm, ViaAddon})
	c.retention(w.ContainerLogs.RetentionDays, "components", "cloudwatch", "containerLogs", "retentionDays")
}

// checkPodinfo checks podinfo and its ingress.
func checkPodinfo(c clusterScope) {
	p := c.Components.Podinfo
	if p.Replicas < 0 {
		c.fail(c.at("components", "podinfo", "replicas"), fmt.Sprintf("%d is less than 0", p.Replicas), "write 0 or more")
	}
	if written := c.at("components", "podinfo", "values", "replicaCount"); written.node != nil && c.has("components", "podinfo", "replicas") {
		c.fail(written, "replicas says how many pods there are, and this is laid over it", "remove one of the two")
	}
	if p.Ingress == nil {
		return
	}
	c.oneOf(c.at("components", "podinfo", "ingress", "scheme"), p.Ingress.Scheme, "a scheme of a load balancer", []string{SchemeInternal, SchemeInternetFacing})
	host := c.at("components", "podinfo", "ingress", "host")
	if p.Ingress.Host == "" || !c.domain(host, p.Ingress.Host) {
		return
	}
	if c.Components.ExternalDNS.Enabled && c.DNS.Domain != "" && !within(p.Ingress.Host, c.DNS.Domain) {
		c.fail(host, fmt.Sprintf("%q is not in the domain %s of the cluster", p.Ingress.Host, c.DNS.Domain),
			fmt.Sprintf("external-dns writes no other names; write podinfo.%s", c.DNS.Domain))
	}
	// A wildcard stands for one label (AWS Certificate Manager User Guide, ACM certificate characteristics: Wildcard names).
	if first, inside := strings.CutSuffix(p.Ingress.Host, "."+c.DNS.Domain); c.DNS.Certificate && inside && strings.Contains(first, ".") {
		c.fail(host, fmt.Sprintf("the certificate is for %s and *.%s, not for %q", c.DNS.Domain, c.DNS.Domain, p.Ingress.Host),
			fmt.Sprintf("a wildcard stands for one label, so that the load balancer would find no certificate; write podinfo.%s", c.DNS.Domain))
	}
}

// chartVersion wants one exact version: with a range, two days give two clusters.
func (s scope) chartVersion(at spot, version string) {
	if strings.Contains(version, "-eksbuild.") {
		s.fail(at, fmt.Sprintf("%q is the version of an EKS add-on, and this is a chart", version), "write the chart's, such as 6.14.1, or leave it out for the one that gen knows")
		return
	}
	if version != "" && !s.matches(`^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`, version) {
		s.fail(at, fmt.Sprintf("%q is not one exact version", version), "write all three numbers, such as 6.14.1, without a range or wildcard")
	}
}

// addonVersion wants the version of an EKS add-on.
func (s scope) addonVersion(at spot, version string) {
	if version != "" && !IsAddonVersion(version) {
		s.fail(at, fmt.Sprintf("%q is not the version of an EKS add-on", version), AddonVersionHint)
	}
}

// AddonVersionHint says how to write the version of an EKS add-on.
const AddonVersionHint = "write it as v0.8.0-eksbuild.1, as describe-addon-versions prints it"

// IsAddonVersion reports whether a text has the form of the version of an EKS add-on.
func IsAddonVersion(text string) bool {
	return regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`).MatchString(text)
}
