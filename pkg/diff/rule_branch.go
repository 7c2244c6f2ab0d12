package diff

import "strings"

// branchRule finds environments that follow another branch.
func branchRule() Rule {
	return Rule{
		Name: "branch",
		Doc:  "an environment follows another branch",
		Why: `All that the two branches differ in comes at once, and who may push to the new one decides from then on what runs. Every
branch has the whole tree: one without a cluster of the environment removes it.`,
		find: func(c *scoped) []Danger {
			if c.change.Kind != "GitRepository" || isChartSource(&c.change) {
				return nil
			}
			return fieldDangers(c, func(f Field) string {
				switch {
				case !strings.HasPrefix(f.Name, "spec.ref."):
					return ""
				case c.Environment == "" || c.Cluster != "":
					return "Flux follows another branch: " + transitionText(f)
				case c.guarded:
					return "the protected environment " + c.Environment + " follows another branch: " + transitionText(f)
				default:
					return "the environment " + c.Environment + " follows another branch: " + transitionText(f)
				}
			})
		},
	}
}
