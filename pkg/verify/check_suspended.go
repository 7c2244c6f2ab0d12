package verify

import (
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// suspendedCheck looks for what a stage waits for and nobody works on.
func suspendedCheck() Check {
	return Check{
		Name: "suspended",
		Doc:  "No stage waits for an object that is suspended.",
		Why: "A suspended object of Flux or a suspended Job never becomes ready. The stage that waits for it runs into its " +
			"timeout again and again, and whatever depends on the stage never starts.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, b := range t.Builds {
				if b.Owner == nil || b.Owner.value("spec", "wait") != true {
					continue
				}
				for _, o := range b.Objects {
					waits := strings.HasSuffix(o.Kind().Group, ".toolkit.fluxcd.io") || o.Kind().String() == "Job.batch"
					if waits && o.value("spec", "suspend") == true {
						problems = append(problems, o.problem("spec.suspend", "is suspended, but "+b.Owner.String()+" waits until it is ready", "resume it, or take it out of the stage"))
					}
				}
			}
			return problems
		},
	}
}
