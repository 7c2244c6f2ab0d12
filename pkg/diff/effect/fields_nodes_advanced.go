package effect

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

const (
	sourceClass    = "Amazon EKS User Guide, Create a Node Class for Amazon EKS"
	sourceReserved = "Amazon EKS User Guide, Use capacity reservations with EKS Auto Mode; Karpenter, Disruption, Drift"
	sourceStatic   = "Karpenter, NodePools, Static NodePool"
)

// nodeAdvancedRows are the fields of node classes and node pools that few clusters set.
func nodeAdvancedRows() []Row {
	class := rowsOf(manifest.AutoGroup, "NodeClass", sourceClass,
		updated("spec.instanceProfile", drift),
		updated("spec.advancedNetworking", drift),
		updated("spec.advancedSecurity", drift),
		updated("spec.certificateBundles", drift),
		updated("spec.placementGroupSelector", drift),
		updated("spec.podSubnetSelectorTerms", drift),
		updated("spec.podSecurityGroupSelectorTerms", drift),
		Row{Name: "spec.capacityReservationSelectorTerms", Decide: judgeReservations, Source: sourceReserved}.by("in place; nodes in a reservation that is no longer selected are replaced"),
	)
	return append(class, Row{
		Group: manifest.KarpenterGroup, Kind: "NodePool", Name: "spec.replicas", Source: sourceStatic, Decide: judgeReplicas,
		Why: "in place: Karpenter makes or ends as many nodes; a static pool cannot become one of another kind",
	})
}

// balancerRows are the settings of classes of load balancers that few clusters set.
func balancerRows() []Row {
	return rowsOf(manifest.AutoGroup, "IngressClassParams", "Amazon EKS User Guide, Create an IngressClass to configure an Application Load Balancer",
		Row{Name: "spec.group", Outcome: change.Replace, Why: "ingresses of the class get another load balancer, with another name in DNS"},
		updated("spec.inboundCIDRs", "who may connect changes at once"),
		updated("spec.sslPolicy", "clients that know only other versions of TLS can no longer connect"),
		updated("spec.ipAddressType", "load balancers get or lose IPv6 addresses, in place"),
		updated("spec.loadBalancerAttributes", ""),
		updated("spec.listeners", ""),
		updated("spec.namespaceSelector", "ingresses of namespaces that may not use the class any more are no longer served"),
	)
}

// judgeReservations: the first terms of a cluster's classes end the use of open reservations in all of them; nodes stay in the
// reservations that they are in as long as these are selected.
func judgeReservations(f change.Field, c Subject) (change.Outcome, string) {
	const at = "capacityReservationSelectorTerms"
	switch before, after := manifest.ListAt(c.Before, "spec", at), manifest.ListAt(c.After, "spec", at); {
	case len(before) == 0:
		return change.Update, "from now on no class of the cluster uses open reservations by itself"
	case len(after) == 0:
		return change.Update, "nodes in reservations are replaced; if no other class selects any, open reservations are used by themselves again"
	case f.Before == nil:
		return change.Update, "nodes that start from now on may use it"
	}
	return change.Update, "nodes in reservations that are no longer selected are replaced, as budgets and pods allow"
}

// judgeReplicas: the CRD says that a pool stays static or not; the number is changed in place, without budgets.
func judgeReplicas(f change.Field, _ Subject) (change.Outcome, string) {
	switch {
	case Less(f.After, f.Before):
		return change.Update, "Karpenter ends as many nodes, empty ones first; budgets do not hold it up"
	case f.Before != nil && f.After != nil:
		return change.Update, "Karpenter makes as many nodes more, at once"
	}
	return change.Refused, serverRefuses
}
