package instance

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

const mib = 1 << 20

// limits: Karpenter launches no node with which the pool would be above a limit (sigs.k8s.io/karpenter
// pkg/controllers/provisioning/scheduling/scheduler.go, filterByRemainingResources), so the smallest must be within them.
func (t *Table) limits(p Pool, left []int) []Fault {
	within := func(i int) bool {
		return !above(p.CPU, t.types[i].cpu) && !above(p.Memory, t.types[i].memory*mib)
	}
	if fits := slices.DeleteFunc(slices.Clone(left), func(i int) bool { return !within(i) }); len(fits) > 0 {
		return t.devices(p, fits)
	}
	smallest := slices.MinFunc(left, func(a, b int) int {
		x, y := t.types[a], t.types[b]
		return int(x.cpu*1024-y.cpu*1024) + int(x.memory-y.memory)/64
	})
	k := t.types[smallest]
	size := fmt.Sprintf("%d vCPUs and %s of memory", k.cpu, inGi(k.memory))
	fault := Fault{Limit: "cpu", Unsure: len(p.Requirements) == 0}
	given := p.CPU
	if !above(p.CPU, k.cpu) {
		fault.Limit, given = "memory", p.Memory
	}
	fault.Text = fmt.Sprintf("the limit %s %s is below one node: the smallest instance type that the pool admits, %s, has %s", fault.Limit, given, k.values[t.labels[labelType]], size)
	fault.Hint = fmt.Sprintf("write at least cpu: %d and memory: %s, times the nodes that the pool may have", k.cpu, inGi(k.memory))
	return []Fault{fault}
}

func above(limit *resource.Quantity, value int64) bool {
	return limit != nil && limit.CmpInt64(value) < 0
}

// inGi writes MiB as a quantity of Kubernetes.
func inGi(mebibytes int64) string {
	if mebibytes%1024 != 0 {
		return fmt.Sprintf("%dMi", mebibytes)
	}
	return fmt.Sprintf("%dGi", mebibytes/1024)
}

// offers: none of the types that are left was offered in the region. A type that was offered nowhere is newer than what
// is known about regions.
func (t *Table) offers(region string, left []int) []Fault {
	bit, ok := t.regions[region]
	if !ok || slices.ContainsFunc(left, func(i int) bool {
		offered := t.types[i].offered
		return offered.Sign() == 0 || offered.Bit(bit) == 1
	}) {
		return nil
	}
	return []Fault{{
		Unsure: true,
		Text:   fmt.Sprintf("no instance type that the pool admits was offered in %s on %s: it admits %s", region, t.OfferedOn, some(t.values(left, labelFamily))),
		Hint:   "admit other families, or check with: aws ec2 describe-instance-type-offerings --region " + region + " --filters Name=instance-type,Values=" + strings.Join(t.values(left, labelType)[:1], ""),
	}}
}
