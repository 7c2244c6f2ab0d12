package config

import (
	"fmt"
	"strings"
)

// UnknownZone says that a region has no zone of a name that gen knows, or nothing. Every region has three zones or more (AWS Regions and
// Availability Zones, AWS Availability Zones, as of November 2026), and an account has letters up to that number; where some letters
// are left out, up to the last one. AWS adds zones from time to time, so it is no error.
func UnknownZone(region, zone string) string {
	letter, ours := strings.CutPrefix(zone, region)
	last := "c"
	switch region {
	case "us-east-1":
		last = "f"
	case "us-west-2", "ap-northeast-1", "ap-northeast-2", "ca-central-1":
		last = "d"
	}
	if region == "" || !ours || len(letter) != 1 || letter <= last {
		return ""
	}
	return fmt.Sprintf("%q is no zone of %s that gen knows, which has a to %s", zone, region, last)
}

// unknownZone warns of it.
func (c clusterScope) unknownZone(at spot, zone string) {
	if message := UnknownZone(c.Region, zone); message != "" {
		c.warn(at, message, fmt.Sprintf(`write one that "aws ec2 describe-availability-zones --region %s" shows`, c.Region))
	}
}
