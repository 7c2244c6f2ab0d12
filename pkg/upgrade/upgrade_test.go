package upgrade

import "testing"

func TestLess(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1.9.0", "1.10.0", true},
		{"v1.18.2", "1.19.0", true},
		{"v0.8.0-eksbuild.1", "v0.8.0-eksbuild.2", true},
		{"v0.8.0-eksbuild.9", "v0.8.0-eksbuild.10", true},
		{"1.10.0", "1.10.0", false},
		{"1.11.0", "1.10.0", false},
		{"", "1.10.0", false},
		{"main", "1.10.0", false},
		{"1.10.0", "latest", false},
	} {
		if less(c.a, c.b) != c.want {
			t.Errorf("%s < %s: want %v", c.a, c.b, c.want)
		}
	}
}
