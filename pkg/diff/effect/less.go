package effect

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"eks-auto-gitops/pkg/diff/change"
)

// Less compares two quantities such as 64 or 256Gi.
func Less(a, b any) bool {
	if a == nil || b == nil {
		return false
	}
	x, err := resource.ParseQuantity(change.Value(a))
	y, other := resource.ParseQuantity(change.Value(b))
	return err == nil && other == nil && x.Cmp(y) < 0
}
