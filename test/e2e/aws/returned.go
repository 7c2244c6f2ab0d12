package aws

import (
	"maps"
	"slices"
	"strings"
)

// Returned is the specification of an object as AWS gives it back, where that is not what it was sent, as far as it counts for what
// gen writes; pkg/ack/compare says where that is written.
func Returned(o Object) map[string]any {
	spec := maps.Clone(o.Spec)
	fill := func(defaults map[string]any) {
		for field, value := range defaults {
			if spec[field] == nil {
				spec[field] = value
			}
		}
	}
	switch o.Kind {
	case "Certificate":
		returnCertificate(spec)
	case "Cluster":
		spec = asReturned(o).Spec
		returnCluster(spec)
	case "HostedZone", "RecordSet":
		name, _ := spec["name"].(string)
		spec["name"] = strings.TrimSuffix(name, ".") + "."
	case "OpenIDConnectProvider":
		url, _ := spec["url"].(string)
		spec["url"] = strings.TrimPrefix(url, "https://")
	case "Role":
		fill(map[string]any{"maxSessionDuration": int64(3600), "path": "/"})
	case "RouteTable":
		routes, _ := spec["routes"].([]any)
		spec["routes"] = append(slices.Clone(routes), map[string]any{"destinationCIDRBlock": "10.0.0.0/8", "gatewayID": "local"})
	case "Subnet":
		fill(map[string]any{
			"assignIPv6AddressOnCreation": false, "enableDNS64": false, "enableResourceNameDNSAAAARecord": false,
			"enableResourceNameDNSARecord": false, "hostnameType": "ip-name",
		})
	}
	return spec
}

// returnCertificate has the domain among the names, and the algorithm in another way to write it.
func returnCertificate(spec map[string]any) {
	if algorithm, ok := spec["keyAlgorithm"].(string); ok {
		spec["keyAlgorithm"] = strings.ReplaceAll(algorithm, "_", "-")
	}
	names, _ := spec["subjectAlternativeNames"].([]any)
	if !slices.Contains(names, spec["domainName"]) {
		spec["subjectAlternativeNames"] = append([]any{spec["domainName"]}, names...)
	}
}

// returnCluster has all types of logs, in EKS's order, and no ranges without public access.
func returnCluster(spec map[string]any) {
	if logging, ok := spec["logging"].(map[string]any); ok {
		spec["logging"] = map[string]any{"clusterLogging": logTypes(logging)}
	}
	vpc, _ := spec["resourcesVPCConfig"].(map[string]any)
	if public, _ := vpc["endpointPublicAccess"].(bool); vpc != nil && !public {
		vpc = maps.Clone(vpc)
		delete(vpc, "publicAccessCIDRs")
		spec["resourcesVPCConfig"] = vpc
	}
}

func logTypes(logging map[string]any) []any {
	var on, off []any
	wanted := map[any]bool{}
	settings, _ := logging["clusterLogging"].([]any)
	for _, s := range settings {
		setting, _ := s.(map[string]any)
		types, _ := setting["types"].([]any)
		for _, kind := range types {
			wanted[kind] = setting["enabled"] == true
		}
	}
	for _, kind := range []any{"api", "audit", "authenticator", "controllerManager", "scheduler"} {
		if wanted[kind] {
			on = append(on, kind)
		} else {
			off = append(off, kind)
		}
	}
	var all []any
	if len(on) > 0 {
		all = append(all, map[string]any{"enabled": true, "types": on})
	}
	if len(off) > 0 {
		all = append(all, map[string]any{"enabled": false, "types": off})
	}
	return all
}

// Called notes calls that change something in AWS.
func (a *AWS) Called(calls ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls = append(a.calls, calls...)
}

// Calls lists them, in their order.
func (a *AWS) Calls() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.calls)
}
