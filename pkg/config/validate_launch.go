package config

import (
	"cmp"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/instance"
)

// launch finds a pool that is valid and never launches a node: Karpenter would say so in its events only, when pods wait
// already.
func (c clusterScope) launch(s scope, p NodePool) {
	requirements, spots := s.launchRequirements(p)
	c.unknownTypes(s, p)
	if slices.ContainsFunc(spots, s.incomplete) {
		return
	}
	table, err := c.instances()
	if err != nil {
		c.fail(s.at(), err.Error(), "this is a bug in gen; please report it")
		return
	}
	for _, f := range table.Faults(instance.Pool{
		Requirements: requirements, CPU: quantity(p.Limits[LimitCPU]), Memory: quantity(p.Limits[LimitMemory]), Devices: deviceLimits(p.Limits), Region: c.Region,
	}) {
		at := s.at()
		for _, index := range f.Requirements {
			if spots[index].node != nil {
				at = spots[index]
			}
		}
		if f.Limit != "" {
			at = s.at("limits", f.Limit)
		}
		report := c.fail
		if f.Unsure {
			report = c.warn
		}
		report(at, f.Text, f.Hint)
	}
}

// launchRequirements are the requirements of a pool, and where each stands.
func (s scope) launchRequirements(p NodePool) ([]instance.Requirement, []spot) {
	var list []instance.Requirement
	var spots []spot
	for _, short := range shortRequirements(p) {
		if len(short.values) == 0 {
			continue
		}
		list = append(list, instance.Requirement{
			Name: short.field, Default: !s.has(short.field), Key: short.key, Operator: "In", Values: short.values,
		})
		spots = append(spots, s.at(short.field))
	}
	for i, r := range p.Requirements {
		list = append(list, instance.Requirement{Key: r.Key, Operator: r.Operator, Values: r.Values, MinValues: r.MinValues})
		spots = append(spots, s.at("requirements", i))
	}
	return list, spots
}

// incomplete reports whether something in a requirement was reported and taken out when it was read.
func (s scope) incomplete(at spot) bool { return at.silent || !s.whole(at.node) }

type shortRequirement struct {
	field, key string
	values     []string
}

// shortRequirements are the fields of a pool that stand for a requirement each.
func shortRequirements(p NodePool) []shortRequirement {
	return []shortRequirement{
		{"arch", labelArch, p.Arch},
		{"capacityTypes", labelCapacityType, p.CapacityTypes},
		{"instanceCategories", labelCategory, p.InstanceCategories},
		{"instanceFamilies", labelFamily, p.InstanceFamilies},
		{"instanceTypes", labelType, p.InstanceTypes},
		{"zones", labelZone, p.Zones},
		{"instanceCPUs", labelCPU, named(p.InstanceCPUs, func(n int) string { return fmt.Sprint(n) })},
	}
}

// quantity is nil where there is none, and where it is not one: another rule says so.
func quantity(q Quantity) *resource.Quantity {
	parsed, err := resource.ParseQuantity(string(q))
	if q == "" || err != nil {
		return nil
	}
	return &parsed
}

// instances is the table of instance types, unpacked for the first pool.
func (t *tree) instances() (*instance.Table, error) {
	var err error
	if t.instanceTypes == nil {
		t.instanceTypes, err = instance.Load()
	}
	return t.instanceTypes, err
}

// unknownTypes notes instance types and families that are not in the table. They may be newer than it; nothing else is
// said about a pool with one of them.
func (c clusterScope) unknownTypes(s scope, p NodePool) {
	table, err := c.instances()
	if err != nil {
		return // launch says so
	}
	for _, short := range shortRequirements(p) {
		if short.key != labelType && short.key != labelFamily {
			continue
		}
		for i, value := range short.values {
			if at := s.at(short.field, i); at.node != nil && value != "" && !table.Has(short.key, value) {
				s.note(at, fmt.Sprintf("%s is not among the instance types that this gen knows of Auto Mode", value),
					cmp.Or(near(value, table.Values(short.key)), "check the spelling;")+" if it is newer, all is well")
			}
		}
	}
}

// near is a question whether another word is meant; empty if none is near.
func near(value string, words []string) string {
	if word := diag.Nearest(value, words); word != "" {
		return fmt.Sprintf("did you mean %q?", word)
	}
	return ""
}
