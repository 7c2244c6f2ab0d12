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
