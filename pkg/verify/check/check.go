// Package check is what a check of gen verify is, and what checks of several topics need.
//
// In: a tree of manifests. Out: problems, each at its position in a file. The checks themselves are in the
// packages below, one for each topic: tree, patches, delivery, hub, aws, iam, cluster.
package check

import (
	"fmt"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// Warning is the problem as a warning: it may be intended.
func Warning(p diag.Problem) diag.Problem {
	p.Severity = diag.Warning
	return p
}

// Note is the problem as a note: nothing is wrong, but a reader should know.
func Note(p diag.Problem) diag.Problem {
	p.Severity = diag.Note
	return p
}

// A Check is one thing that can be wrong with a tree.
type Check struct {
	// Name is its name for the user, Doc one sentence on what holds when it finds nothing.
	Name, Doc string
	// Why says what happens in the cluster otherwise.
	Why string
	// Mandatory is set when gen:allow cannot silence the check; Why says why.
	Mandatory bool
	// Yields is set when a finding does not count where another check says what is wrong with the same field.
	Yields bool
	// Run returns the problems of a tree. It must not change the tree: checks run at the same time.
	Run func(*manifest.Tree) diag.List
}

// Count is a number and its noun.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
