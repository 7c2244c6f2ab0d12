package danger

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// dataRule finds what is deleted with the data in it.
func dataRule() Rule {
	return Rule{
		Name: "data-loss",
		Doc:  "something is deleted that holds data or cannot be recreated as it was",
		Why: `A zone takes its records with it, a key everything encrypted with it, a namespace everything in it, a cluster its
volumes and load balancers. None of it comes back with a revert.`,
		find: func(c *change.Scoped) []change.Danger {
			if (c.Change.Outcome == change.Delete || c.Change.Outcome == change.Replace) && holdsData(&c.Change) {
				if c.Left {
					return []change.Danger{{Message: "no release is installed in it; volumes that one has left go with it"}}
				}
				if c.Change.Kind == "ElasticIPAddress" {
					return []change.Danger{{Message: "EC2 releases the address for good: who lets the cluster in by it no longer does"}}
				}
				return []change.Danger{{Message: string(c.Change.Outcome) + ", with what it holds"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind == "LogGroup" && f.Name == "spec.retentionDays" && f.After != nil && (f.Before == nil || effect.Less(f.After, f.Before)) {
					return "events older than " + change.Value(f.After) + " days are deleted"
				}
				return ""
			})
		},
	}
}

// holdsData reports whether an object is more than what its manifest says.
func holdsData(c *change.Change) bool {
	switch c.Group {
	case manifest.EKSGroup:
		return c.Kind == "Cluster"
	case manifest.EC2Group:
		return slices.Contains([]string{"VPC", "Subnet", "ElasticIPAddress"}, c.Kind)
	case manifest.Route53Group:
		return c.Kind == "HostedZone"
	case manifest.KMSGroup:
		return c.Kind == "Key"
	case "cloudwatchlogs.services.k8s.aws":
		return c.Kind == "LogGroup"
	case "acm.services.k8s.aws":
		return c.Kind == "Certificate"
	case "apiextensions.k8s.io":
		return c.Kind == "CustomResourceDefinition"
	case "apps":
		return c.Kind == "StatefulSet"
	case "":
		return slices.Contains([]string{"Namespace", "PersistentVolumeClaim", "PersistentVolume", "Secret"}, c.Kind)
	default:
		return false
	}
}
