package instance

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
)

// A device is what instance types have besides CPU and memory, by the name under which Kubernetes counts it: how many a type
// has stands in one label, whose they are in another (karpenter-provider-aws, pkg/providers/instancetype/types.go).
type device struct{ count, maker, name string }

func devices() map[string]device {
	const gpu, accelerator = "eks.amazonaws.com/instance-gpu-", "eks.amazonaws.com/instance-accelerator-"
	return map[string]device{
		"nvidia.com/gpu":        {gpu + "count", gpu + "manufacturer", "nvidia"},
		"amd.com/gpu":           {gpu + "count", gpu + "manufacturer", "amd"},
		"aws.amazon.com/neuron": {accelerator + "count", accelerator + "manufacturer", "aws"},
	}
}

// devices finds a limit of devices that every type exceeds which is within the other limits.
func (t *Table) devices(p Pool, left []int) []Fault {
	for _, name := range slices.Sorted(maps.Keys(p.Devices)) {
		limit, d := p.Devices[name], devices()[name]
		if d.name == "" {
			continue
		}
		fits := slices.DeleteFunc(slices.Clone(left), func(i int) bool { return limit.CmpInt64(t.has(i, d)) < 0 })
		if len(fits) == 0 {
			return []Fault{t.tooFew(name, d, limit, left)}
		}
		left = fits
	}
	return nil
}

func (t *Table) tooFew(name string, d device, limit resource.Quantity, left []int) Fault {
	smallest := slices.MinFunc(left, func(a, b int) int { return int(t.has(a, d) - t.has(b, d)) })
	count := t.has(smallest, d)
	return Fault{
		Limit: name,
		Text:  fmt.Sprintf("the limit %s %s is below one node: the smallest instance type that the pool admits, %s, has %d", name, limit.String(), t.types[smallest].values[t.labels[labelType]], count),
		Hint:  fmt.Sprintf("write at least %d, times the nodes that the pool may have", count),
	}
}

// has is how many devices of a kind an instance type has.
func (t *Table) has(i int, d device) int64 {
	if t.types[i].values[t.labels[d.maker]] != d.name {
		return 0
	}
	count, err := strconv.ParseInt(t.types[i].values[t.labels[d.count]], 10, 64)
	if err != nil {
		return 0
	}
	return count
}
