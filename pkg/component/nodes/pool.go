package nodes

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
)

// nodePool makes a Karpenter NodePool (Amazon EKS User Guide: Create a node pool for EKS Auto Mode). What EKS
// would default is written out, because its defaults change between Kubernetes versions.
func nodePool(c *config.Cluster, pool config.NodePool) *karpenter.NodePool {
	return &karpenter.NodePool{
		TypeMeta:   metav1.TypeMeta{APIVersion: karpenter.GroupVersion().String(), Kind: "NodePool"},
		ObjectMeta: metav1.ObjectMeta{Name: pool.Name},
		Spec: karpenter.NodePoolSpec{
			Disruption: disruption(pool.Disruption),
			Limits:     limits(pool.Limits),
			Replicas:   replicas(pool.Replicas),
			Template: karpenter.NodeClaimTemplate{
				Metadata: &karpenter.TemplateMetadata{Annotations: pool.Annotations, Labels: labels(c, pool)},
				Spec: karpenter.NodeClaimTemplateSpec{
					ExpireAfter:            pool.ExpireAfter,
					NodeClassRef:           karpenter.NodeClassReference{Group: karpenter.AutoModeGroup, Kind: "NodeClass", Name: pool.Class},
					Requirements:           requirements(pool),
					StartupTaints:          taints(pool.StartupTaints),
					Taints:                 taints(pool.Taints),
					TerminationGracePeriod: pool.TerminationGracePeriod,
				},
			},
			Weight: ack.Optional(int32(pool.Weight)),
		},
	}
}

func disruption(from config.Disruption) *karpenter.Disruption {
	d := &karpenter.Disruption{
		ConsolidateAfter:    from.ConsolidateAfter,
		ConsolidationPolicy: karpenter.ConsolidationPolicy(from.ConsolidationPolicy),
	}
	for _, b := range from.Budgets {
		budget := karpenter.Budget{Duration: b.Duration, Nodes: string(b.Nodes), Schedule: b.Schedule}
		for _, reason := range b.Reasons {
			budget.Reasons = append(budget.Reasons, karpenter.DisruptionReason(reason))
		}
		d.Budgets = append(d.Budgets, budget)
	}
	return d
}

func limits(from config.Limits) map[string]string {
	limits := map[string]string{}
	for name, quantity := range from {
		limits[name] = string(quantity)
	}
	return limits
}

// replicas is nil for a pool that makes as many nodes as pods need.
func replicas(from *int) *int64 {
	if from == nil {
		return nil
	}
	return new(int64(*from))
}

// labels are the cluster's tags, as far as they can be labels, and the pool's own. Keys are written as
// Kubernetes writes them: editionId for EditionId.
func labels(c *config.Cluster, pool config.NodePool) map[string]karpenter.LabelValue {
	labels := map[string]karpenter.LabelValue{}
	for key, value := range component.Tags(c) {
		first, size := utf8.DecodeRuneInString(key)
		key = string(unicode.ToLower(first)) + key[size:]
		if len(validation.IsQualifiedName(key)) == 0 && len(validation.IsValidLabelValue(value)) == 0 {
			labels[key] = karpenter.LabelValue(value)
		}
	}
	for key, value := range pool.Labels {
		labels[key] = karpenter.LabelValue(value)
	}
	return labels
}

func taints(from []config.Taint) []karpenter.Taint {
	var taints []karpenter.Taint
	for _, t := range from {
		taints = append(taints, karpenter.Taint{Effect: karpenter.TaintEffect(t.Effect), Key: t.Key, Value: t.Value})
	}
	return taints
}

// requirements are the pool's fields as Karpenter's labels, in the order of clusters.yaml's reference, then
// the further ones (Amazon EKS User Guide: Create a node pool, EKS Auto Mode supported labels).
func requirements(pool config.NodePool) []karpenter.Requirement {
	var list []karpenter.Requirement
	in := func(key string, values []string) {
		if len(values) > 0 {
			list = append(list, karpenter.Requirement{Key: key, Operator: karpenter.OpIn, Values: values})
		}
	}
	in("kubernetes.io/arch", pool.Arch)
	in("karpenter.sh/capacity-type", pool.CapacityTypes)
	in("eks.amazonaws.com/instance-category", pool.InstanceCategories)
	in("eks.amazonaws.com/instance-family", pool.InstanceFamilies)
	in("node.kubernetes.io/instance-type", pool.InstanceTypes)
	in("eks.amazonaws.com/instance-cpu", numbers(pool.InstanceCPUs))
	in("topology.kubernetes.io/zone", pool.Zones)
	for _, r := range pool.Requirements {
		list = append(list, karpenter.Requirement{
			Key: r.Key, MinValues: ack.Optional(r.MinValues), Operator: karpenter.Operator(r.Operator), Values: r.Values,
		})
	}
	return list
}

func numbers(from []int) []string {
	var list []string
	for _, n := range from {
		list = append(list, strconv.Itoa(n))
	}
	return list
}
