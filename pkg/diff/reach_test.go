package diff_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diff"
)

// forms are ways in which people make a kustomization.yaml name a file. Every file but these says first somewhere, and to say other
// there changes an object.
const forms = `
-- patches/dev/dev-1/nodes/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources:
- plain.yaml
- ./dotted.yaml
- 'quoted.yaml' # a comment
- "esc\x61ped.yaml"
- &anchor below
- below/../beside/
- >-
  folded.yaml
- "bro\
  ken.yaml"
components: [../../../common, "../../../\u0061lso"]
generators: [generator.yaml]
transformers:
  - transformer.yaml
configMapGenerator:
- {name: generated, namespace: default, files: [a.conf, key=b.conf, "c\x2econf"], envs: [d.env], options: {disableNameSuffixHash: true}}
secretGenerator:
- name: generated
  namespace: default
  files:
  - secret=e.conf
  options: {disableNameSuffixHash: true}
patches:
- path: patch.yaml
- path:
    patch.json
  target: {kind: ConfigMap, name: patched}
replacements:
- {path: replacement.yaml}
-- patches/dev/dev-1/nodes/plain.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: plain, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/dotted.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: dotted, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/quoted.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: patched, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/escaped.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: escaped, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/folded.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: folded, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/broken.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: broken, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/below/kustomization.yml --
resources: [below.yaml]
-- patches/dev/dev-1/nodes/below/below.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: below, namespace: default}, data: {a: first}}
-- patches/dev/dev-1/nodes/beside/Kustomization --
resources: [beside.yaml]
-- patches/dev/dev-1/nodes/beside/beside.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: beside, namespace: default}, data: {a: first}}
-- patches/common/kustomization.yaml --
{apiVersion: kustomize.config.k8s.io/v1alpha1, kind: Component, configMapGenerator: [{name: common, namespace: default, files: [common.txt], options: {disableNameSuffixHash: true}}]}
-- patches/common/common.txt --
first
-- patches/also/kustomization.yaml --
{"apiVersion":"kustomize.config.k8s.io/v1alpha1","kind":"Component","resources":["also.json"]}
-- patches/also/also.json --
{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"also","namespace":"default","annotations":{"a":"first"}}}
-- patches/dev/dev-1/nodes/generator.yaml --
{apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: builtin, namespace: default}, literals: [a=first], options: {disableNameSuffixHash: true}}
-- patches/dev/dev-1/nodes/transformer.yaml --
{apiVersion: builtin, kind: LabelTransformer, metadata: {name: builtin}, labels: {a: first}, fieldSpecs: [{path: metadata/labels, create: true}]}
-- patches/dev/dev-1/nodes/a.conf --
first
-- patches/dev/dev-1/nodes/b.conf --
first
-- patches/dev/dev-1/nodes/c.conf --
first
-- patches/dev/dev-1/nodes/d.env --
d=first
-- patches/dev/dev-1/nodes/e.conf --
first
-- patches/dev/dev-1/nodes/patch.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: patched, namespace: default}, data: {b: first}}
-- patches/dev/dev-1/nodes/patch.json --
[{"op": "add", "path": "/data/c", "value": "first"}]
-- patches/dev/dev-1/nodes/replacement.yaml --
source: {kind: ConfigMap, name: plain, fieldPath: data.a}
targets: [{select: {kind: ConfigMap, name: patched}, fieldPaths: [data.first], options: {create: true}}]
-- patches/dev/dev-1/addons/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
components: [../../../also]
-- patches/dev/dev-1/addons/more.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: more, namespace: dev-1}
spec: {interval: 1m, prune: true, "path": "./patches/more", sourceRef: {kind: GitRepository, name: first}}
-- patches/more/kustomization.yaml --
configMapGenerator:
- {name: more, namespace: default, files: [more.txt], options: {disableNameSuffixHash: true}}
-- patches/more/more.txt --
first
`

// TestEveryFileCounts: whichever file of a tree changes, alone, what its part says is what the whole says; and of a file
// that makes an object it says something.
func TestEveryFileCounts(t *testing.T) {
	crds := embedded(t)
	cases := golden.Cases(t)
	tree := filesOf(t, cases[slices.IndexFunc(cases, func(c golden.Case) bool { return c.Name == "patches" })])
	for name := range tree {
		if strings.HasPrefix(name, "patches/") {
			delete(tree, name)
		}
	}
	for name, content := range tree { // the patches of other stages have gone
		if strings.HasPrefix(name, "clusters/") {
			tree[name] = bytes.ReplaceAll(content, []byte("components:\n- ../../../../patches/dev/dev-1/foundation\n"), nil)
		}
	}
	ours := map[string]bool{}
	for _, f := range txtar.Parse([]byte(forms)).Files {
		tree[f.Name], ours[f.Name] = f.Data, true
	}
	for name, content := range tree {
		t.Run(name, func(t *testing.T) {
			changed := bytes.Replace(content, []byte("\nspec:\n"), []byte("\nspec:\n  changed: true\n"), 1)
			if ours[name] {
				changed = bytes.ReplaceAll(content, []byte("first"), []byte("other"))
			}
			if bytes.Equal(content, changed) {
				return
			}
			other := maps.Clone(tree)
			other[name] = changed
			before, after := diff.FromFiles("before", tree), diff.FromFiles("after", other)
			part, err := diff.Compare(before, after, crds)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := diff.CompareWhole(before, after, crds)
			if err != nil {
				t.Fatal(err)
			}
			if some, all := inJSON(t, part), inJSON(t, whole); some != all {
				t.Errorf("with only what the file can reach it says something else:\n%s", udiff.Unified("whole", "part", all, some))
			}
			if len(whole.Problems) > 0 || ours[name] && len(part.Sections) == 0 {
				t.Errorf("%d sections, problems: %v", len(part.Sections), whole.Problems)
			}
		})
	}
}
