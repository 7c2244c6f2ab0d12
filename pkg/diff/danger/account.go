package danger

import (
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/diff/change"
)

// accountRule finds clusters that go to another account or region.
func accountRule() Rule {
	return Rule{
		Name: "account-changed",
		Doc:  "the AWS account or the region of a cluster changes, or the namespaces in which ACK acts there",
		Why:  "ACK moves nothing: existing resources stay where they are, and each of their objects stops with a terminal error; only new ones are created there.",
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind == "IAMRoleSelector" {
				return selectorDangers(c)
			}
			return fieldDangers(c, func(f change.Field) string {
				switch f.Name {
				case "metadata.annotations." + ack.OwnerAccountID:
					return "the cluster goes to another AWS account: " + change.Transition(f)
				case "metadata.annotations." + ack.DefaultRegion:
					return "the cluster goes to another region: " + change.Transition(f)
				default:
					return ""
				}
			})
		},
	}
}

// selectorDangers are those of what says which role ACK assumes for a cluster (ACK runtime, pkg/runtime/reconciler.go).
func selectorDangers(c *change.Scoped) []change.Danger {
	switch {
	case c.LostCluster || c.Change.Before == nil:
		return nil
	case c.Change.Outcome == change.Delete:
		return []change.Danger{{Message: "ACK has no role for the cluster any more: it acts as its own, and what it has made can be neither changed nor deleted"}}
	case c.Change.After == nil:
		return nil
	}
	return fieldDangers(c, func(f change.Field) string {
		switch {
		case f.Name == "spec.arn" && accountOf(f.Before) != accountOf(f.After):
			return "ACK acts in another AWS account, and what is made stops there: " + change.Transition(f)
		case strings.HasPrefix(f.Name, "spec.namespaceSelector") && f.Before != nil:
			return "ACK has no role any more for what was selected: " + change.Transition(f)
		default:
			return ""
		}
	})
}

// accountOf is the account in an ARN, or empty.
func accountOf(arn any) string {
	text, _ := arn.(string)
	if parts := strings.SplitN(text, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return ""
}
