// Package output compares a generated tree with the disk and makes the disk equal to it.
// It is the only package that writes.
//
// In: a [layout.Tree] and an open directory. Out: a [Plan], which lists the changes, prints
// them as a diff or applies them; or the problems that forbid it, all at once, and nothing written.
// It imports only diag and layout of this module.
//
// Rules that everything here keeps:
//
//   - Only files whose first line is the marker are overwritten or deleted, see [Owned].
//   - Nothing leaves the root ([os.Root]), and symbolic links are refused, even inside of it.
//   - A file is replaced by renaming a temporary one, so it is always the old or the new one.
//   - The disk is the only state. A run that was killed at any moment is repaired by the next.
package output

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// Options say what part of the disk a plan is about.
type Options struct {
	// Roots are the directories, relative to the root, in which gen may own files.
	// Empty means clusters and flux. The tree must not have files outside of them.
	Roots []string
	// Scope reports whether path is part of this run; nil means that every path is. Paths outside
	// are neither written nor pruned nor reported. A directory, asked about when it is empty,
	// ends in a slash. Scope is called from several goroutines.
	Scope func(path string) bool
}

// A Kind is what happens to a file.
type Kind int

// The kinds of change.
const (
	Unchanged Kind = iota
	Added
	Changed
	Removed
)

// String returns the kind as one lower-case word.
func (k Kind) String() string {
	switch k {
	case Unchanged:
		return "unchanged"
	case Added:
		return "added"
	case Changed:
		return "changed"
	case Removed:
		return "removed"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// A Change is what happens to one file.
type Change struct {
	// Path is relative to the root, with slashes.
	Path string
	// Kind says what happens to it.
	Kind Kind
}

// A Plan is the difference between the disk and a tree. It holds for as long as nobody else
// writes below the root: take [Lock] before making it and release it after [Plan.Apply].
type Plan struct {
	root    *os.Root
	tree    *layout.Tree
	changes []Change
	// leftovers are temporary files of a killed run.
	leftovers []string
	// emptied are the directories that will have nothing in them, the deepest first.
	emptied []string
	workers int
	// step is called before everything that changes the disk; an error stops the work there.
	// Tests set it to stop or kill a run at any moment.
	step func(op operation, path string) error
}

// NewPlan reads the disk below root and compares it with tree. It writes nothing.
//
// The list has every file, directory and symbolic link that is in the way of a planned file, sorted;
// if there is any, the plan is nil. An error means that the disk could not be read, or that tree
// is not fit to be written: a path outside of the roots, or a file that does not begin with the marker.
// The plan uses root and tree, which must stay open and unchanged.
func NewPlan(root *os.Root, tree *layout.Tree, opts Options) (*Plan, diag.List, error) {
	if len(opts.Roots) == 0 {
		opts.Roots = []string{"clusters", "flux"}
	}
	if opts.Scope == nil {
		opts.Scope = func(string) bool { return true }
	}
	if err := opts.check(tree); err != nil {
		return nil, nil, err
	}
	workers := runtime.GOMAXPROCS(0)
	found, err := scan(root, tree, opts, workers)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is generated already: %w", err)
	}
	c := newComparison(found, tree, opts)
	if problems := c.problems(); len(problems) > 0 {
		return nil, problems, nil
	}
	return &Plan{
		root: root, tree: tree, workers: workers,
		changes: c.changes(), leftovers: c.leftovers(), emptied: c.emptied,
	}, nil, nil
}

// Changes returns what happens to every file that is generated or was, sorted by path.
// Files that stay as they are are in it as [Unchanged].
func (p *Plan) Changes() []Change { return slices.Clone(p.changes) }

// check finds mistakes of the program, not of the user: a tree that the next run would not
// recognise as generated must not get to the disk.
func (o Options) check(tree *layout.Tree) error {
	for _, dir := range o.Roots {
		if !fs.ValidPath(dir) || dir == "." {
			return fmt.Errorf("output root %q: want a directory below the root", dir)
		}
	}
	for _, path := range tree.Paths() {
		if !o.contains(path) {
			return fmt.Errorf("%s: is outside of the output roots %s", path, strings.Join(o.Roots, ", "))
		}
		if strings.Contains(path, tempSuffix) {
			return fmt.Errorf("%s: names with %s are for temporary files", path, tempSuffix)
		}
		if content, _ := tree.Get(path); !Owned(content) {
			return fmt.Errorf("%s: generated without the line %q", path, Marker)
		}
	}
	return nil
}

// contains reports whether path is below one of the roots.
func (o Options) contains(path string) bool {
	return slices.ContainsFunc(o.Roots, func(dir string) bool { return strings.HasPrefix(path, dir+"/") })
}

func byPath(a, b Change) int { return cmp.Compare(a.Path, b.Path) }
