package render

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSameAsKustomize builds every folder of every golden tree directly and with kustomize, and those of some trees
// with Flux's own library, which takes long. All must give the same objects in the same order.
func TestSameAsKustomize(t *testing.T) {
	trees, err := filepath.Glob("../../testdata/golden/*/want")
	if err != nil || len(trees) == 0 {
		t.Fatalf("no golden trees: %v", err)
	}
	plain := 0
	for _, tree := range append(trees, "../..") {
		content := read(t, tree)
		b := New(content, never, nil)
		for name := range content {
			if path.Base(name) == "kustomization.yaml" {
				plain += same(t, b, path.Dir(name), strings.Contains(tree, "patches") || strings.Contains(tree, "every-field"))
			}
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if plain < 200 {
		t.Errorf("only %d folders were read directly", plain)
	}
}

func never(string) bool { return false }

// same compares the builds of a folder and says how many of them were direct.
func same(t *testing.T, b *Builder, dir string, withFlux bool) int {
	t.Helper()
	want, err := b.kustomize(dir)
	if err != nil {
		return 0 // a component is not built by itself
	}
	if withFlux {
		flux, err := b.BuildAsFlux(dir, map[string]any{})
		if err != nil {
			t.Fatalf("%s: %v", dir, err)
		}
		if diff := cmp.Diff(contents(want), contents(flux)); diff != "" {
			t.Errorf("%s: -kustomize +Flux\n%s", dir, diff)
		}
	}
	got, ok := b.gather(dir, nil)
	if !ok {
		return 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -kustomize +direct\n%s", dir, diff)
	}
	return 1
}

func contents(objects []Object) []map[string]any {
	var all []map[string]any
	for _, o := range objects {
		all = append(all, o.Content)
	}
	return all
}

// read reads the folders of a repository that Flux fetches.
func read(t *testing.T, root string) map[string][]byte {
	t.Helper()
	content := map[string][]byte{}
	for _, dir := range []string{"clusters", "flux", "patches"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil //nolint:nilerr // a tree without patches has no such folder
			}
			relative, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			content[filepath.ToSlash(relative)], err = os.ReadFile(name)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return content
}

// TestChangedByFlux builds what Flux makes of a folder otherwise than kustomize.
func TestChangedByFlux(t *testing.T) {
	content := map[string][]byte{
		"with/kustomization.yaml": []byte("resources: [a.yaml]\n"),
		"with/a.yaml":             []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n"),
		"without/a.yaml":          []byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n"),
	}
	for _, test := range []struct {
		dir       string
		spec      map[string]any
		changed   string
		namespace string
	}{
		{"with", map[string]any{}, "", "x"},
		{"with", map[string]any{"targetNamespace": "y"}, "spec.targetNamespace", "y"},
		{"with", map[string]any{"patches": []any{map[string]any{"patch": "- {op: replace, path: /metadata/namespace, value: z}", "target": map[string]any{"kind": "ConfigMap"}}}}, "spec.patches", "z"},
		{"without", map[string]any{}, "spec.path", "x"},
	} {
		b := New(content, never, nil)
		owner := map[string]any{"spec": test.spec}
		if got := b.ChangedByFlux(test.dir, owner); got != test.changed {
			t.Errorf("ChangedByFlux(%s, %v) = %q", test.dir, test.spec, got)
		}
		for range 2 { // the second build must not see what the first one wrote
			made, err := b.BuildAsFlux(test.dir, owner)
			if err != nil {
				t.Fatal(err)
			}
			if len(made) != 1 || namespaceOf(made[0].Content) != test.namespace {
				t.Errorf("%s with %v: %v", test.dir, test.spec, made)
			}
		}
		scratch := b.scratch
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(scratch); !os.IsNotExist(err) {
			t.Errorf("Close left %s: %v", scratch, err)
		}
	}
}

// FuzzSameAsKustomize holds what is read directly to what kustomize makes of it, for files of any content.
func FuzzSameAsKustomize(f *testing.F) {
	for _, seed := range seeds() {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, kustomization, object, base, patch string) {
		b := New(map[string][]byte{
			"a/b/kustomization.yaml": []byte(kustomization), "a/b/o.yaml": []byte(object), "a/b/p.yaml": []byte(patch),
			"a/base/kustomization.yaml": []byte("resources: [base.yaml]\n"), "a/base/base.yaml": []byte(base),
		}, never, nil)
		got, ok := b.gather("a/b", nil)
		if !ok {
			return
		}
		want, err := b.kustomize("a/b")
		if err != nil {
			t.Fatalf("read directly, but kustomize says: %v", err)
		}
		if diff := cmp.Diff(contents(want), contents(got)); diff != "" {
			t.Errorf("-kustomize +direct\n%s", diff)
		}
		if slices.ContainsFunc(want, func(o Object) bool { return o.Dollar }) != slices.ContainsFunc(got, func(o Object) bool { return o.Dollar }) {
			t.Error("Dollar differs")
		}
	})
}

// seeds are a kustomization.yaml, an object beside it, an object of a base and a patch.
func seeds() [][4]string {
	const object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {a: b}\ndata:\n  key: value ${x}\n  number: '1'\n"
	const release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: r\nspec:\n  interval: 1h\n  values:\n    list: [a, b]\n    map: {x: 1, y: true}\n"
	const patch = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: r\nspec:\n  values:\n    list: [c]\n    map: {x: 2}\n    more: 0.20.4\n"
	return [][4]string{
		{"resources: [o.yaml]\n", object, "", ""},
		{"resources: [o.yaml, ../base]\n", object, release, ""},
		{"resources: [../base]\nnamespace: team\npatches: [{path: p.yaml}]\n", "", release, patch},
		{"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- o.yaml\n", "---\n" + object + "---\n" + release, release, patch},
	}
}
