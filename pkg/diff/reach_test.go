package diff_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/schema"
)

// forms are ways in which people make a kustomization.yaml name a file. Every file but these says first somewhere, and to say other
// there changes an object.
const forms = `
-- clusters/clusters.yaml --
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments: [{name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}]
clusters:
- {name: dev-1, environment: dev, version: "1.36", network: {cidr: 10.10.0.0/16}, dns: {domain: dev.example.org, zone: {create: true}}, components: {external-dns: {enabled: true}}}
- {name: dev-2, environment: dev, version: "1.36", network: {cidr: 10.20.0.0/16}}
-- patches/dev/dev-2/foundation/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
-- patches/dev/dev-2/foundation/more.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: plain-more, namespace: dev-2}
spec:
  interval: 1m
  prune: true
  path: ./patches/lots
  sourceRef: {kind: GitRepository, name: first}
-- patches/lots/kustomization.yaml --
{namePrefix: lots-, resources: [../more]}
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
  - deep.yaml
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
-- patches/dev/dev-1/nodes/deep.yaml --
{apiVersion: builtin, kind: PatchTransformer, metadata: {name: deep}, path: deep/patch.yaml}
-- patches/dev/dev-1/nodes/deep/patch.yaml --
{apiVersion: v1, kind: ConfigMap, metadata: {name: patched, namespace: default}, data: {d: first}}
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
spec: {interval: 1m, prune: true, "path": "./patches/m\u0075ch", sourceRef: {kind: GitRepository, name: first}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: quiet-more, namespace: dev-1}
spec:
  interval: 1m
  prune: true
  path: ./patches/nothing
  sourceRef: {kind: GitRepository, name: first}
---
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: loose, namespace: dev-1}, spec: {interval: 1m, prune: true, path: /patches/loose/, sourceRef: {kind: GitRepository, name: first}}}
-- patches/loose/loose.yaml --
{apiVersion: v1, kind: ServiceAccount, metadata: {name: loose, namespace: default, annotations: {a: first}}}
-- patches/loose/below/below.yml --
{apiVersion: v1, kind: ServiceAccount, metadata: {name: below, namespace: default, annotations: {a: first}}}
-- patches/loose/listed/kustomization.yaml --
resources: [listed.yaml]
-- patches/loose/listed/listed.yaml --
{apiVersion: v1, kind: ServiceAccount, metadata: {name: listed, namespace: default, annotations: {a: first}}}
-- patches/dev/dev-1/foundation/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
-- patches/dev/dev-1/foundation/more.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: plain-more, namespace: dev-1}
spec:
  interval: 1m
  prune: true
  path: ./patches/more
  sourceRef: {kind: GitRepository, name: first}
-- patches/much/kustomization.yaml --
{namePrefix: first-, resources: [../more]}
-- patches/more/kustomization.yaml --
resources: [more.yaml]
-- patches/more/more.yaml --
{apiVersion: v1, kind: ServiceAccount, metadata: {name: more, namespace: default, annotations: {a: first}}}
-- patches/nothing/kustomization.yaml --
resources: [nothing.yaml]
-- patches/nothing/nothing.yaml --
{apiVersion: v1, kind: ServiceAccount, metadata: {name: nothing, namespace: default, annotations: {a: first}}}
`

// variable is a path that only Flux knows, to a folder that another Kustomization leads to as well.
const variable = `
-- patches/dev/dev-1/addons/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
-- patches/dev/dev-1/addons/more.yaml --
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: quiet, namespace: dev-1}, spec: {interval: 1m, prune: true, path: ./patches/nothing, postBuild: {substitute: {WHICH: much}}, sourceRef: {kind: GitRepository, name: one}}}
-- patches/nothing/kustomization.yaml --
resources: [nothing.yaml]
-- patches/nothing/nothing.yaml --
{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: quiet, namespace: default}, spec: {interval: 1m, prune: true, path: "./patches/${WHICH}", sourceRef: {kind: GitRepository, name: one}}}
-- patches/much/kustomization.yaml --
{namePrefix: much-, resources: [../more]}
`

// TestEveryFileCounts: whichever file that people have written changes, alone, what its part says is what the whole says, and
// it says something. For files that gen writes, TestPairs asks the same.
func TestEveryFileCounts(t *testing.T) {
	crds := embedded(t)
	tree, ours := treeOf(t, forms)
	for name := range ours {
		changed := bytes.ReplaceAll(tree[name], []byte("first"), []byte("other"))
		if bytes.Equal(changed, tree[name]) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if report := changedAlone(t, tree, name, changed, crds); len(report.Sections) == 0 {
				t.Error("nobody hears of it")
			}
		})
	}
	t.Run("a file more in a folder that lists none", func(t *testing.T) {
		object := bytes.ReplaceAll(tree["patches/loose/loose.yaml"], []byte("loose"), []byte("another"))
		if report := changedAlone(t, tree, "patches/loose/below/another.yaml", object, crds); len(report.Sections) != 1 {
			t.Errorf("got %s", inJSON(t, report))
		}
	})
	t.Run("an environment in another form", func(t *testing.T) {
		const list, name = "flux/dev/kustomization.yaml", "clusters/dev/dev-1/cluster/cluster.yaml"
		for _, form := range []string{"- 'dev-1/delivery'", "- dev-1/delivery # the first", "- dev-1/../dev-1/delivery", "-  dev-1/delivery"} {
			other := maps.Clone(tree)
			other[list] = bytes.Replace(tree[list], []byte("- dev-1/delivery"), []byte(form), 1)
			changed := bytes.Replace(tree[name], []byte("version: '1.36'"), []byte("version: '1.37'"), 1)
			if report := changedAlone(t, other, name, changed, crds); len(report.Sections) != 1 || bytes.Equal(other[list], tree[list]) {
				t.Errorf("%s: got %s", form, inJSON(t, report))
			}
		}
	})
	t.Run("variable", func(t *testing.T) {
		tree, _ := treeOf(t, forms+variable)
		const name = "patches/more/more.yaml"
		report := changedAlone(t, tree, name, bytes.ReplaceAll(tree[name], []byte("first"), []byte("other")), crds)
		if len(report.Sections) != 2 || len(report.Sections[0].Changes)+len(report.Sections[1].Changes) != 3 {
			t.Errorf("got %s", inJSON(t, report))
		}
	})
}

// treeOf generates the tree for an archive with a clusters.yaml and patches, and tells which files people have written to
// be applied.
func treeOf(t *testing.T, archive string) (tree map[string][]byte, ours map[string]bool) {
	t.Helper()
	repository := fstest.MapFS{}
	ours = map[string]bool{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		repository[f.Name] = &fstest.MapFile{Data: f.Data}
		if f.Name != layout.ClustersFile {
			ours[f.Name] = true
		}
	}
	fleet, problems := config.Load(layout.ClustersFile, repository[layout.ClustersFile].Data)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	patches, _, err := generate.FindPatches(repository, fleet)
	if err != nil {
		t.Fatal(err)
	}
	made, err := generate.Tree(fleet, generate.Options{Patches: patches})
	if err != nil {
		t.Fatal(err)
	}
	tree = golden.Files(made)
	for name, file := range repository {
		tree[name] = file.Data
	}
	return tree, ours
}

// changedAlone is the report of a tree in which one file is changed.
func changedAlone(t *testing.T, tree map[string][]byte, name string, changed []byte, crds *schema.Set) *change.Report {
	t.Helper()
	other := maps.Clone(tree)
	other[name] = changed
	report := partAndWhole(t, tree, other, crds)
	if len(report.Problems) > 0 {
		t.Errorf("problems: %v", report.Problems)
	}
	return report
}

// TestPaths: every way to write a path in YAML is one.
func TestPaths(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"resources:\n- a/b.yaml\n", "a/b.yaml"},
		{"resources: [x, a/b.yaml]\n", "a/b.yaml"},
		{"resources:\n- a,b/#1[2]{3}.yaml\n", "a,b/#1[2]{3}.yaml"},
		{"resources:\n- a b.yaml # which has a blank\n", "a b.yaml"},
		{"resources:\n- \"\\x61/b.yaml\"\n", "a/b.yaml"},
		{"resources:\n- 'a''b.yaml'\n", "a'b.yaml"},
		{"resources:\n- >-\n  a/b.yaml\n", "a/b.yaml"},
		{"configMapGenerator:\n- files: [key=a/b.conf]\n", "a/b.conf"},
	} {
		if !slices.Contains(diff.Paths(c.content), c.want) {
			t.Errorf("%s: got %q", c.content, diff.Paths(c.content))
		}
	}
}

// TestMayDeliver: however YAML has a Kustomization of Flux, it is seen.
func TestMayDeliver(t *testing.T) {
	for content, want := range map[string]bool{
		"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n":                            true,
		"{\"apiVersion\": \"kustomize.toolkit.fluxcd.io/v1\"}":                                         true,
		"apiVersion: \"kustomize\\x2etoolkit.fluxcd.io/v1\"\n":                                         true,
		"apiVersion: \"kustomize.tool\\\n  kit.fluxcd.io/v1\"\n":                                       true,
		"a: 1\n---\napiVersion: \"\\u006bustomize.toolkit.fluxcd.io/v1\"\n":                            true,
		"patch: |\n  apiVersion: kustomize.toolkit.fluxcd.io/v1\n":                                     true,
		"patch: |\n  apiVersion: \"kustomize\\x2etoolkit.fluxcd.io/v1\"\n":                             true,
		"metadata: {annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}, name: \"\\x61\"}": false,
		"key: \"\\xno YAML\"": false,
	} {
		if got := diff.MayDeliver(content); got != want {
			t.Errorf("%s: got %v", content, got)
		}
	}
}
