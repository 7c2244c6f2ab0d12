package output

import (
	"slices"

	"eks-auto-gitops/pkg/diag"
)

const again = ", then run gen again"

// problems finds all that is in the way of the planned files. Each obstacle is told once,
// however many files are behind it.
func (c *comparison) problems() diag.List {
	var list diag.List
	passed := map[string]bool{}
	for _, dir := range c.opts.Roots {
		for _, at := range append(parents(dir), dir) {
			list = append(list, c.inWayOfDir(at)...)
		}
	}
	for _, file := range c.planned {
		list = append(list, c.inWayOfFile(file)...)
		for _, dir := range parents(file) {
			if !passed[dir] {
				list = append(list, c.inWayOfDir(dir)...)
			}
			passed[dir] = true
		}
	}
	return list.Sort()
}

// inWayOfFile is about the place where a file is planned, and that of its temporary file.
func (c *comparison) inWayOfFile(file string) diag.List {
	found := c.found[file]
	if found == same {
		return nil
	}
	list := c.notRegular(tempPath(file), c.found[tempPath(file)])
	if found == foreign {
		return append(list, diag.Problem{
			File:    file,
			Message: "is in the way: gen would write this file, but its first line does not say that gen made it",
			Hint:    "move or delete it" + again + "; what you want to add belongs in patches/",
		})
	}
	if found == merged {
		return append(list, diag.Problem{
			File: file, Line: 1, Column: 1,
			Message: "a merge has left both versions in the file",
			Hint:    "delete it" + again + ", which writes it; what you want to add belongs in patches/",
		})
	}
	return append(list, c.notRegular(file, found)...)
}

// notRegular is about everything but files, which nothing replaces or deletes.
func (c *comparison) notRegular(at string, found shape) diag.List {
	problem := diag.Problem{File: at}
	switch found {
	case directory:
		if slices.Contains(c.emptied, at) {
			return nil // removed before files are written
		}
		problem.Message = "is a directory in the way of a file that gen would write"
		problem.Hint = "move or delete the directory" + again
	case symlink:
		problem = linkProblem(at)
	case special:
		problem.Message = "is in the way: it is neither a file nor a directory"
		problem.Hint = "move or delete it" + again
	default:
		return nil
	}
	return diag.List{problem}
}

// inWayOfDir is about the place where a directory must be.
func (c *comparison) inWayOfDir(at string) diag.List {
	problem := diag.Problem{File: at}
	switch c.found[at] {
	case nothing, directory, leftover:
		return nil
	case symlink:
		problem = linkProblem(at)
	case special:
		problem.Message = "is in the way: it is neither a file nor a directory"
		problem.Hint = "move or delete it" + again
	default:
		if c.removed(at) {
			return nil // before directories are made
		}
		problem.Message = "is a file in the way of a directory that gen would make"
		problem.Hint = "move or delete the file" + again
	}
	return diag.List{problem}
}

func linkProblem(at string) diag.Problem {
	return diag.Problem{
		File:    at,
		Message: "is a symbolic link: gen neither reads nor writes through links",
		Hint:    "put a real file or directory in its place, or delete it" + again,
	}
}
