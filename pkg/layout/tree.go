package layout

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"eks-auto-gitops/pkg/resource"
)

// A Tree holds generated files in memory: path to content. It is write-once, so that two
// producers of the same path are found and not decided by who comes last.
//
// One goroutine fills a tree; trees made in parallel are joined by [Tree.Merge].
// A tree that nobody changes any more may be read by many goroutines.
type Tree struct {
	files map[string][]byte
	// dirs holds every directory of files, with one of the files in it for messages.
	dirs map[string]string
	// encoder writes the objects that are added.
	encoder *resource.Encoder
}

// NewTree returns an empty tree.
func NewTree() *Tree {
	return newTree(&resource.Encoder{})
}

// newTree returns an empty tree, the objects of which are written by an encoder that may know their types already.
func newTree(encoder *resource.Encoder) *Tree {
	return &Tree{files: map[string][]byte{}, dirs: map[string]string{}, encoder: encoder}
}

// Add puts a file into the tree. path has slashes and is relative, as [fs.ValidPath] wants it.
// The tree keeps content, it does not copy it: the caller must not change it afterwards.
// Errors: path is not valid, is already there, or is both a file and a directory.
func (t *Tree) Add(path string, content []byte) error {
	if err := t.check(path); err != nil {
		return err
	}
	t.files[path] = content
	t.addDirs(path)
	return nil
}

// check says why path cannot be added.
func (t *Tree) check(file string) error {
	if !fs.ValidPath(file) || file == "." {
		return fmt.Errorf("invalid path %q: want a relative path with slashes that does not lead upwards", file)
	}
	if _, ok := t.files[file]; ok {
		return fmt.Errorf("%s: generated twice", file)
	}
	if inside, ok := t.dirs[file]; ok {
		return fmt.Errorf("%s: is a file and also the directory of %s", file, inside)
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if _, ok := t.dirs[dir]; ok {
			return nil // checked when the first file came into it
		}
		if _, ok := t.files[dir]; ok {
			return fmt.Errorf("%s: is a file and also the directory of %s", dir, file)
		}
	}
	return nil
}

func (t *Tree) addDirs(file string) {
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if _, ok := t.dirs[dir]; ok {
			return // and so are those above it
		}
		t.dirs[dir] = file
	}
}

// Merge adds every file of other. It stops at the first file, in order of paths, that cannot
// be added, with the error of [Tree.Add]; the tree is then incomplete and not to be used.
func (t *Tree) Merge(other *Tree) error {
	for _, path := range other.Paths() {
		if err := t.Add(path, other.files[path]); err != nil {
			return err
		}
	}
	return nil
}

// Paths returns the paths of all files, sorted byte by byte.
func (t *Tree) Paths() []string {
	return slices.Sorted(maps.Keys(t.files))
}

// Get returns the content of the file at path and whether there is one. The content is the
// tree's own: it must not be changed.
func (t *Tree) Get(path string) ([]byte, bool) {
	content, ok := t.files[path]
	return content, ok
}

// Len returns the number of files.
func (t *Tree) Len() int { return len(t.files) }
