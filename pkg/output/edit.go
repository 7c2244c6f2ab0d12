package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// NewEdit plans the writing of files that belong to people: none needs the marker, they may be anywhere below root, and
// nothing else is read or removed. Whoever makes the tree has asked whether a file may be changed.
//
// The list has what is in the way of a file; if there is anything, the plan is nil. An error means that the disk could
// not be read.
func NewEdit(root *os.Root, tree *layout.Tree) (*Plan, diag.List, error) {
	plan := &Plan{root: root, tree: tree, workers: runtime.GOMAXPROCS(0)}
	var problems diag.List
	for _, file := range tree.Paths() {
		at, found, err := obstacle(root, file)
		if err != nil {
			return nil, nil, fmt.Errorf("look for %s: %w", file, err)
		}
		change := Change{Path: file, Kind: Added}
		switch {
		case at != "":
			problems = append(problems, inWay(at, at == file, found))
		case found == foreign:
			content, err := root.ReadFile(file)
			if err != nil {
				return nil, nil, fmt.Errorf("look for %s: %w", file, err)
			}
			change.Kind = Changed
			if want, _ := tree.Get(file); string(want) == string(content) {
				change.Kind = Unchanged
			}
		}
		plan.changes = append(plan.changes, change)
		// A killed run leaves a temporary file.
		if info, err := root.Lstat(tempPath(file)); err == nil && info.Mode().IsRegular() {
			plan.leftovers = append(plan.leftovers, tempPath(file))
		}
	}
	if len(problems) > 0 {
		return nil, problems.Sort(), nil
	}
	return plan, nil, nil
}

// obstacle is the first thing on the way to a file that is not what it should be: a directory, and in the end a file or
// nothing. at is empty if there is none; found is then what is in the place of the file.
func obstacle(root *os.Root, file string) (at string, found shape, err error) {
	for _, at := range append(parents(file), file) {
		info, err := root.Lstat(at)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nothing, nil
		}
		if err != nil {
			return "", nothing, err
		}
		found = shapeOf(info.Mode())
		if want := map[bool]shape{true: foreign, false: directory}[at == file]; found != want {
			return at, found, nil
		}
	}
	return "", found, nil
}

// inWay says what is wrong with what is in the place of a file, or of a directory above one.
func inWay(at string, isFile bool, found shape) diag.Problem {
	if found == symlink {
		return linkProblem(at)
	}
	want := map[bool]string{true: "file", false: "directory"}[isFile]
	return diag.Problem{
		File:    at,
		Message: "is in the way of a " + want + " that gen would write",
		Hint:    "move or delete " + path.Base(at) + again,
	}
}
