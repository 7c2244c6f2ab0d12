package nodes

import (
	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
)

// advancedNetworking is nil where nothing is said, so that the object stays short.
func advancedNetworking(from config.AdvancedNetworking) *karpenter.AdvancedNetworking {
	if from.AssociatePublicIPAddress == nil && from.HTTPSProxy == "" && from.IPv4PrefixSize == "" && len(from.NoProxy)+len(from.NetworkInterfaces) == 0 {
		return nil
	}
	networking := &karpenter.AdvancedNetworking{
		AssociatePublicIPAddress: from.AssociatePublicIPAddress,
		HTTPSProxy:               from.HTTPSProxy,
		IPv4PrefixSize:           from.IPv4PrefixSize,
		NoProxy:                  from.NoProxy,
	}
	for _, n := range from.NetworkInterfaces {
		networking.NetworkInterfaces = append(networking.NetworkInterfaces, karpenter.NetworkInterface{
			// Both indexes are written, 0 too: the first card and the first device are meant, not none.
			DeviceIndex: new(n.DeviceIndex), InterfaceType: n.InterfaceType, NetworkCardIndex: new(n.NetworkCardIndex),
			SecondaryIPv4Count: n.SecondaryIPv4Count, SecondaryIPv4PrefixCount: n.SecondaryIPv4PrefixCount,
		})
	}
	return networking
}

func advancedSecurity(from config.AdvancedSecurity) *karpenter.AdvancedSecurity {
	return ack.Optional(karpenter.AdvancedSecurity{FIPS: from.FIPS, KernelLockdown: from.KernelLockdown})
}

func bundles(from []config.CertificateBundle) []karpenter.CertificateBundle {
	var list []karpenter.CertificateBundle
	for _, b := range from {
		list = append(list, karpenter.CertificateBundle{Data: b.Data, Name: b.Name})
	}
	return list
}
