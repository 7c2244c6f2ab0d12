// Package readfile reads files of users' repositories: regular ones only.
//
// In: a repository and the name of a file. Out: what it holds. Anything else instead of a file is an error that says what
// to do: opening a named pipe waits for a writer, a device may never end, and symbolic links point to what
// neither Flux nor gen writes follow.
package readfile

import (
	"errors"
	"fmt"
	"io/fs"

	"eks-auto-gitops/pkg/diag"
)

// Irregular is the error of a name that is not that of a regular file.
type Irregular struct {
	// Name is the name with slashes, Mode what is there.
	Name string
	Mode fs.FileMode
}

// Error says what is there.
func (e *Irregular) Error() string { return e.Name + " " + e.is() }

// Problem is the error for people.
func (e *Irregular) Problem() diag.Problem {
	hint := "put a regular file in its place, or delete it"
	if e.Mode.Type() == fs.ModeSymlink {
		hint = "put what it leads to in its place, or delete it"
	}
	return diag.Problem{File: e.Name, Message: e.is(), Hint: hint}
}

func (e *Irregular) is() string {
	switch mode := e.Mode.Type(); {
	case mode == fs.ModeSymlink:
		return "is a symbolic link, which gen and Flux do not follow"
	case mode == fs.ModeDir:
		return "is a directory, not a file"
	case mode == fs.ModeNamedPipe:
		return "is a named pipe, not a file"
	case mode == fs.ModeSocket:
		return "is a socket, not a file"
	case mode&fs.ModeDevice != 0:
		return "is a device, not a file"
	}
	return "is not a regular file"
}

// Read returns what a regular file holds, or an error that is [Irregular] or [fs.ErrNotExist] where there is none. The name is
// looked at before it is opened: opening alone may wait, or change what a device does.
func Read(repository fs.FS, name string) ([]byte, error) {
	info, err := fs.Lstat(repository, name)
	if err != nil {
		return nil, fmt.Errorf("look for a file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, &Irregular{Name: name, Mode: info.Mode()}
	}
	content, err := fs.ReadFile(repository, name)
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	return content, nil
}

// Problem is what there is to say of an error of [Read] that people mend, if it is one.
func Problem(err error) (diag.Problem, bool) {
	if irregular, ok := errors.AsType[*Irregular](err); ok {
		return irregular.Problem(), true
	}
	return diag.Problem{}, false
}

// FolderLink finds a symbolic link in the place of a folder: one that leads to a directory, or to nothing that can be looked at.
// A link to a file is none.
func FolderLink(repository fs.FS, name string) (diag.Problem, bool) {
	info, err := fs.Lstat(repository, name)
	if err != nil || info.Mode().Type() != fs.ModeSymlink {
		return diag.Problem{}, false
	}
	if target, err := fs.Stat(repository, name); err == nil && !target.IsDir() {
		return diag.Problem{}, false
	}
	return (&Irregular{Name: name, Mode: info.Mode()}).Problem(), true
}
