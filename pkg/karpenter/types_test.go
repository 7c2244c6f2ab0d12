package karpenter_test

import (
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/internal/crdtest"
	"eks-auto-gitops/pkg/karpenter"
)

// Every type has the fields of its CRD, no more and no fewer.
func TestTypesMatchCRDs(t *testing.T) {
	t.Parallel()
	crds := crdtest.Require(t, "that NodePool, NodeClass and IngressClassParams have the fields of the real CRDs")
	for kind, c := range map[string]struct {
		group schema.GroupVersion
		obj   runtime.Object
	}{
		"NodePool":           {karpenter.GroupVersion(), &karpenter.NodePool{}},
		"NodeClass":          {karpenter.AutoModeGroupVersion(), &karpenter.NodeClass{}},
		"IngressClassParams": {karpenter.AutoModeGroupVersion(), &karpenter.IngressClassParams{}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, fault := range crds.Compare(c.group.WithKind(kind), c.obj) {
				t.Error(fault)
			}
		})
	}
}
