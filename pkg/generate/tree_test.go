package generate_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
)

// aTree is the generated tree of a golden case and what kustomize makes of it.
type aTree struct {
	golden.Case
	fleet *config.Fleet
	tree  *layout.Tree
	// text is what each directory builds to, objects the same read.
	text    map[string][]byte
	objects map[string][]object
}

// object is a Kubernetes object as an API server gets it.
type object struct{ unstructured.Unstructured }

func (o object) id() string {
	return o.GroupVersionKind().GroupKind().String() + " " + o.GetNamespace() + "/" + o.GetName()
}

// at returns a text deep in the object; empty where there is none.
func (o object) at(path ...string) string {
	s, _, _ := unstructured.NestedString(o.Object, path...)
	return s
}

func (o object) list(path ...string) []any {
	list, _, _ := unstructured.NestedSlice(o.Object, path...)
	return list
}

// Building takes seconds, and no test changes the result.
var (
	treesOnce sync.Once
	treesMade []aTree
)

// trees makes and builds the tree of every golden case, once for all tests. kustomize is run one directory at
// a time: it keeps schemas in package variables.
func trees(t *testing.T) []aTree {
	t.Helper()
	treesOnce.Do(func() {
		for _, c := range golden.WithShipped(t) {
			treesMade = append(treesMade, build(t, c))
		}
	})
	if len(treesMade) == 0 {
		t.Fatal("the golden cases could not be built; another test says why")
	}
	return treesMade
}

func build(t *testing.T, c golden.Case) aTree {
	t.Helper()
	made := aTree{Case: c, fleet: c.Fleet(t), tree: c.Tree(t), objects: map[string][]object{}}
	made.text = c.Build(t, made.tree)
	for dir, text := range made.text {
		made.objects[dir] = decode(t, text)
	}
	return made
}

// decode reads YAML documents; a key that stands twice is an error.
func decode(t *testing.T, text []byte) []object {
	t.Helper()
	var objects []object
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		var o object
		if err := o.UnmarshalJSON(raw); err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		objects = append(objects, o)
	}
}

// applied are the objects that Flux or the hub's owner applies, with the namespace of the cluster whose chain
// they belong to and their stage; both are empty outside of a chain.
type applied struct {
	object
	cluster, stage string
}

func (a aTree) applied() []applied {
	var all []applied
	for _, o := range a.objects["flux/hub"] {
		all = append(all, applied{object: o})
	}
	for _, env := range a.fleet.Environments {
		for _, o := range a.objects["flux/"+env.Name] {
			all = append(all, applied{object: o})
		}
	}
	for _, k := range a.chain() {
		for _, o := range a.objects[pathOf(k)] {
			all = append(all, applied{object: o, cluster: k.GetNamespace(), stage: k.GetName()})
		}
	}
	return all
}

// kustomizations are Flux's Kustomizations: the roots, then all clusters' chains in the order of the files.
func (a aTree) kustomizations() []object {
	all := kindsOf(a.objects["flux/hub"], "Kustomization")
	for _, env := range a.fleet.Environments {
		all = append(all, kindsOf(a.objects["flux/"+env.Name], "Kustomization")...)
	}
	return all
}

// chain are the Kustomizations of clusters.
func (a aTree) chain() []object {
	return slices.DeleteFunc(a.kustomizations(), func(k object) bool { return strings.HasPrefix(k.GetNamespace(), "fleet-") })
}

func pathOf(k object) string { return strings.TrimPrefix(k.at("spec", "path"), "./") }

func kindsOf(objects []object, kind string) []object {
	var found []object
	for _, o := range objects {
		if o.GetKind() == kind {
			found = append(found, o)
		}
	}
	return found
}

// walk calls visit for every value below root, with the keys that lead to it.
func walk(value any, keys []string, visit func(keys []string, value any)) {
	visit(keys, value)
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			walk(inner, append(slices.Clone(keys), key), visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, append(slices.Clone(keys), "[]"), visit)
		}
	}
}
