package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
)

// branchRule finds environments that follow another branch.
func branchRule() Rule {
	return Rule{
		Name: "branch",
		Doc:  "an environment follows another branch",
		Why: `All differences between the two branches arrive at once, and whoever may push to the new one decides from then on what runs. Every
branch has the whole tree: one without a cluster of the environment removes it.`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Kind != "GitRepository" || effect.IsChartSource(&c.Change) {
				return nil
			}
			return fieldDangers(c, func(f change.Field) string {
				switch {
				case !strings.HasPrefix(f.Name, "spec.ref."):
					return ""
				case c.Environment == "" || c.Cluster != "":
					return "Flux follows another branch: " + change.Transition(f)
				case c.Guarded:
					return "the protected environment " + c.Environment + " follows another branch: " + change.Transition(f)
				default:
					return "the environment " + c.Environment + " follows another branch: " + change.Transition(f)
				}
			})
		},
	}
}
