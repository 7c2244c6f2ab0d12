package aws

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// valueList is the values that AWS takes for a field of an ACK object: CRDs of ACK say that it is a text, and no more.
type valueList struct {
	field  string
	values []string
}

// valueLists are those of the actions that make the thing (Amazon EC2, EKS, AWS KMS, ACM and Route 53 API Reference).
func valueLists(kind string) []valueList {
	switch kind {
	case "VPC.ec2.services.k8s.aws":
		return []valueList{{"spec.instanceTenancy", []string{"default", "dedicated", "host"}}}
	case "VPCEndpoint.ec2.services.k8s.aws":
		return []valueList{
			{"spec.vpcEndpointType", []string{"Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"}},
			{"spec.ipAddressType", []string{"ipv4", "dualstack", "ipv6"}},
		}
	case "NATGateway.ec2.services.k8s.aws":
		return []valueList{{"spec.connectivityType", []string{"public", "private"}}}
	case "Cluster.eks.services.k8s.aws":
		return []valueList{
			{"spec.accessConfig.authenticationMode", []string{"API", "API_AND_CONFIG_MAP", "CONFIG_MAP"}},
			{"spec.kubernetesNetworkConfig.ipFamily", []string{"ipv4", "ipv6"}},
			{"spec.upgradePolicy.supportType", []string{"STANDARD", "EXTENDED"}},
		}
	case "Addon.eks.services.k8s.aws":
		return []valueList{{"spec.resolveConflicts", []string{"NONE", "OVERWRITE", "PRESERVE"}}}
	case "Capability.eks.services.k8s.aws":
		return []valueList{
			{"spec.type", []string{"ACK", "ARGOCD", "KRO"}},
			{"spec.deletePropagationPolicy", []string{"RETAIN"}},
		}
	case "Key.kms.services.k8s.aws":
		return []valueList{
			{"spec.keyUsage", []string{"ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"}},
			{"spec.origin", []string{"AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"}},
		}
	case "Certificate.acm.services.k8s.aws":
		return []valueList{{"spec.keyAlgorithm", []string{"RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"}}}
	case "RecordSet.route53.services.k8s.aws":
		return []valueList{{"spec.recordType", []string{
			"A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT",
		}}}
	}
	return nil
}

// values holds an object to them.
func values(o *manifest.Object) diag.List {
	problems := addonVersion(o)
	for _, list := range valueLists(o.Kind().String()) {
		value := o.Text(manifest.KeysOf(list.field)...)
		if value == "" || slices.Contains(list.values, value) {
			continue
		}
		hint := "write one of " + strings.Join(list.values, ", ")
		if near := diag.Nearest(value, list.values); near != "" {
			hint = "did you mean " + near + "?"
		}
		problems = append(problems, o.Problem(list.field, fmt.Sprintf("AWS does not take %q here", value), hint))
	}
	return problems
}

// addonVersion: EKS takes an exact version of an add-on, or none for its default.
func addonVersion(o *manifest.Object) diag.List {
	version := o.Text("spec", "addonVersion")
	if o.Kind().String() != "Addon.eks.services.k8s.aws" || version == "" || config.IsAddonVersion(version) {
		return nil
	}
	return diag.List{o.Problem("spec.addonVersion", fmt.Sprintf("%q is not the version of an EKS add-on", version), config.AddonVersionHint)}
}
