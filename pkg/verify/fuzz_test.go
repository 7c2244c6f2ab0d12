package verify_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// FuzzPatch: whatever a user writes into a patch and its kustomization.yaml, there is an answer and no panic.
func FuzzPatch(f *testing.F) {
	f.Add("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: standard}\nspec: {limits: null}\n", "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: pool.yaml}]\n")
	f.Add("- op: remove\n  path: /spec/template\n", "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: pool.yaml, target: {kind: .*}}]\n")
	f.Add("[]", "patches: [{patch: '- {op: x}'}, 1, {path: [a]}]\nresources: {a: b}\n")
	crds, err := schema.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	var base fstest.MapFS
	f.Fuzz(func(t *testing.T, patch, kustomization string) {
		if base == nil {
			for _, c := range golden.Cases(t) {
				if c.Name == "patches" {
					base = filesOf(t, c)
				}
			}
		}
		files := maps.Clone(base)
		files["patches/dev/dev-1/nodes/pool.yaml"] = &fstest.MapFile{Data: []byte(patch)}
		files["patches/dev/dev-1/nodes/kustomization.yaml"] = &fstest.MapFile{Data: []byte(kustomization)}
		tree, err := verify.Load(files, crds)
		if err != nil {
			t.Fatal(err)
		}
		verify.Run(tree, verify.Checks())
	})
}
