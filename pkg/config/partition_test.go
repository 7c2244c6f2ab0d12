package config

import "testing"

func TestPartition(t *testing.T) {
	for region, want := range map[string][2]string{
		"eu-west-2":      {"aws", "amazonaws.com"},
		"ap-southeast-7": {"aws", "amazonaws.com"},
		"cn-north-1":     {"aws-cn", "amazonaws.com.cn"},
		"us-gov-west-1":  {"aws-us-gov", "amazonaws.com"},
		"eusc-de-east-1": {"aws-eusc", "amazonaws.eu"},
		"us-isob-east-1": {"aws-iso-b", "sc2s.sgov.gov"},
		"nowhere":        {"aws", "amazonaws.com"},
	} {
		c := &Cluster{Settings: Settings{Region: region}}
		if got := [2]string{c.Partition(), c.DNSSuffix()}; got != want {
			t.Errorf("%s: %v, want %v", region, got, want)
		}
	}
}

func TestZonesVary(t *testing.T) {
	for region, want := range map[string]bool{
		"eu-west-2": false, "us-west-1": true, "ca-central-1": true, "us-iso-east-1": true, "us-isof-south-1": true, "nowhere": false,
	} {
		if got := zonesVary(region); got != want {
			t.Errorf("%s: %t", region, got)
		}
	}
}
