package danger

import "eks-auto-gitops/pkg/diff/change"

// orderRule finds what is uninstalled after what it needs for that.
func orderRule() Rule {
	return Rule{
		Name: "removal-order",
		Doc:  "a release or an add-on is removed together with its namespace or role, or one replaces the other; or pods must be restarted",
		Why: `Flux deletes in the order of the stages, too: role, Pod Identity association and namespace are deleted before Helm
uninstalls. Webhooks with failurePolicy Fail then refuse what they match, APIServices are unavailable, and a namespace waits for
finalizers that nobody removes. With state: retiring the release is removed in one commit, and the rest in the next.`,
		find: func(c *change.Scoped) []change.Danger {
			var found []change.Danger
			for _, message := range c.Order {
				found = append(found, change.Danger{Message: message})
			}
			return found
		},
	}
}
