package delivery

import (
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// SuspendedCheck looks for what a stage waits for and nobody works on.
func SuspendedCheck() check.Check {
	return check.Check{
		Name: "suspended",
		Doc:  "No stage waits for an object that is suspended.",
		Why: "A suspended Flux object or Job never becomes ready. The stage that waits for it runs into its " +
			"timeout again and again, and whatever depends on the stage never starts.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, b := range t.Builds {
				if b.Owner == nil || b.Owner.Value("spec", "wait") != true {
					continue
				}
				for _, o := range b.Objects {
					waits := strings.HasSuffix(o.Kind().Group, ".toolkit.fluxcd.io") || o.Kind().String() == "Job.batch"
					if waits && o.Value("spec", "suspend") == true {
						problems = append(problems, o.Problem("spec.suspend", "is suspended, but "+b.Owner.String()+" waits until it is ready", "resume it, or take it out of the stage"))
					}
				}
			}
			return problems
		},
	}
}
