package danger

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// costRule finds what makes a cluster cost more for every hour that it is there.
func costRule() Rule {
	return Rule{
		Name: "cost",
		Doc:  "a cluster costs more by the hour: extended support, a larger control plane, one more NAT gateway",
		Why: `Extended support and the tiers of a provisioned control plane are billed by the hour for each cluster (Amazon EKS pricing), a NAT
gateway by the hour and by traffic (Amazon VPC pricing), whether anything uses them or not.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.NewCluster {
				return nil
			}
			if c.Change.Kind == "NATGateway" && c.Change.Group == manifest.EC2Group && c.Change.Outcome == change.Create {
				return []change.Danger{{Message: "one more NAT gateway is billed by the hour"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				switch {
				case c.Change.Group != manifest.EKSGroup || c.Change.Kind != "Cluster":
					return ""
				case f.Name == "spec.upgradePolicy.supportType" && f.After == "EXTENDED":
					return "EKS bills extended support when standard support of the Kubernetes version is over: " + change.Transition(f)
				case f.Name == "spec.controlPlaneScalingConfig.tier" && f.After != nil && f.After != "standard":
					return "the tier of the control plane is billed by the hour: " + change.Transition(f)
				default:
					return ""
				}
			})
		},
	}
}
