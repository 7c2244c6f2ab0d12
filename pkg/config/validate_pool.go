package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"
)

// checkNodePools checks what the CRD nodepools.karpenter.sh and Auto Mode check.
func checkNodePools(c clusterScope) {
	for i, p := range c.Nodes.Pools {
		s, before := c.sub("nodes", "pools", i), len(c.problems)
		s.subdomain(s.at("name"), p.Name, "a node pool")
		c.builtInName(s, p.Name)
		c.poolClass(s, p)
		c.poolReserved(s, p)
		c.poolInstances(s, p)
		s.limits(p)
		s.replicas(p)
		s.labels(p.Labels)
		s.annotations(p.Annotations)
		s.taints("taints", p.Taints)
		s.taints("startupTaints", p.StartupTaints)
		s.disruption(p.Disruption)
		s.lifetime(p)
		if s.has("weight") && (p.Weight < 1 || p.Weight > 100) {
			s.fail(s.at("weight"), fmt.Sprintf("%d is not between 1 and 100", p.Weight), "leave it out for the lowest")
		}
		c.requirements(s, p)
		if len(c.problems) == before {
			c.launch(s, p)
		}
	}
	c.uniqueNames(c.poolNames(), "pool", "nodes", "pools")
}

func (c clusterScope) poolClass(s scope, p NodePool) {
	if p.Class == "" || c.classKnown(p.Class) || c.broken[c.at("nodes", "classes").node][""] || !c.sound("nodes", "classes") {
		return
	}
	names := c.classNames()
	if len(c.Nodes.BuiltIn) > 0 {
		names = append(names, "default")
	}
	if len(names) == 0 {
		s.fail(s.at("class"), fmt.Sprintf("%q is not a class of this cluster", p.Class), "describe it under nodes.classes")
		return
	}
	s.oneOf(s.at("class"), p.Class, "a class of this cluster", names)
}

// quantityOf parses a Kubernetes quantity.
func (s scope) quantityOf(at spot, value Quantity) (resource.Quantity, bool) {
	if value == "" {
		return resource.Quantity{}, false
	}
	q, err := resource.ParseQuantity(string(value))
	if err != nil {
		s.fail(at, fmt.Sprintf("%q is not a quantity", string(value)), "write a number with a unit of Kubernetes, such as 64 or 256Gi")
	}
	return q, err == nil
}

// labels: names as Kubernetes wants them, outside the domains that Karpenter keeps for itself.
func (s scope) labels(labels map[string]string) {
	for _, key := range sortedKeys(labels) {
		at := s.keyAt("labels", key)
		switch problems := validation.IsQualifiedName(key); {
		case len(problems) > 0:
			s.fail(at, fmt.Sprintf("%q is not the name of a label", key), "use letters, digits, dashes, dots and underscores, at most 63, behind a domain and a slash if any")
		default:
			s.restricted(at, key)
		}
		if value := labels[key]; len(validation.IsValidLabelValue(value)) > 0 {
			s.fail(s.at("labels", key), fmt.Sprintf("%q is not the value of a label", value), labelValueHint())
		}
	}
}

func labelValueHint() string {
	return "use letters, digits, dashes, dots and underscores, at most 63, with a letter or digit at both ends"
}

func (s scope) taints(field string, taints []Taint) {
	seen := map[string]bool{}
	for i, t := range taints {
		if t.Key != "" && len(validation.IsQualifiedName(t.Key)) > 0 {
			s.fail(s.at(field, i, "key"), fmt.Sprintf("%q is not the key of a taint", t.Key), "use letters, digits, dashes, dots and underscores, at most 63, behind a domain and a slash if any")
		}
		if len(validation.IsValidLabelValue(t.Value)) > 0 {
			s.fail(s.at(field, i, "value"), fmt.Sprintf("%q is not the value of a taint", t.Value), labelValueHint())
		}
		// Kubernetes: Taints and Tolerations, Taint based evictions.
		if slices.Contains(nodeTaints(), t.Key) && field == "taints" {
			s.warn(s.at(field, i, "key"), fmt.Sprintf("Kubernetes sets the taint %q by the state of the node, and takes it away", t.Key), "give it a key of your own, such as example.org/team")
		}
		s.oneOf(s.at(field, i, "effect"), t.Effect, "an effect of a taint", []string{"NoSchedule", "PreferNoSchedule", "NoExecute"})
		if key := t.Key + " " + t.Effect; seen[key] {
			s.fail(s.at(field, i, "key"), fmt.Sprintf("a second taint %q with effect %s", t.Key, t.Effect), "a node takes one; remove one of the two")
		} else {
			seen[key] = true
		}
	}
}

// nodeTaints are those that Kubernetes sets and takes away itself.
func nodeTaints() []string {
	return []string{
		"node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure", "node.kubernetes.io/network-unavailable", "node.kubernetes.io/not-ready",
		"node.kubernetes.io/pid-pressure", "node.kubernetes.io/unreachable", "node.kubernetes.io/unschedulable",
	}
}

// checkSamePods warns of two pools between which Karpenter chooses at random: same class, same
// machines by arch and capacity type, no taints, same weight.
func checkSamePods(c clusterScope) {
	pools := c.Nodes.Pools
	for i, p := range pools {
		for j, other := range pools[:i] {
			if len(p.Taints)+len(other.Taints) > 0 || p.Replicas != nil || other.Replicas != nil || p.Weight != other.Weight || p.Class != other.Class || p.Name == other.Name ||
				!sameSet(p.Arch, other.Arch) || !sameSet(p.CapacityTypes, other.CapacityTypes) {
				continue
			}
			c.warn(c.at("nodes", "pools", i, "name"), fmt.Sprintf("this pool and %q on line %d accept the same pods", other.Name, c.at("nodes", "pools", j, "name").line),
				"Karpenter would choose one at random; give one a weight or a taint")
			break
		}
	}
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// subdomain reports a name that is not a DNS subdomain, the form of most Kubernetes names.
func (s scope) subdomain(at spot, name, what string) {
	if name != "" && len(validation.IsDNS1123Subdomain(name)) > 0 {
		s.fail(at, fmt.Sprintf("%q is not the name of %s", name, what), "use a to z, 0 to 9, dashes and dots, with a letter or digit at both ends")
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// between reports whether digits are a number from low to high.
func between(digits string, low, high int) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && low <= n && n <= high
}
