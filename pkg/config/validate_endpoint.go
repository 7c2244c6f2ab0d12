package config

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// checkEndpoint follows the EKS User Guide, "Cluster API server endpoint".
func checkEndpoint(c clusterScope) {
	e := c.Endpoint
	if !e.Public && !e.Private {
		c.fail(c.at("endpoint"), EndpointClosed, "set public or private to true")
	}
	if !e.Public && c.has("endpoint", "publicCIDRs") {
		c.fail(c.at("endpoint", "publicCIDRs"), "has no meaning while the endpoint is not public", "remove it, or set public: true")
	}
	if len(e.PublicCIDRs) > 40 {
		c.fail(c.at("endpoint", "publicCIDRs"), fmt.Sprintf("%d ranges", len(e.PublicCIDRs)), "EKS takes 40; join neighbours to larger ranges")
	}
	if e.Public && c.sound("endpoint") && c.has("endpoint", "publicCIDRs") && len(e.PublicCIDRs) == 0 {
		c.fail(c.at("endpoint", "publicCIDRs"), "is empty, which EKS takes for everywhere", "list ranges, or set public: false")
	}
	for i, value := range e.PublicCIDRs {
		at := c.at("endpoint", "publicCIDRs", i)
		if prefix, err := netip.ParsePrefix(value); c.Network.IPFamily == IPv6 && err == nil && prefix.Addr().Is6() && prefix.Masked() == prefix {
			continue // the endpoint of an IPv6 cluster has both (EKS User Guide, "Cluster API server endpoint")
		}
		if prefix, ok := c.cidr(at, value); ok {
			if fault := PublicRangeFault(prefix); fault != "" {
				c.fail(at, fault, "no request to the public endpoint comes from there; private: true covers the VPC")
			}
		}
	}
	c.distinct(e.PublicCIDRs, "endpoint", "publicCIDRs")
	if e.Public && !e.Private && !slices.Contains(e.PublicCIDRs, "0.0.0.0/0") {
		c.warn(c.at("endpoint", "private"), "nodes can only join through the public endpoint, which is open to some ranges only",
			"set private: true, or make sure that the addresses of the NAT gateways are in publicCIDRs")
	}
	if c.Env.Protect && e.Public && !c.has("endpoint", "publicCIDRs") && c.sound("endpoint") {
		c.warn(c.at("name"), "the Kubernetes API of this protected cluster is open to every address",
			"set endpoint.publicCIDRs, also to [0.0.0.0/0] if that is meant")
	}
}

// EndpointClosed is what is wrong with an endpoint that is neither public nor private.
const EndpointClosed = "nobody could reach the Kubernetes API"

// PublicRangeFault is what is wrong with a range of addresses that the public endpoint shall let in, or empty: none of its
// addresses sends anything over the internet (RFC 1918, RFC 6598, RFC 6890).
func PublicRangeFault(prefix netip.Prefix) string {
	if prefix.Bits() > 0 && slices.ContainsFunc(slices.Concat(privateRanges(), reservedRanges()), prefix.Overlaps) {
		return fmt.Sprintf("%s is not a public range", prefix)
	}
	return ""
}

// checkLogging follows CloudWatch Logs, PutRetentionPolicy, and EKS's LogType.
func checkLogging(c clusterScope) {
	types := []string{"api", "audit", "authenticator", "controllerManager", "scheduler"}
	for i, value := range c.Logging.Types {
		c.oneOf(c.at("logging", "types", i), value, "a log type of EKS", types)
	}
	c.distinct(c.Logging.Types, "logging", "types")
	c.retention(c.Logging.RetentionDays, "logging", "retentionDays")
	c.kmsKey(c.at("logging", "kmsKeyARN"), c.Logging.KMSKeyARN)
}

// retention wants one of the values of CloudWatch Logs, PutRetentionPolicy.
func (c clusterScope) retention(value int, path ...any) {
	days := []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
	if c.has(path...) && !slices.Contains(days, value) {
		c.fail(c.at(path...), fmt.Sprintf("CloudWatch Logs cannot keep logs for %d days", value),
			nextDays(days, value)+"; the times are "+strings.Trim(strings.ReplaceAll(fmt.Sprint(days), " ", ", "), "[]"))
	}
}

func nextDays(days []int, value int) string {
	for _, d := range days {
		if d > value {
			return "the next longer time is " + strconv.Itoa(d)
		}
	}
	return "the longest time is " + strconv.Itoa(days[len(days)-1])
}

// checkEncryption: one key, made or existing. ACK can add a key to a cluster once and never change it.
func checkEncryption(c clusterScope) {
	c.kmsKey(c.at("encryption", "keyARN"), c.Encryption.KeyARN)
	if c.Encryption.Create && c.Encryption.KeyARN != "" {
		c.both(c.at("encryption", "create"), c.at("encryption", "keyARN"), "create", "keyARN")
	}
}

// both reports two fields that exclude each other at the second, and where the first comes from.
func (s scope) both(first, second spot, a, b string) {
	if second.line < first.line || second.line == first.line && second.column < first.column {
		first, second, a, b = second, first, b, a
	}
	hint := fmt.Sprintf("%s is set on line %d; keep one of the two", a, first.line)
	if strings.TrimSuffix(first.path, a) != strings.TrimSuffix(second.path, b) {
		hint = fmt.Sprintf("%s is inherited from line %d; to drop it, write %s: null beside %s", a, first.line, a, b)
	}
	s.fail(second, fmt.Sprintf("%s and %s exclude each other", a, b), hint)
}

// cidr checks an IPv4 range in its canonical form: the address is the network's own.
func (s scope) cidr(at spot, value string) (netip.Prefix, bool) {
	prefix, err := netip.ParsePrefix(value)
	switch {
	case err != nil:
		s.fail(at, fmt.Sprintf("%q is not an IP range", value), "write it as 10.0.0.0/16")
	case !prefix.Addr().Is4():
		s.fail(at, fmt.Sprintf("%q is not an IPv4 range", value), "write it as 10.0.0.0/16")
	case prefix.Masked() != prefix:
		s.fail(at, fmt.Sprintf("%s is not the first address of a /%d", prefix.Addr(), prefix.Bits()), "write "+prefix.Masked().String())
	default:
		return prefix, true
	}
	return prefix, false
}
