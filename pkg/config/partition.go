package config

import "slices"

// A partition is a separate part of AWS, with its own accounts, ARNs and domain.
type partition struct {
	name, dnsSuffix string
	regions         []string
}

// partitions is the table of AWS SDKs (partitions.json).
func partitions() []partition {
	return []partition{
		{"aws", "amazonaws.com", []string{
			"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
			"ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
			"ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1",
			"eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1",
			"mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
		}},
		{"aws-cn", "amazonaws.com.cn", []string{"cn-north-1", "cn-northwest-1"}},
		{"aws-us-gov", "amazonaws.com", []string{"us-gov-east-1", "us-gov-west-1"}},
		{"aws-eusc", "amazonaws.eu", []string{"eusc-de-east-1"}},
		{"aws-iso", "c2s.ic.gov", []string{"us-iso-east-1", "us-iso-west-1"}},
		{"aws-iso-b", "sc2s.sgov.gov", []string{"us-isob-east-1", "us-isob-west-1"}},
		{"aws-iso-e", "cloud.adc-e.uk", []string{"eu-isoe-west-1"}},
		{"aws-iso-f", "csp.hci.ic.gov", []string{"us-isof-east-1", "us-isof-south-1"}},
	}
}

// partitionOf returns the partition that has the region.
func partitionOf(region string) (partition, bool) {
	for _, p := range partitions() {
		if slices.Contains(p.regions, region) {
			return p, true
		}
	}
	return partition{}, false
}

// regions lists all regions of all partitions.
func regions() []string {
	var all []string
	for _, p := range partitions() {
		all = append(all, p.regions...)
	}
	return all
}

// zonesVary reports whether the zones a, b and c of a region are not there for every account:
// the region has others or fewer, or it is not public knowledge.
func zonesVary(region string) bool {
	switch region {
	case "us-west-1", "ca-central-1", "ap-northeast-1", "cn-north-1", "eusc-de-east-1":
		return true
	}
	p, ok := partitionOf(region)
	return ok && len(p.name) >= len("aws-iso") && p.name[:len("aws-iso")] == "aws-iso"
}
