// Package verify finds what is wrong with a tree of manifests before anything is applied.
//
// In: the tree as it is on disk, the user's patches included, and CRDs. Out: problems with file, line and field.
// It needs no cluster, no network and no other program. Each check is one file, check_<name>.go.
package verify

import (
	"slices"

	"eks-auto-gitops/pkg/diag"
)

// A Check is one thing that can be wrong with a tree.
type Check struct {
	// Name is what the user calls it by, Doc one sentence on what it finds.
	Name, Doc string
	// Why says what happens in the cluster otherwise.
	Why string
	// Run returns the problems of a tree. It must not change the tree.
	Run func(*Tree) diag.List
}

// A Finding is a problem and the check that found it.
type Finding struct {
	// Check is the name of the check.
	Check string
	diag.Problem
}

// Checks lists all checks in the order in which a user should look at their results.
func Checks() []Check {
	return []Check{
		buildCheck(), schemaCheck(), fleetCheck(), artifactCheck(), patchesCheck(), immutableCheck(), referencesCheck(), inputsCheck(),
		healthCheck(), guardCheck(), fluxCheck(), suspendedCheck(), ackCheck(), autoModeCheck(), accessCheck(), identityCheck(), nodesCheck(),
		storageCheck(), ingressCheck(), dnsCheck(), iamCheck(), limitsCheck(),
	}
}

// Run runs checks over a tree and returns all findings, sorted by place.
func Run(tree *Tree, checks []Check) []Finding {
	byProblem := map[diag.Problem]string{}
	var all diag.List
	for _, check := range checks {
		for _, problem := range check.Run(tree) {
			if _, told := byProblem[problem]; !told {
				byProblem[problem] = check.Name
				all = append(all, problem)
			}
		}
	}
	var findings []Finding
	for _, problem := range all.Sort() {
		findings = append(findings, Finding{Check: byProblem[problem], Problem: problem})
	}
	return findings
}

// HasErrors reports whether any finding is more than a warning.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == diag.Error })
}
