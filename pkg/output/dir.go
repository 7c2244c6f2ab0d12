package output

import (
	"errors"
	"io/fs"
	"os"
)

// openDir opens the directory name of parent, which is one path element, and refuses a symbolic
// link: os.Root follows those that stay inside of it, to a place other than the planned one.
//
// Everything below works on one directory at a time, through its own os.Root. So no link above a
// file is ever followed, and each operation looks up one name instead of a whole path.
func openDir(parent *os.Root, name string) (*os.Root, error) {
	before, err := parent.Lstat(name)
	if err != nil {
		return nil, err
	}
	if before.Mode()&fs.ModeSymlink != 0 {
		return nil, refusal(name)
	}
	if !before.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("not a directory")}
	}
	dir, err := parent.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	// A link put there between the two calls leads to another directory.
	if after, err := dir.Stat("."); err != nil || !os.SameFile(before, after) {
		return nil, errors.Join(refusal(name), err, dir.Close())
	}
	return dir, nil
}

func refusal(name string) error {
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("is a symbolic link, which is not followed")}
}
