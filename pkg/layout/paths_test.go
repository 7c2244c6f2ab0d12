package layout

import "testing"

func TestRelative(t *testing.T) {
	for _, tc := range []struct{ from, to, want string }{
		{"flux/dev/dev-1/addons/external-dns", "flux/base/external-dns", "../../../../base/external-dns"},
		{"clusters/dev/dev-1/access", "patches/dev/dev-1/access", "../../../../patches/dev/dev-1/access"},
		{"flux/dev", "flux/dev/dev-1/delivery", "dev-1/delivery"},
	} {
		if got := relative(tc.from, tc.to); got != tc.want {
			t.Errorf("relative(%q, %q) = %q, want %q", tc.from, tc.to, got, tc.want)
		}
	}
}

func TestClusterOf(t *testing.T) {
	for path, want := range map[string]string{
		"clusters/dev/dev-1/foundation":          "dev/dev-1",
		"clusters/dev/dev-1/foundation/dns.yaml": "dev/dev-1",
		"flux/dev/dev-1/delivery/chain.yaml":     "dev/dev-1",
		"patches/dev/dev-1/nodes/pool.yaml":      "dev/dev-1",
		"flux/dev/kustomization.yaml":            "",
		"flux/dev/sources/podinfo.yaml":          "",
		"flux/hub/dev/account.yaml":              "",
		"flux/base/podinfo/source/source.yaml":   "",
		"clusters/clusters.yaml":                 "",
		"templates/dev/dev-1/foundation/a.yaml":  "",
		"":                                       "",
	} {
		environment, cluster, ok := ClusterOf(path)
		if got := environment + "/" + cluster; ok != (want != "") || ok && got != want {
			t.Errorf("%s is of %s, want %q", path, got, want)
		}
	}
}
