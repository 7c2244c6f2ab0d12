package config

import (
	"net/netip"
	"testing"
)

func TestSubnetCIDRs(t *testing.T) {
	for _, tc := range []struct {
		vpc             string
		letter          byte
		private, public string
	}{
		{"10.10.0.0/16", 'a', "10.10.0.0/19", "10.10.224.0/22"},
		{"10.10.0.0/16", 'b', "10.10.32.0/19", "10.10.228.0/22"},
		{"10.10.0.0/16", 'g', "10.10.192.0/19", "10.10.248.0/22"},
		{"192.168.8.0/21", 'c', "192.168.10.0/24", "192.168.15.64/27"},
	} {
		private, public, err := SubnetCIDRs(netip.MustParsePrefix(tc.vpc), tc.letter)
		if err != nil || private.String() != tc.private || public.String() != tc.public {
			t.Errorf("%s, zone %c: %s and %s, %v; want %s and %s", tc.vpc, tc.letter, private, public, err, tc.private, tc.public)
		}
	}
}

// TestSubnetsAreDisjoint: whatever zones there are, their subnets lie in the VPC and apart.
func TestSubnetsAreDisjoint(t *testing.T) {
	for bits := 16; bits <= 21; bits++ {
		vpc := netip.PrefixFrom(netip.MustParseAddr("10.64.0.0"), bits)
		var all []netip.Prefix
		for letter := byte('a'); letter <= 'g'; letter++ {
			private, public, err := SubnetCIDRs(vpc, letter)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, private, public)
		}
		for i, one := range all {
			if !contains(vpc, one) || one != one.Masked() {
				t.Errorf("%s is not a block of %s", one, vpc)
			}
			for _, other := range all[:i] {
				if one.Overlaps(other) {
					t.Errorf("%s and %s of %s overlap", one, other, vpc)
				}
			}
		}
	}
}

func TestSubnetCIDRsRefuses(t *testing.T) {
	for _, tc := range []struct {
		vpc    string
		letter byte
	}{{"10.0.0.0/15", 'a'}, {"10.0.0.0/22", 'a'}, {"10.0.0.0/16", 'h'}, {"10.0.0.0/16", 'A'}, {"fd00::/20", 'a'}} {
		if _, _, err := SubnetCIDRs(netip.MustParsePrefix(tc.vpc), tc.letter); err == nil {
			t.Errorf("%s, zone %c: no error", tc.vpc, tc.letter)
		}
	}
}

func TestContains(t *testing.T) {
	for _, tc := range []struct {
		outer, inner string
		want         bool
	}{
		{"10.0.0.0/8", "10.20.0.0/16", true},
		{"10.20.0.0/16", "10.20.0.0/16", true},
		{"10.20.0.0/16", "10.0.0.0/8", false},
		{"10.20.0.0/16", "10.21.0.0/16", false},
	} {
		if got := contains(netip.MustParsePrefix(tc.outer), netip.MustParsePrefix(tc.inner)); got != tc.want {
			t.Errorf("%s contains %s: %t", tc.outer, tc.inner, got)
		}
	}
}
