package verify_test

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/pkg/schema"
)

// small is a tree with one stage and one patch: a fuzzer needs many runs in a second.
func small() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"clusters/clusters.yaml":            "apiVersion: gen/v1alpha1\nkind: Fleet\n",
		"flux/dev/kustomization.yaml":       "resources: [chain.yaml]\n",
		"flux/dev/chain.yaml":               chain,
		"flux/dev/nodes/kustomization.yaml": "resources: [pool.yaml]\ncomponents: [../../../patches/nodes]\n",
		"flux/dev/nodes/pool.yaml":          pool,
		"patches/nodes/kustomization.yaml":  component,
		"patches/nodes/pool.yaml":           "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: standard}\nspec: {weight: 10}\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

const (
	chain = `apiVersion: v1
kind: ConfigMap
metadata: {name: kubeconfig, namespace: dev-1, labels: {reconcile.fluxcd.io/watch: Enabled}}
data: {provider: aws, cluster: "arn:aws:eks:eu-west-1:111122223333:cluster/dev-1"}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: nodes, namespace: dev-1}
spec:
  deletionPolicy: Orphan
  interval: 1h
  kubeConfig: {configMapRef: {name: kubeconfig}}
  path: ./flux/dev/nodes
  prune: true
  retryInterval: 2m
  sourceRef: {kind: GitRepository, name: dev}
  postBuild: {substitute: {name: standard}}
  wait: true
`
	pool = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: standard}
spec:
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
      requirements:
      - {key: kubernetes.io/arch, operator: In, values: [amd64]}
`
	component = "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: pool.yaml}]\n"
)

// FuzzPatch: whatever a user writes into a patch and its kustomization.yaml, there is an answer and no panic.
func FuzzPatch(f *testing.F) {
	f.Add("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: standard}\nspec: {limits: null}\n", component)
	f.Add("- op: remove\n  path: /spec/template\n", "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: pool.yaml, target: {kind: .*}}]\n")
	f.Add("[]", "patches: [{patch: '- {op: x}'}, 1, {path: [a]}]\nresources: {a: b}\n")
	answer := answers(f)
	f.Fuzz(func(t *testing.T, patch, kustomization string) {
		answer(t, map[string]string{"patches/nodes/pool.yaml": patch, "patches/nodes/kustomization.yaml": kustomization})
	})
}

// FuzzTree: whatever stands in the files of a tree, there is an answer and no panic.
func FuzzTree(f *testing.F) {
	f.Add(chain, "resources: [pool.yaml]\n", pool, "/flux\n")
	f.Add("apiVersion: v1\nkind: List\nitems: [1, {kind: ConfigMap}]\n", "namePrefix: 1\n", "null", "")
	for _, object := range examples(f) {
		f.Add(chain, "resources: [pool.yaml]\n", object, "")
	}
	answer := answers(f)
	f.Fuzz(func(t *testing.T, chain, kustomization, object, ignore string) {
		answer(t, map[string]string{
			"flux/dev/chain.yaml": chain, "flux/dev/nodes/kustomization.yaml": kustomization, "flux/dev/nodes/pool.yaml": object, ".sourceignore": ignore,
		})
	})
}

// answers verifies the small tree with some files changed, and prints what is wrong in every form.
func answers(f *testing.F) func(t *testing.T, files map[string]string) {
	f.Helper()
	crds, err := schema.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	base := small()
	return func(t *testing.T, changed map[string]string) {
		t.Helper()
		files := maps.Clone(base)
		for name, text := range changed {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		told(t, files, crds)
	}
}

// examples are files of a golden tree, one of each sort.
func examples(f *testing.F) []string {
	f.Helper()
	files, err := filepath.Glob("../../testdata/golden/every-field/want/clusters/*/*/*/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden files: %v", err)
	}
	var texts []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}
