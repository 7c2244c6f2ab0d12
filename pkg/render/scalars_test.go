package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scalars are texts that YAML 1.1, YAML 1.2, Go's readers and JSON do not all read alike, and some that they do.
func scalars() []string {
	return strings.Fields(`
		true false True FALSE yes Yes no NO on Off y Y n N null Null ~ <<
		0 1 -1 +1 01 007 0x1F 0o17 0b11 1_000 1e3 1E3 1e+3 1. .5 -.5 0.5 1.10 1.36 -0 00 12345678901234567890 999999999999999
		1:30 12:30:45 2024-01-01 2024-01-01T00:00:00Z .inf -.inf .nan .NaN inf nan 0.20.4 1.2.3.4 10.0.0.0/16 10.0.0.0 100Gi 1h 5m0s 1Ti 10%
		50m 1d 2f 0d 1b 3D 7E 1T 1Z 1z 1x 0xyz 08 0o8 1e 1e-5m 4_g
		a A a.b a/b ./a ../a /a .a ..a --flag -f --1 --- - -a @a |a >a %a !a &a *a #a a#b a:b a=b =a = ?a ,a (a) $a ${a} $${a} a${a}b
		'' "" 'a' "a" '1' "true" '${a}' "\u00e9" "\t" "a\nb" 'it''s' é ü 日本 a\b "\x41" "\0"
		{} [] {a:1} [a] {a} arn:aws:iam::111122223333:role/x v1.2.3 v0.8.0-eksbuild.1 e3 E0 x1F o17 Infinity -Infinity
	`)
}

// TestScalars holds each of them, in each place where a scalar can stand, to what kustomize makes of it.
func TestScalars(t *testing.T) {
	places := map[string]string{
		"value":      "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n  x: %s\n",
		"item":       "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n- %s\n",
		"key":        "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n  %s: x\n",
		"name":       "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: %s}\n",
		"namespace":  "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, namespace: %s}\n",
		"label":      "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, labels: {a: %s}}\n",
		"annotation": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, annotations: {a: %s}}\n",
		"data":       "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: %s\n",
		"secret":     "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  a: %s\n",
		"replicas":   "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: %s\n",
		"kind":       "apiVersion: example.org/v1\nkind: %s\nmetadata: {name: a}\n",
		"apiVersion": "apiVersion: %s\nkind: Thing\nmetadata: {name: a}\n",
	}
	direct := 0
	for place, form := range places {
		for _, scalar := range scalars() {
			t.Run(place+" "+scalar, func(t *testing.T) {
				direct += equal(t, map[string]string{"o.yaml": fmt.Sprintf(form, scalar)}, "resources: [o.yaml]\n")
			})
		}
	}
	for _, scalar := range scalars() {
		t.Run("patch "+scalar, func(t *testing.T) {
			direct += equal(t, map[string]string{
				"o.yaml": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: old, list: [1, 2], z: {a: b}}\n",
				"p.yaml": fmt.Sprintf("apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n  x: %s\n", scalar),
			}, "resources: [o.yaml]\nnamespace: team\npatches: [{path: p.yaml}]\n")
		})
	}
	if direct < len(places)*len(scalars())/5 {
		t.Errorf("only %d were read directly", direct)
	}
}

// equal compares the direct build of folder a with that of kustomize, and says how many were direct.
func equal(t *testing.T, files map[string]string, kustomization string) int {
	t.Helper()
	content := map[string][]byte{"a/kustomization.yaml": []byte(kustomization)}
	for name, text := range files {
		content["a/"+name] = []byte(text)
	}
	b := New(content, never, nil)
	got, ok := b.gather("a", nil)
	if !ok {
		return 0
	}
	want, err := b.kustomize("a")
	if err != nil {
		t.Fatalf("read directly, but kustomize says: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-kustomize +direct\n%s", diff)
	}
	return 1
}

// TestOverlays holds forms of a folder to what kustomize makes of them; those that are not of the simple form must
// not be read directly.
func TestOverlays(t *testing.T) {
	const thing = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: old, list: [1, 2], z: {a: b}}\n"
	patch := func(spec string) string {
		return "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: " + spec + "\n"
	}
	for name, test := range map[string]struct {
		files  map[string]string
		recipe string
		direct bool
	}{
		"list":                  {map[string]string{"o.yaml": thing}, "resources: [o.yaml]\n", true},
		"double":                {map[string]string{"o.yaml": thing + "---\n" + thing}, "resources: [o.yaml]\n", false},
		"file twice":            {map[string]string{"o.yaml": thing}, "resources: [o.yaml, o.yaml]\n", false},
		"two in one file":       {map[string]string{"o.yaml": thing + "---\n" + strings.Replace(thing, "name: a", "name: b", 1)}, "resources: [o.yaml]\n", true},
		"itself":                {map[string]string{"o.yaml": thing}, "resources: [o.yaml, .]\n", false},
		"folder above":          {map[string]string{"o.yaml": thing, "kustomization.yaml": "resources: [b]\n", "b/kustomization.yaml": "resources: [..]\n"}, "resources: [b]\n", false},
		"below":                 {map[string]string{"b/kustomization.yaml": "resources: [o.yaml]\n", "b/o.yaml": thing}, "resources: [b]\n", true},
		"beside":                {map[string]string{"../b/kustomization.yaml": "resources: [o.yaml]\n", "../b/o.yaml": thing}, "resources: [../b]\n", true},
		"file beside":           {map[string]string{"../b/o.yaml": thing}, "resources: [../b/o.yaml]\n", false},
		"patch beside":          {map[string]string{"o.yaml": thing, "../b/p.yaml": patch("{x: new}")}, "resources: [o.yaml]\npatches: [{path: ../b/p.yaml}]\n", false},
		"missing":               {map[string]string{"o.yaml": thing}, "resources: [o.yaml, x.yaml]\n", false},
		"empty":                 {map[string]string{"o.yaml": "# nothing\n"}, "resources: [o.yaml]\n", false},
		"no resources":          {nil, "resources: []\n", false},
		"components":            {map[string]string{"o.yaml": thing, "c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"}, "resources: [o.yaml]\ncomponents: [c]\n", false},
		"prefix":                {map[string]string{"o.yaml": thing}, "resources: [o.yaml]\nnamePrefix: p-\n", false},
		"namespace":             {map[string]string{"o.yaml": thing}, "resources: [o.yaml]\nnamespace: team\n", true},
		"namespace of built-in": {map[string]string{"o.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"}, "resources: [o.yaml]\nnamespace: team\n", false},
		"patch":                 {map[string]string{"o.yaml": thing, "p.yaml": patch("{x: new, z: {c: d}, list: [3], more: {e: f}}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", true},
		"patch with null":       {map[string]string{"o.yaml": thing, "p.yaml": patch("{x: null}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"patch with delete":     {map[string]string{"o.yaml": thing, "p.yaml": patch("{z: {$patch: delete}}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"patch with empty map":  {map[string]string{"o.yaml": thing, "p.yaml": patch("{more: {}}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"patch of another sort": {map[string]string{"o.yaml": thing, "p.yaml": patch("{z: text}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"patch with target":     {map[string]string{"o.yaml": thing, "p.yaml": patch("{x: new}")}, "resources: [o.yaml]\npatches: [{path: p.yaml, target: {kind: Thing}}]\n", false},
		"patch of nothing":      {map[string]string{"o.yaml": thing, "p.yaml": strings.Replace(patch("{x: new}"), "name: a", "name: b", 1)}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"patch of namespace":    {map[string]string{"o.yaml": thing, "p.yaml": strings.Replace(patch("{x: new}"), "name: a", "name: a, namespace: team", 1)}, "resources: [o.yaml]\npatches: [{path: p.yaml}]\n", false},
		"two patches":           {map[string]string{"o.yaml": thing, "p.yaml": patch("{x: new}"), "q.yaml": patch("{x: newer}")}, "resources: [o.yaml]\npatches: [{path: p.yaml}, {path: q.yaml}]\n", true},
		"list of objects":       {map[string]string{"o.yaml": "apiVersion: v1\nkind: List\nmetadata: {name: a}\nitems: []\n"}, "resources: [o.yaml]\n", false},
		"words with quotes":     {map[string]string{"o.yaml": patch("{a: [{b: '1'}, {b: 1}, {b: \"1\"}], c: ['true'], d: [true]}")}, "resources: [o.yaml]\n", true},
		"anchor":                {map[string]string{"o.yaml": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: &n a}\nspec: {x: *n}\n"}, "resources: [o.yaml]\n", false},
		"tag":                   {map[string]string{"o.yaml": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: !!str 1}\n"}, "resources: [o.yaml]\n", false},
		"double key":            {map[string]string{"o.yaml": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: 1, x: 2}\n"}, "resources: [o.yaml]\n", false},
		"empty labels":          {map[string]string{"o.yaml": "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, labels: {}}\n"}, "resources: [o.yaml]\n", false},
		"steering annotation":   {map[string]string{"o.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {kustomize.config.k8s.io/needs-hash: 'true'}}\n"}, "resources: [o.yaml]\n", false},
		"two kustomizations":    {map[string]string{"o.yaml": thing, "kustomization.yml": "resources: [o.yaml]\n"}, "resources: [o.yaml]\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for file, text := range test.files {
				files[strings.TrimPrefix("x/"+file, "x/../")] = text
			}
			content := map[string][]byte{"x/kustomization.yaml": []byte(test.recipe)}
			for file, text := range files {
				content[file] = []byte(text)
			}
			content["x/kustomization.yaml"] = []byte(test.recipe)
			b := New(content, never, nil)
			got, ok := b.gather("x", nil)
			if ok != test.direct {
				t.Fatalf("read directly: %t, want %t", ok, test.direct)
			}
			if !ok {
				return
			}
			want, err := b.kustomize("x")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-kustomize +direct\n%s", diff)
			}
		})
	}
}
