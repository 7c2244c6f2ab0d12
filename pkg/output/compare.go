package output

import (
	"maps"
	"path"
	"slices"

	"eks-auto-gitops/pkg/layout"
)

// A comparison is what was found on disk, held against the tree. It does not touch the disk.
type comparison struct {
	found map[string]shape
	tree  *layout.Tree
	opts  Options
	// planned are the paths of the tree that are in the scope, sorted.
	planned []string
	// emptied are the directories with nothing in them once the plan is applied, the deepest first.
	emptied []string
}

func newComparison(found map[string]shape, tree *layout.Tree, opts Options) *comparison {
	c := &comparison{found: found, tree: tree, opts: opts}
	c.planned = slices.DeleteFunc(tree.Paths(), func(file string) bool { return !opts.Scope(file) })
	c.emptied = c.findEmptied()
	return c
}

// changes lists what happens to each file. It is right only if there are no problems.
func (c *comparison) changes() []Change {
	changes := make([]Change, 0, len(c.planned))
	for _, file := range c.planned {
		change := Change{Path: file}
		switch c.found[file] {
		case same:
		case stale:
			change.Kind = Changed
		default:
			change.Kind = Added
		}
		changes = append(changes, change)
	}
	for file := range c.found {
		if c.removed(file) {
			changes = append(changes, Change{Path: file, Kind: Removed})
		}
	}
	slices.SortFunc(changes, byPath)
	return changes
}

// removed reports whether file is gen's and no longer generated. What is outside of the scope
// is never stale, see scanner.
func (c *comparison) removed(file string) bool {
	_, planned := c.tree.Get(file)
	return c.found[file] == stale && !planned
}

func (c *comparison) leftovers() []string {
	var files []string
	for file, found := range c.found {
		if found == leftover {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

// findEmptied finds the directories to remove: those in which this run removes everything, and
// those that have been empty before, as a killed run leaves them. Git does not know empty
// directories, so nobody keeps anything by them.
func (c *comparison) findEmptied() []string {
	var emptied []string
	kept, touched := c.directories(), map[string]bool{}
	below := slices.Sorted(maps.Keys(c.found))
	for _, at := range slices.Backward(below) { // what is in a directory comes before it
		parent := path.Dir(at)
		switch found := c.found[at]; {
		case c.removed(at) || found == leftover:
			touched[parent] = true
		case found != directory || kept[at] || !c.opts.isOutput(at):
			kept[parent] = true
		case touched[at] || c.opts.Scope(at+"/"):
			emptied = append(emptied, at)
			touched[parent] = true
		default:
			kept[parent] = true
		}
	}
	return emptied
}

// directories are those that planned files need.
func (c *comparison) directories() map[string]bool {
	needed := map[string]bool{}
	for _, file := range c.planned {
		for dir := path.Dir(file); dir != "." && !needed[dir]; dir = path.Dir(dir) {
			needed[dir] = true
		}
	}
	return needed
}

// isOutput reports whether dir is one of the roots or below one.
func (o Options) isOutput(dir string) bool {
	return slices.Contains(o.Roots, dir) || o.contains(dir)
}

// parents are the directories above file, from the top.
func parents(file string) []string {
	var dirs []string
	for i := range len(file) {
		if file[i] == '/' {
			dirs = append(dirs, file[:i])
		}
	}
	return dirs
}

// tempPath is tempName for a whole path.
func tempPath(file string) string {
	dir, name := path.Split(file)
	return dir + tempName(name)
}
