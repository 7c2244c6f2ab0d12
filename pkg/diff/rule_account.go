package diff

import "eks-auto-gitops/pkg/ack"

// accountRule finds clusters that go to another account or region.
func accountRule() Rule {
	return Rule{
		Name: "account-changed",
		Doc:  "the AWS account or the region of a cluster changes",
		Why:  "ACK moves nothing: what is made stays where it is, and each of its objects stops with a terminal error; only what is new is made there.",
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
