package cost

import (
	"cmp"
	"fmt"
	"math"
	"slices"
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
	cpu, memory, nodes := limit(pool.Limits[config.LimitCPU]), limit(pool.Limits[config.LimitMemory])/(1<<20), limit(pool.Limits[config.LimitNodes])
	if pool.Replicas != nil {
		nodes = float64(*pool.Replicas) // a static pool has that many, always
	}
	switch {
	case math.IsInf(cpu, 1) && math.IsInf(memory, 1) && math.IsInf(nodes, 1):
		item.Note = "the pool has no limit of cpu, memory or nodes"
		return item
	case len(offers) == 0:
		item.Note = "no price in " + p.region + " is known of a type that the pool admits: set instances." + p.region + " in --prices"
		return item
	}
	usd, dearest := atMost(offers, cpu, memory, nodes)
	month := cents(usd * hours)
	item.Price, item.Month = &usd, &month
	item.Note = fmt.Sprintf("at most, on demand, Auto Mode included: %s of %s", within(pool), strings.Join(dearest, " and "))
	return item
}

// atMost is the highest price an hour within all limits, and of which types.
func atMost(offers []offer, cpu, memory, nodes float64) (usd float64, names []string) {
	dearest := slices.MaxFunc(offers, func(a, b offer) int { return cmp.Compare(a.usd, b.usd) })
	usd, names = nodes*dearest.usd, []string{dearest.Name}
	if math.IsInf(cpu, 1) && math.IsInf(memory, 1) {
		return usd, names
	}
	if other, types := most(offers, cpu, memory); other < usd || math.IsInf(nodes, 1) {
		return other, types
	}
	return usd, names
}

// within names the limits of a pool that count.
func within(pool config.NodePool) string {
	var limits []string
	for _, name := range []string{config.LimitCPU, config.LimitMemory, config.LimitNodes} {
		if q := pool.Limits[name]; q != "" && (name != config.LimitNodes || pool.Replicas == nil) {
			limits = append(limits, name+" "+string(q))
		}
	}
	if pool.Replicas != nil {
		limits = append(limits, fmt.Sprintf("replicas %d", *pool.Replicas))
	}
	return strings.Join(limits, " and ")
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
