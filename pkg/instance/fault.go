package instance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// Pool is what decides which instances a node pool can launch.
type Pool struct {
	Requirements []Requirement
	// CPU and Memory are its limits; nil where it has none.
	CPU, Memory *resource.Quantity
	// Devices are its limits of devices, such as nvidia.com/gpu.
	Devices map[string]resource.Quantity
	// Region of the cluster; empty where nobody knows it.
	Region string
}

// Fault is why a pool never launches a node.
type Fault struct {
	// Requirements are the indexes of those that no instance type satisfies together; none where the fault is a limit.
	Requirements []int
	// Limit is cpu, memory or the name of a device, or empty.
	Limit string
	// Text and Hint are a message in the form of package diag.
	Text, Hint string
	// Unsure is true where a type that is newer than the table may fit.
	Unsure bool
}

// Faults says why a pool never launches a node: no instance type satisfies its requirements, none of those that do is
// within its limits, or none is offered in the region. It is empty for a sound pool, and for one that asks for types or
// labels that the table does not know.
func (t *Table) Faults(p Pool) []Fault {
	var devices []string
	for _, name := range slices.Sorted(maps.Keys(p.Devices)) {
		quantity := p.Devices[name]
		devices = append(devices, name, quantity.String())
	}
	key := fmt.Sprint(p.Requirements, p.CPU, p.Memory, devices, p.Region)
	if faults, ok := t.answers[key]; ok {
		return faults
	}
	faults := t.faults(p)
	t.answers[key] = faults
	return faults
}

func (t *Table) faults(p Pool) []Fault {
	if faults := elsewhere(p); len(faults) > 0 {
		return faults
	}
	var indexes []int
	var requirements []Requirement
	for i, r := range p.Requirements {
		if _, ok := t.labels[r.Key]; !ok {
			continue // a label of the user's, or of something else than the type
		}
		if !t.known(r) {
			return nil
		}
		indexes, requirements = append(indexes, i), append(requirements, r)
	}
	left := t.fitting(requirements)
	if len(left) == 0 {
		return []Fault{t.contradiction(indexes, requirements)}
	}
	faults := t.variety(indexes, requirements, left)
	faults = append(faults, t.limits(p, left)...)
	return append(faults, t.offers(p.Region, left)...)
}

// elsewhere are requirements for a region or zones that the cluster's nodes cannot be in.
func elsewhere(p Pool) []Fault {
	var faults []Fault
	for i, r := range p.Requirements {
		in := slices.ContainsFunc(r.Values, func(value string) bool { return strings.HasPrefix(value, p.Region) })
		if p.Region == "" || in || r.Operator != "In" || r.Key != labelRegion && r.Key != labelZone {
			continue
		}
		faults = append(faults, Fault{
			Requirements: []int{i}, Text: fmt.Sprintf("no node of a cluster in %s has %s", p.Region, r), Hint: "leave it out, or name zones of " + p.Region,
		})
	}
	return faults
}

// contradiction finds requirements that no type satisfies together, of which each is needed for that.
func (t *Table) contradiction(indexes []int, requirements []Requirement) Fault {
	for i := range slices.Backward(requirements) {
		if rest := slices.Delete(slices.Clone(requirements), i, i+1); len(t.fitting(rest)) == 0 {
			requirements, indexes = rest, slices.Delete(slices.Clone(indexes), i, i+1)
		}
	}
	fault := Fault{Requirements: indexes, Hint: t.remedy(requirements)}
	var words []string
	for _, r := range requirements {
		words = append(words, r.String())
		fault.Unsure = fault.Unsure || r.Key == labelGeneration
	}
	fault.Text = "no instance type has " + strings.Join(words, " and ") + ", so the pool never launches a node"
	return fault
}

// remedy says what the other requirements leave for each of the labels in a contradiction; for one alone, what there is.
func (t *Table) remedy(set []Requirement) string {
	var parts []string
	for i, r := range set {
		rest := slices.Delete(slices.Clone(set), i, i+1)
		if others := t.values(t.fitting(rest), r.Key); len(others) > 0 {
			parts = append(parts, r.name()+" could be "+some(others))
		}
	}
	hint := strings.Join(parts, "; or ")
	if slices.ContainsFunc(set, func(r Requirement) bool { return r.Key == labelMemory }) {
		hint += "; " + labelMemory + " is in MiB: 16384 is 16 GiB"
	}
	return hint
}

// some shows a few of the values.
func some(values []string) string {
	const most = 8
	if len(values) == 1 {
		return values[0]
	}
	if len(values) <= most {
		return "one of " + strings.Join(values, ", ")
	}
	return "one of " + strings.Join(values[:most/2], ", ") + ", … " + strings.Join(values[len(values)-most/2:], ", ")
}

// variety: with minValues, Karpenter launches nothing unless the types that are left have so many values of the label
// (Karpenter, "NodePools", Min Values).
func (t *Table) variety(indexes []int, requirements []Requirement, left []int) []Fault {
	var faults []Fault
	for i, r := range requirements {
		if values := t.values(left, r.Key); r.MinValues > len(values) {
			faults = append(faults, Fault{
				Requirements: []int{indexes[i]}, Unsure: true,
				Text: fmt.Sprintf("minValues asks for %d values of %s, and the instance types that the pool admits have %d, so it never launches a node", r.MinValues, r.name(), len(values)),
				Hint: fmt.Sprintf("write at most %d, or admit more", len(values)),
			})
		}
	}
	return faults
}
