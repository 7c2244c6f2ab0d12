package config

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkDNS checks the domain and its zone (Route 53 Developer Guide, "DNS domain name format").
func checkDNS(c clusterScope) {
	d := c.DNS
	if d.Domain != "" {
		c.domain(c.at("dns", "domain"), d.Domain)
	}
	zone := c.at("dns", "zone")
	if (d.Zone.Create || d.Zone.ID != "") && d.Domain == "" && c.sound("dns") {
		c.fail(zone, "a zone without a domain", "add dns.domain")
	}
	if d.Zone.Create && d.Zone.ID != "" {
		c.both(c.at("dns", "zone", "create"), c.at("dns", "zone", "id"), "create", "id")
	}
	if id := d.Zone.ID; id != "" && !c.matches(`^Z[A-Z0-9]{1,31}$`, id) {
		hint := "it starts with Z and has capital letters and digits, as Route 53 shows it"
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(id, "/"), "hostedzone/"); ok {
			hint = "write " + rest
		}
		c.fail(c.at("dns", "zone", "id"), fmt.Sprintf("%q is not the id of a hosted zone", id), hint)
	}
}

// domainHint is the domain in what is more than one, such as a URL or a wildcard.
func domainHint(lower string) string {
	_, rest, found := strings.Cut(lower, "://")
	if !found {
		rest = lower
	}
	rest, _, _ = strings.Cut(rest, "/")
	rest, _, _ = strings.Cut(rest, ":")
	rest = strings.ReplaceAll(strings.TrimPrefix(rest, "*."), "_", "-")
	if rest == lower || len(validation.IsDNS1123Subdomain(rest)) > 0 || !strings.Contains(rest, ".") || longLabel(rest) {
		return "write it as dev.example.org"
	}
	return "write " + rest
}

// domain checks a lower-case name of at least two labels without a dot at the end.
func (s scope) domain(at spot, name string) bool {
	lower := strings.TrimSuffix(strings.ToLower(name), ".")
	switch {
	case len(validation.IsDNS1123Subdomain(lower)) > 0 || !strings.Contains(lower, ".") || longLabel(lower):
		s.fail(at, fmt.Sprintf("%q is not a domain", name), domainHint(lower))
	case lower != name:
		s.fail(at, fmt.Sprintf("%q must be in small letters and without a dot at the end", name), "write "+lower)
	default:
		return true
	}
	return false
}

func longLabel(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "."), func(label string) bool { return len(label) > 63 })
}

// within reports whether a name is a domain or lies in it.
func within(name, domain string) bool { return name == domain || strings.HasSuffix(name, "."+domain) }

// checkCertificate follows the ACM API, RequestCertificate.
func checkCertificate(c clusterScope) {
	d := c.DNS
	if d.Certificate && d.Domain == "" && !c.written && c.sound("dns") {
		c.fail(c.at("dns", "certificate"), "a certificate without a domain", "add dns.domain")
	}
	if d.Certificate && len(d.Domain) > 64 {
		c.fail(c.at("dns", "domain"), fmt.Sprintf("the domain has %d characters", len(d.Domain)), "ACM takes 64 as the first name of a certificate; shorten it")
	}
	if d.Certificate && d.CertificateARN != "" {
		c.both(c.at("dns", "certificate"), c.at("dns", "certificateARN"), "certificate", "certificateARN")
	}
	c.certificateARN(c.at("dns", "certificateARN"), d.CertificateARN)
	record := d.ValidationRecord
	if record == nil {
		return
	}
	at := c.at("dns", "validationRecord")
	if !d.Certificate && c.sound("dns") {
		c.fail(at, "a validation record without a certificate", "add certificate: true, or remove the record")
	} else if !d.Zone.Create && d.Zone.ID == "" && c.sound("dns") {
		c.fail(at, "a validation record without a zone to write it to", "add zone: {create: true} or zone: {id: …}")
	}
	if name := strings.TrimSuffix(record.Name, "."); name != "" && d.Domain != "" && !within(name, d.Domain) {
		c.fail(c.at("dns", "validationRecord", "name"), fmt.Sprintf("%q is not in the domain %s", record.Name, d.Domain), "copy it from status.domainValidations of the Certificate")
	}
	if value := strings.TrimSuffix(record.Value, "."); value != "" && len(validation.IsDNS1123Subdomain(strings.ReplaceAll(value, "_", "x"))) > 0 {
		c.fail(c.at("dns", "validationRecord", "value"), fmt.Sprintf("%q is not a name", record.Value), "copy it from status.domainValidations of the Certificate")
	}
}

func (c clusterScope) certificateARN(at spot, value string) {
	if value == "" {
		return
	}
	a, ok := parseARN(value)
	if !ok || a.service != "acm" || !strings.HasPrefix(a.resource, "certificate/") {
		c.fail(at, fmt.Sprintf("%q is not the ARN of a certificate", value), fmt.Sprintf("write arn:%s:acm:%s:%s:certificate/<id>", c.Partition(), c.Region, c.AccountID))
		return
	}
	c.own(at, a, "certificate")
}

// checkDomains: two clusters that write records of one domain undo each other's work. The second
// in the file is the fault.
func checkDomains(f fleetScope) {
	known := map[string][]int{} // by domain and by zone: of 20,000 clusters there are 200 million pairs
	for i, c := range f.clusters {
		var before []int
		for _, key := range []string{"domain " + c.DNS.Domain, "zone " + c.DNS.Zone.ID} {
			if !strings.HasSuffix(key, " ") {
				before, known[key] = append(before, known[key]...), append(known[key], i)
			}
		}
		slices.Sort(before)
		for _, j := range before {
			other := f.clusters[j]
			if c.Name == other.Name || c.State == StateRetiring || other.State == StateRetiring {
				// ExternalDNS of a retiring cluster is gone, so that another may follow it.
				continue
			}
			if where, shared := sharedDomain(c, other); shared {
				f.fail(where, fmt.Sprintf("the cluster %q on line %d has the same", other.Name, other.at("name").line),
					"each would remove the other's records; give each cluster a domain and a zone of its own")
				break
			}
		}
	}
}

// sharedDomain finds the domain, or the zone with policy sync, that two clusters both write to.
func sharedDomain(c, other clusterScope) (spot, bool) {
	both := c.Components.ExternalDNS.Enabled && other.Components.ExternalDNS.Enabled
	create := c.DNS.Zone.Create && other.DNS.Zone.Create
	sync := c.Components.ExternalDNS.Policy == "sync" || other.Components.ExternalDNS.Policy == "sync"
	switch {
	case c.DNS.Domain != "" && c.DNS.Domain == other.DNS.Domain && (both || create):
		return c.at("dns", "domain"), true
	case c.DNS.Zone.ID != "" && c.DNS.Zone.ID == other.DNS.Zone.ID && both && sync:
		return c.at("dns", "zone", "id"), true
	}
	return spot{}, false
}
