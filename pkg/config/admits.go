package config

import "eks-auto-gitops/pkg/instance"

// InstanceRequirements are the pool's requirements as the table of instance types takes them: those that its short forms
// stand for, and the further ones.
func (p NodePool) InstanceRequirements() []instance.Requirement {
	var list []instance.Requirement
	for _, short := range shortRequirements(p) {
		if len(short.values) > 0 {
			list = append(list, instance.Requirement{Key: short.key, Operator: "In", Values: short.values})
		}
	}
	for _, r := range p.Requirements {
		list = append(list, instance.Requirement{Key: r.Key, Operator: r.Operator, Values: r.Values, MinValues: r.MinValues})
	}
	return list
}
