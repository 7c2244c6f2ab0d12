package config

import (
	"fmt"
	"net/netip"
)

// SubnetCIDRs returns the ranges of the private and the public subnet of a zone in a VPC of /16
// to /21. Each zone has its place by its letter, so that adding a zone moves no other subnet:
// seven private ranges (a to g) of an eighth of the VPC each, and in the last eighth the
// public ranges, of a sixty-fourth each. The smallest is a /27, which EKS still takes (it needs
// six free addresses, EKS User Guide, "Network requirements for VPC and subnets").
func SubnetCIDRs(vpc netip.Prefix, letter byte) (private, public netip.Prefix, err error) {
	if !vpc.Addr().Is4() || vpc.Bits() < 16 || vpc.Bits() > 21 {
		return private, public, fmt.Errorf("subnets of %s: the VPC must be /16 to /21", vpc)
	}
	if letter < 'a' || letter > 'g' {
		return private, public, fmt.Errorf("subnets of zone %q: the letter must be a to g", letter)
	}
	slot := int(letter - 'a')
	private = nthSubnet(vpc, vpc.Bits()+3, slot)
	public = nthSubnet(nthSubnet(vpc, vpc.Bits()+3, 7), vpc.Bits()+6, slot)
	return private, public, nil
}

// ControlPlaneCIDR returns the range of the subnet of a zone for the control plane: a part of 512 of the VPC, behind the public
// ranges in its last eighth, where those leave an eighth free. EC2 takes none below /28.
func ControlPlaneCIDR(vpc netip.Prefix, letter byte) (netip.Prefix, error) {
	if !vpc.Addr().Is4() || vpc.Bits() < 16 || vpc.Bits() > 19 || letter < 'a' || letter > 'g' {
		return netip.Prefix{}, fmt.Errorf("subnets of the control plane of %s in zone %q: the VPC must be /16 to /19, the letter a to g", vpc, letter)
	}
	free := nthSubnet(nthSubnet(vpc, vpc.Bits()+3, 7), vpc.Bits()+6, 7)
	return nthSubnet(free, vpc.Bits()+9, int(letter-'a')), nil
}

// PodCIDR returns the range of the subnet of a zone for pods in a secondary range: an eighth, by the zone's letter.
func PodCIDR(within netip.Prefix, letter byte) (netip.Prefix, error) {
	if !within.Addr().Is4() || within.Bits() < 16 || within.Bits() > 25 || letter < 'a' || letter > 'g' {
		return netip.Prefix{}, fmt.Errorf("subnets of pods in %s in zone %q: the range must be /16 to /25, the letter a to g", within, letter)
	}
	return nthSubnet(within, within.Bits()+3, int(letter-'a')), nil
}

// nthSubnet is the nth block of the given size inside an IPv4 range, counted from 0.
func nthSubnet(within netip.Prefix, bits, n int) netip.Prefix {
	a := within.Masked().Addr().As4()
	v := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
	v += uint32(n) << (32 - bits)
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}), bits)
}

// contains reports whether inner lies in outer as a whole.
func contains(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// reservedRanges are those that EC2 gives to no host: this network, loopback, link-local, multicast, and the rest of the top
// (Amazon VPC User Guide, "VPC CIDR blocks"; RFC 6890).
func reservedRanges() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16"),
		netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("240.0.0.0/4"),
	}
}

// privateRanges are the ranges of RFC 1918 and the shared one of RFC 6598, all that EKS
// recommends for a VPC.
func privateRanges() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("100.64.0.0/10"),
	}
}
