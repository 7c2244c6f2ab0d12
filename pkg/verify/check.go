package verify

import "eks-auto-gitops/pkg/diag"

func warning(p diag.Problem) diag.Problem {
	p.Severity = diag.Warning
	return p
}

func note(p diag.Problem) diag.Problem {
	p.Severity = diag.Note
	return p
}

// A Check is one thing that can be wrong with a tree.
type Check struct {
	// Name is what the user calls it by, Doc one sentence on what it finds.
	Name, Doc string
	// Why says what happens in the cluster otherwise.
	Why string
	// Mandatory is set when gen:allow cannot silence the check; Why says why.
	Mandatory bool
	// Run returns the problems of a tree. It must not change the tree: checks run at the same time.
	Run func(*Tree) diag.List
}
