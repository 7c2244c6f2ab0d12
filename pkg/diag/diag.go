// Package diag says what is wrong, where, and what to do next.
//
// In: problems found by any other package. Out: a sorted list and its text.
// It imports nothing of this module.
package diag

import (
	"cmp"
	"slices"
)

// Severity says whether a problem is an error.
type Severity int

// The severities, worst first: an error stops the work, a warning is to be looked at, a note is good to know.
const (
	Error Severity = iota
	Warning
	Note
)

// String is the severity as it is printed: error, warning or note.
func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Note:
		return "note"
	default:
		return "error"
	}
}

// A Problem is one mistake in the user's input: where it is, what is wrong and what to do.
type Problem struct {
	// File is the path as the user would type it, with slashes.
	File string
	// Line and Column count from 1; 0 means the problem has no place in the file.
	Line, Column int
	// Path is the field, such as clusters[0].network.cidr. May be empty.
	Path string
	// Message says what is wrong, in lower case, without a full stop.
	Message string
	// Hint says what to do next. May be empty only where the message says it.
	Hint string
	// Severity is Error unless set.
	Severity Severity
	// Cluster is the name of the cluster that it is about. Empty where that is none, or is not known.
	Cluster string
	// Source is the text of the line, as [Problem.Quote] has found it. May be empty.
	Source string
}

// List is a collection of problems.
type List []Problem

// Sort orders the list by [Compare] and drops repetitions, so that every problem is reported once and in the order of
// the file.
func (l List) Sort() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, Compare)
	return slices.Compact(sorted)
}

// Compare orders problems by position, then by text.
func Compare(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Hint, b.Hint),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Cluster, b.Cluster),
	)
}

// HasErrors reports whether any problem is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Severity == Error })
}
