package diff

import "eks-auto-gitops/pkg/ack"

// accountRule finds clusters that go to another account or region.
func accountRule() Rule {
	return Rule{
		Name: "account-changed",
		Doc:  "the AWS account or the region of a cluster changes",
		Why:  "ACK moves nothing: it makes everything again there, and what is here stays without an owner, or refuses.",
		find: func(c *scoped) []Danger {
			return fieldDangers(c, func(f Field) string {
				switch f.Name {
				case "metadata.annotations." + ack.OwnerAccountID:
					return "the cluster goes to another AWS account: " + transitionText(f)
				case "metadata.annotations." + ack.DefaultRegion:
					return "the cluster goes to another region: " + transitionText(f)
				default:
					return ""
				}
			})
		},
	}
}
