package render

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// disk is the repository as kustomize reads it. kyaml's own file system in memory takes no names with a blank, a plus sign or
// a letter beyond ASCII, not even of files that nothing names.
type disk struct {
	filesys.FileSystem // holds nothing: kustomize build does no more with files than what is below
	content            map[string][]byte
	folders            map[string]bool
}

func newDisk(content map[string][]byte) disk {
	d := disk{filesys.MakeFsInMemory(), content, map[string]bool{".": true}}
	for name := range content {
		for dir := path.Dir(name); !d.folders[dir]; dir = path.Dir(dir) {
			d.folders[dir] = true
		}
	}
	return d
}

// inside is a path on the disk as a name in the repository, whose root is "/".
func inside(name string) string {
	if name = path.Clean("/" + name); name != "/" {
		return name[1:]
	}
	return "."
}

// IsDir reports whether there is such a folder.
func (d disk) IsDir(name string) bool { return d.folders[inside(name)] }

// Exists reports whether there is such a file or folder.
func (d disk) Exists(name string) bool {
	_, isFile := d.content[inside(name)]
	return isFile || d.IsDir(name)
}

// CleanedAbs divides a path into the folder and the file, of which there is none for a folder.
func (d disk) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	switch clean := inside(name); {
	case d.folders[clean]:
		return filesys.ConfirmedDir(path.Join("/", clean)), "", nil
	case d.Exists(name):
		return filesys.ConfirmedDir(path.Join("/", path.Dir(clean))), path.Base(clean), nil
	default:
		return "", "", fmt.Errorf("'%s': %w", name, fs.ErrNotExist)
	}
}

// ReadFile returns what is in a file.
func (d disk) ReadFile(name string) ([]byte, error) {
	content, ok := d.content[inside(name)]
	if !ok {
		return nil, fmt.Errorf("'%s': %w", name, fs.ErrNotExist)
	}
	return slices.Clone(content), nil
}
