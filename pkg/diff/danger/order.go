package danger

import "eks-auto-gitops/pkg/diff/change"

// orderRule finds what is uninstalled after what it needs for that.
func orderRule() Rule {
	return Rule{
		Name: "removal-order",
		Doc:  "a release or an add-on goes together with its namespace or role, or changes places with another; or pods must be restarted",
		Why: `Flux goes through the stages in the order of creation, also when it deletes: role, association and namespace go before Helm
uninstalls. Webhooks with failurePolicy Fail then refuse what they match, APIServices answer nothing, and a namespace waits for
finalizers that nobody takes off. With state: retiring the release goes in one commit, and the rest in the next.`,
		find: func(c *change.Scoped) []change.Danger {
			var found []change.Danger
			for _, message := range c.Order {
				found = append(found, change.Danger{Message: message})
			}
			return found
		},
	}
}
