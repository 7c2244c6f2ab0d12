package verify_test

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
)

// TestSizes: objects that etcd or the API server would refuse for their size are found, at the file that makes them large, and
// those that just fit are not. Archives of this size are none to keep in testdata/verify.
func TestSizes(t *testing.T) {
	const addons = "patches/dev/dev-1/addons/"
	const large = "the API server would refuse it; put what is large into the chart or an image, and make it small here\n"
	length := regexp.MustCompile(`(\d)\d{6} bytes as JSON`) // that of a release goes by what gen writes besides
	crds := embedded(t)
	var tree fstest.MapFS
	for _, c := range golden.Cases(t) {
		if c.Name == "patches" {
			tree = filesOf(t, c)
		}
	}
	patch := "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: external-dns, namespace: dev-1}\nspec: {values: {interval: LARGE}}\n"
	config := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own, namespace: dev-1}\ndata: {text: LARGE}\n"
	binary := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own, namespace: dev-1}\nbinaryData: {text: LARGE}\n"
	for name, c := range map[string]struct {
		object string
		size   int
		want   string
	}{
		"values that fit":   {patch, 1 << 20, ""},
		"values":            {patch, 3 << 20, addons + "large.yaml:4:8: HelmRelease dev-1/external-dns: spec.values: has 3… bytes as JSON, but etcd takes 1572864 [limits]\n  hint: " + large},
		"a ConfigMap":       {config, 1<<20 + 1, addons + "large.yaml:4:1: ConfigMap dev-1/own: data: has 1048577 bytes of data, but may have 1048576 [limits]\n  hint: the API server would refuse it; put less into it, or split it\n"},
		"a ConfigMap, fits": {config, 1 << 20, ""},
		"any other field":   {binary, 2 << 20, addons + "large.yaml:1:1: ConfigMap dev-1/own: has 2… bytes as JSON, but etcd takes 1572864 [limits]\n  hint: " + large},
	} {
		t.Run(name, func(t *testing.T) {
			changed := maps.Clone(tree)
			list := "resources"
			if c.object == patch {
				list = "patches"
			}
			changed[addons+"kustomization.yaml"] = &fstest.MapFile{Data: []byte("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" +
				list + ": [" + map[string]string{"resources": "large.yaml", "patches": "{path: large.yaml}"}[list] + "]\n")}
			changed[addons+"large.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(c.object, "LARGE", strings.Repeat("a", c.size), 1))}
			delete(changed, addons+"external-dns.yaml")
			got := told(t, changed, crds)
			if got = length.ReplaceAllString(got, "$1… bytes as JSON"); got != c.want {
				t.Errorf("%.3000s\nwant\n%s", got, c.want)
			}
		})
	}
}
