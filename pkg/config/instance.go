package config

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/instance"
)

// The labels that a pool's short forms stand for.
const (
	autoDomain        = "eks.amazonaws.com/"
	labelArch         = "kubernetes.io/arch"
	labelCapacityType = "karpenter.sh/capacity-type"
	labelCategory     = autoDomain + "instance-category"
	labelFamily       = autoDomain + "instance-family"
	labelCPU          = autoDomain + "instance-cpu"
	labelType         = "node.kubernetes.io/instance-type"
	labelZone         = "topology.kubernetes.io/zone"
	labelSize         = autoDomain + "instance-size"
)

// autoLabels are the labels of Auto Mode about instances (EKS User Guide, "Create a Node Pool
// for EKS Auto Mode"; capability-flex and the clock speed are not in it, but every node has them).
func autoLabels() []string {
	names := []string{
		"capability-flex", "category", "cpu", "cpu-manufacturer", "cpu-sustained-clock-speed-mhz", "ebs-bandwidth", "encryption-in-transit-supported", "family", "generation",
		"gpu-count", "gpu-manufacturer", "gpu-memory", "gpu-name", "hypervisor", "local-nvme", "memory", "network-bandwidth",
		"size",
	}
	for i, name := range names {
		names[i] = autoDomain + "instance-" + name
	}
	return names
}

// labelValue checks a value of a label with known values.
func (c clusterScope) labelValue(at spot, key, value string) {
	switch key {
	case labelZone:
		c.poolZone(at, value)
	case labelFamily:
		c.family(at, value)
	case labelType:
		c.instanceType(at, value)
	case labelSize:
		c.size(at, value)
	case labelCPU:
		if value == "1" {
			c.fail(at, "Auto Mode supports no instance with one vCPU", "its smallest have 2")
			return
		}
		if !slices.Contains(cpuCounts(), value) {
			c.fail(at, fmt.Sprintf("no instance has %s vCPUs", value), "one of "+strings.Join(cpuCounts(), ", "))
		}
	default:
		if what, words := labelWords(key); words != nil {
			c.oneOf(at, value, what, words)
		}
	}
}

// labelWords are the values of labels with a closed list.
func labelWords(key string) (what string, words []string) {
	switch key {
	case labelArch:
		return "an architecture", []string{"amd64", "arm64"}
	case labelCapacityType:
		return "a capacity type", []string{"on-demand", "spot", "reserved"}
	case labelCategory:
		return "an instance category of Auto Mode", instance.Categories()
	case autoDomain + "instance-cpu-manufacturer":
		return "a maker of CPUs", []string{"amd", "aws", "intel"}
	case autoDomain + "instance-gpu-manufacturer":
		return "a maker of GPUs", []string{"amd", "nvidia"}
	case autoDomain + "instance-hypervisor":
		return "a hypervisor", []string{"nitro", "xen", ""}
	case autoDomain + "instance-encryption-in-transit-supported":
		return "a choice", []string{"true", "false"}
	}
	return "", nil
}

// cpuCounts are the numbers of vCPUs of all EC2 instance types but the smallest.
func cpuCounts() []string {
	return strings.Fields("2 4 8 12 16 24 32 36 40 48 64 72 96 128 192 224 256 384 448 896")
}

// family checks an instance family: letters of a category, a generation, and variants.
func (c clusterScope) family(at spot, value string) {
	category := value[:len(value)-len(strings.TrimLeft(value, "abcdefghijklmnopqrstuvwxyz"))]
	switch {
	case !c.matches(`^[a-z]+[0-9]+[a-z0-9-]*$`, value):
		c.fail(at, fmt.Sprintf("%q is not an instance family", value), "write it without a size, such as m7g")
	case !slices.Contains(instance.Categories(), category):
		c.fail(at, fmt.Sprintf("Auto Mode supports no instance of the family %q", value), "its categories are "+strings.Join(instance.Categories(), ", "))
	}
}

func (c clusterScope) instanceType(at spot, value string) {
	family, size, ok := strings.Cut(value, ".")
	if !ok || family == "" {
		c.fail(at, fmt.Sprintf("%q is not an instance type", value), "write family and size, such as m7g.xlarge")
		return
	}
	c.family(at, family)
	c.size(at, size)
}

// size: Auto Mode needs more than one vCPU and refuses the three smallest sizes.
func (c clusterScope) size(at spot, value string) {
	switch {
	case value == "nano", value == "micro", value == "small":
		c.fail(at, fmt.Sprintf("Auto Mode supports no instance of the size %q", value), "its smallest is medium or large, depending on the family")
	case !c.matches(`^(medium|large|([1-9][0-9]{0,2})?xlarge|metal(-[0-9]+xl)?)$`, value):
		c.fail(at, fmt.Sprintf("%q is not an instance size", value), "write large, xlarge, 2xlarge and so on")
	}
}

// poolZone: a pool's zones are zones of the VPC, if its zones are known.
func (c clusterScope) poolZone(at spot, zone string) {
	if known := c.Network.Zones; len(known) > 0 && c.Network.CIDR != "" {
		if !slices.Contains(known, zone) && c.sound("network", "zones") {
			c.fail(at, fmt.Sprintf("%q is not a zone of this cluster", zone), "one of "+strings.Join(known, ", "))
		}
		return
	}
	c.zone(at, zone, false)
}
