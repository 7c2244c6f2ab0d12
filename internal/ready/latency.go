package main

import "time"

// latencies are how long AWS takes after a call until what it has made can be used.
type latencies struct {
	name string
	// nat, endpoint and cluster are of what takes long; everything else can be used when the call returns.
	nat, endpoint, cluster, record time.Duration
	// call is how long a call takes.
	call time.Duration
}

// typical are latencies in the middle of what is seen. All are assumptions, as AWS promises none: "EKS takes several minutes" (Amazon
// EKS User Guide, Create an Amazon EKS Auto Mode cluster), and records are on all servers within 60 seconds (Amazon Route 53
// Developer Guide, How Amazon Route 53 routes traffic). short and long are the same a fifth faster and slower.
func typical() latencies {
	return latencies{"typical", 115 * time.Second, 75 * time.Second, 9 * time.Minute, 40 * time.Second, 500 * time.Millisecond}
}

func short() latencies {
	return latencies{"short", 95 * time.Second, 55 * time.Second, 8 * time.Minute, 30 * time.Second, 300 * time.Millisecond}
}

func long() latencies {
	return latencies{"long", 130 * time.Second, 90 * time.Second, 10 * time.Minute, 60 * time.Second, time.Second}
}

// of is the latency of an object. Gateway endpoints are routes, and there at once.
func (l latencies) of(o *object) time.Duration {
	switch o.kind {
	case "NATGateway":
		return l.nat
	case "VPCEndpoint":
		if o.text("spec", "vpcEndpointType") == "Gateway" {
			return 0
		}
		return l.endpoint
	case "Cluster":
		return l.cluster
	case "RecordSet":
		return l.record
	default:
		return 0
	}
}

// calls is how long the calls take that make an object; what is not in AWS needs none.
func (l latencies) calls(o *object) time.Duration {
	switch {
	case o.kind == "FieldExport" || o.kind == "ConfigMap":
		return 0
	case o.kind == "AccessEntry" && o.at("spec", "accessPolicies") != nil, o.kind == "Role":
		return 2 * l.call // the entry or role, and what is attached to it
	default:
		return l.call
	}
}
