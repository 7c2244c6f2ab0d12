package config

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"

	"eks-auto-gitops/pkg/diag"
)

// builtInName: EKS has pools of these names where they are on. Where they are off the names are free.
func (c clusterScope) builtInName(s scope, name string) {
	if slices.Contains(c.Nodes.BuiltIn, name) && slices.Contains(BuiltInPools(), name) {
		s.fail(s.at("name"), fmt.Sprintf("%q is a built-in pool", name), "choose another name, or take it out of nodes.builtIn, which is [general-purpose, system] if it is not there")
	}
}

// limits: a pool without limits grows as long as the account pays.
func (s scope) limits(p NodePool) {
	l := p.Limits
	if len(l) == 0 && p.Replicas == nil && s.sound("limits") && s.sound("replicas") {
		s.fail(s.at("limits"), "is missing", "add limits: {cpu: 64, memory: 256Gi}, or another size, so that the pool cannot grow without end")
	}
	if q, ok := s.quantityOf(s.at("limits", LimitCPU), l[LimitCPU]); ok && q.Cmp(resource.MustParse("1")) < 0 {
		s.fail(s.at("limits", LimitCPU), fmt.Sprintf("%q vCPUs are less than any node has", string(l[LimitCPU])), "write the sum of all vCPUs of the pool")
	}
	if q, ok := s.quantityOf(s.at("limits", LimitMemory), l[LimitMemory]); ok && q.Cmp(resource.MustParse("1Gi")) < 0 {
		s.fail(s.at("limits", LimitMemory), fmt.Sprintf("%q is less memory than any node has", string(l[LimitMemory])), fmt.Sprintf("a number without a unit is bytes; write it as %sGi", strings.TrimRight(string(l[LimitMemory]), "KMGikm")))
	}
	unbounded := len(l) > 0
	for _, name := range sortedKeys(l) {
		unbounded = unbounded && strings.Contains(name, "/")
		s.limit(name, l[name])
	}
	if unbounded && s.sound("limits") {
		s.warn(s.at("limits"), "nodes that have none of these resources are not limited", "add cpu, memory or nodes")
	}
}

// limit checks the name and the value of a limit other than cpu and memory. Karpenter counts what instance types have, by the
// names of Kubernetes' resources (Karpenter, "NodePools", limits); a name that none of them has limits nothing.
func (s scope) limit(name string, value Quantity) {
	known := []string{LimitCPU, LimitMemory, LimitNodes, "ephemeral-storage", "pods"}
	if name == LimitCPU || name == LimitMemory {
		return
	}
	if domain, _, extended := strings.Cut(name, "/"); slices.Contains(known, name) || extended && len(validation.IsQualifiedName(name)) == 0 {
		if near := diag.Nearest(name, deviceResources()); extended && near != "" && near != name && strings.Contains(near, domain) {
			s.warn(s.keyAt("limits", name), fmt.Sprintf("%q is a resource that gen does not know", name), fmt.Sprintf("did you mean %q?", near))
		}
		if q, ok := s.quantityOf(s.at("limits", name), value); ok && name != "ephemeral-storage" && (q.Sign() < 0 || q.MilliValue()%1000 != 0) {
			s.fail(s.at("limits", name), fmt.Sprintf("%q is not a number of %s", string(value), name), "write a whole number")
		}
		return
	}
	hint := "its names are " + strings.Join(known, ", ") + ", and those of devices, such as nvidia.com/gpu"
	if near := diag.Nearest(name, append(known, "gpu")); near == "gpu" {
		hint = `write "nvidia.com/gpu", the name by which Kubernetes counts them`
	} else if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	s.fail(s.keyAt("limits", name), fmt.Sprintf("%q is not a resource that nodes have", name), hint)
}

// deviceResources are the names by which device plug-ins of Auto Mode announce what instances have.
func deviceResources() []string {
	return []string{"nvidia.com/gpu", "amd.com/gpu", "aws.amazon.com/neuron", "aws.amazon.com/neuroncore", "aws.amazon.com/neurondevice", "vpc.amazonaws.com/efa"}
}

// replicas: a static pool holds so many nodes, and so has neither weight nor limits but nodes (the CRD of NodePool;
// Karpenter, "NodePools", static NodePool).
func (s scope) replicas(p NodePool) {
	if p.Replicas == nil {
		return
	}
	if *p.Replicas < 0 {
		s.fail(s.at("replicas"), fmt.Sprintf("%d is below 0", *p.Replicas), "write 0 to hold no node for now")
	}
	if s.has("weight") {
		s.fail(s.at("weight"), "a static pool has no weight", "its nodes are there before pods are; remove weight, or replicas")
	}
	for _, name := range sortedKeys(p.Limits) {
		if name != LimitNodes {
			s.fail(s.at("limits", name), "a static pool takes no limit but nodes", "its size is replicas; remove it")
		}
	}
	if q, ok := quantityValue(p.Limits[LimitNodes]); ok && q < int64(*p.Replicas) {
		s.fail(s.at("limits", LimitNodes), fmt.Sprintf("%d nodes are less than the %d replicas", q, *p.Replicas), "Karpenter would make no more than that; raise it: above replicas it leaves room to replace nodes")
	}
}

func quantityValue(q Quantity) (int64, bool) {
	parsed := quantity(q)
	if parsed == nil {
		return 0, false
	}
	return parsed.Value(), true
}

// annotations: names as Kubernetes wants them.
func (s scope) annotations(annotations map[string]string) {
	for _, key := range sortedKeys(annotations) {
		if len(validation.IsQualifiedName(strings.ToLower(key))) > 0 {
			s.fail(s.keyAt("annotations", key), fmt.Sprintf("%q is not the name of an annotation", key), "use letters, digits, dashes, dots and underscores, at most 63, behind a domain and a slash if any")
		}
	}
}

// poolReserved: a pool for reserved capacity alone launches what its class selects, and nothing else (Karpenter, "NodeClasses",
// spec.capacityReservationSelectorTerms).
func (c clusterScope) poolReserved(s scope, p NodePool) {
	i := slices.Index(c.classNames(), p.Class)
	if !slices.Equal(p.CapacityTypes, []string{"reserved"}) || i < 0 && p.Class != "default" || !c.sound("nodes", "classes") {
		return
	}
	if i < 0 || len(c.Nodes.Classes[i].CapacityReservationSelectorTerms) == 0 {
		s.fail(s.at("capacityTypes"), fmt.Sprintf("asks for reserved capacity only, and the class %q selects none, so the pool never launches a node", p.Class),
			"add capacityReservationSelectorTerms to the class, or on-demand here")
	}
}

// nodePolicies are those of the node role, which has two of gen's own (IAM quotas: 10 managed policies for a role).
func (c clusterScope) nodePolicies(n Nodes) {
	if n.RoleARN != "" && len(n.PolicyARNs) > 0 {
		c.fail(c.at("nodes", "policyARNs"), "policies for a role that gen does not create", "attach them where the role is created, or remove nodes.roleARN")
	}
	if len(n.PolicyARNs) > 8 {
		c.fail(c.at("nodes", "policyARNs"), fmt.Sprintf("%d policies", len(n.PolicyARNs)), "IAM attaches 10 to a role, and nodes need two; join some")
	}
	for i, arn := range n.PolicyARNs {
		c.policyARN(c.at("nodes", "policyARNs", i), arn)
	}
	c.distinct(n.PolicyARNs, "nodes", "policyARNs")
}

// deviceLimits are the limits of devices.
func deviceLimits(l Limits) map[string]resource.Quantity {
	devices := map[string]resource.Quantity{}
	for name, value := range l {
		if parsed := quantity(value); parsed != nil && strings.Contains(name, "/") {
			devices[name] = *parsed
		}
	}
	return devices
}
