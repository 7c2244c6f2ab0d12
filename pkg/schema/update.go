package schema

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// ValidateUpdate returns the faults of replacing the object before by after that are none of after itself: what the
// kind's rules on oldSelf refuse. Source: Kubernetes, CustomResourceDefinitions, Transition rules. Neither is changed.
func (s *Set) ValidateUpdate(before, after map[string]any) []Fault {
	k := s.kinds[KindOf(after)]
	if k == nil || KindOf(before) != KindOf(after) {
		return nil
	}
	v, err := k.compile()
	if err != nil || v.rules == nil {
		return nil // Validate says so
	}
	old, err := normal(before)
	if err != nil {
		return nil
	}
	own, err := normal(after)
	if err != nil {
		return nil
	}
	ctx := context.Background()
	alone, _ := v.rules.Validate(ctx, nil, v.structural, own, nil, celconfig.RuntimeCELCostBudget)
	both, _ := v.rules.Validate(ctx, nil, v.structural, own, old, celconfig.RuntimeCELCostBudget)
	var faults []Fault
	for _, err := range both {
		if !slices.ContainsFunc(alone, func(other *field.Error) bool { return other.Error() == err.Error() }) {
			faults = append(faults, Fault{Field: err.Field, Detail: err.Detail})
		}
	}
	return faults
}
