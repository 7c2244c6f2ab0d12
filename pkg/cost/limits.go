package cost

import (
	"fmt"
	"math"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/instance"
)

// offer is an instance type with what an hour of it costs, Auto Mode included.
type offer struct {
	instance.Type
	usd float64
}

// pool is the most that a node pool can cost: nodes of those types that cost most for the CPU and memory that its limits
// allow. Karpenter launches nothing above them (sigs.k8s.io/karpenter, filterByRemainingResources).
func (p pricing) pool(pool config.NodePool, types *instance.Table) Item {
	var offers []offer
	for _, t := range types.Admitted(pool.InstanceRequirements()) {
		if price, ok := p.prices.Instances[p.region][t.Name]; ok {
			fee, _ := p.prices.fee(p.region, t.Name, price)
			offers = append(offers, offer{t, price + fee})
		}
	}
	item := Item{Name: "pool " + pool.Name + " at its limits", Quantity: 1, Per: perHour}
	cpu, memory := limit(pool.Limits.CPU), limit(pool.Limits.Memory)/(1<<20)
	switch {
	case math.IsInf(cpu, 1) && math.IsInf(memory, 1):
		item.Note = "the pool has no limit of cpu or memory"
		return item
	case len(offers) == 0:
		item.Note = "no price in " + p.region + " is known of a type that the pool admits: set instances." + p.region + " in --prices"
		return item
	}
	usd, dearest := most(offers, cpu, memory)
	var limits []string
	if pool.Limits.CPU != "" {
		limits = append(limits, "cpu "+string(pool.Limits.CPU))
	}
	if pool.Limits.Memory != "" {
		limits = append(limits, "memory "+string(pool.Limits.Memory))
	}
	month := cents(usd * hours)
	item.Price, item.Month = &usd, &month
	item.Note = fmt.Sprintf("at most, on demand, Auto Mode included: %s of %s", strings.Join(limits, " and "), strings.Join(dearest, " and "))
	return item
}

// limit is infinite where there is none.
func limit(q config.Quantity) float64 {
	parsed, err := resource.ParseQuantity(string(q))
	if q == "" || err != nil {
		return math.Inf(1)
	}
	return parsed.AsApproximateFloat64()
}

// most is the highest price an hour of nodes within two limits, and of which types. It counts parts of a node, so that no
// mix of whole ones is above it: with two limits, one or two types are in the dearest mix (the basic solutions of a
// linear program with two constraints).
func most(offers []offer, cpu, memory float64) (usd float64, names []string) {
	better := func(price float64, types ...string) {
		if price > usd+1e-9 {
			usd, names = price, types
		}
	}
	for _, a := range offers {
		better(math.Min(cpu/float64(a.CPU), memory/float64(a.Memory))*a.usd, a.Name)
	}
	if math.IsInf(cpu, 1) || math.IsInf(memory, 1) {
		return usd, names
	}
	for i, a := range offers {
		for _, b := range offers[:i] {
			det := float64(a.CPU*b.Memory - b.CPU*a.Memory)
			if det == 0 {
				continue
			}
			x := (cpu*float64(b.Memory) - memory*float64(b.CPU)) / det
			y := (memory*float64(a.CPU) - cpu*float64(a.Memory)) / det
			if x > 0 && y > 0 {
				better(x*a.usd+y*b.usd, b.Name, a.Name)
			}
		}
	}
	return usd, names
}
