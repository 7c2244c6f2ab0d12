package danger

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// authenticationRule finds other ways to log in.
func authenticationRule() Rule {
	return Rule{
		Name: "authentication-mode",
		Doc:  "the authentication mode of a cluster changes",
		Why:  "With API, whoever is only in the aws-auth ConfigMap is locked out, and the change cannot be undone.",
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Group != manifest.EKSGroup || f.Name != "spec.accessConfig.authenticationMode" {
					return ""
				}
				return "how principals log in changes: " + change.Transition(f)
			})
		},
	}
}
