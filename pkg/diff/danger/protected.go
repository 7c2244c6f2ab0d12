package danger

import "eks-auto-gitops/pkg/diff/change"

// protectedRule finds changes of protected environments.
func protectedRule() Rule {
	return Rule{
		Name: "protected-environment",
		Doc:  "something changes in an environment with protect: true",
		Why:  "A change should be tried in another environment first, and not reach this one with the same commit.",
		count: func(n change.Count) []change.Danger {
			if !n.Protected {
				return nil
			}
			if n.Unprotected {
				return []change.Danger{{Message: "the cluster was protected, and is no more: environment " + n.Environment + " is not"}}
			}
			return []change.Danger{{Message: "environment " + n.Environment + " is protected, and changes"}}
		},
	}
}
