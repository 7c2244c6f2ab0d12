package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
)

// An operation is a step that changes the disk.
type operation string

// The operations, in the order in which they come.
const (
	opRemove operation = "remove"
	opRmdir  operation = "rmdir"
	opMkdir  operation = "mkdir"
	opCreate operation = "create"
	opWrite  operation = "write"
	opRename operation = "rename"
)

// Apply makes the disk equal to the tree. It also removes what a killed run left behind, so it
// is worth calling without changes. progress, if not nil, is called after each changed file,
// never twice at once, with the number of files done and to do.
//
// Removing comes before writing, so that a file can take the place of a directory that is gone,
// and the other way round. It stops at the first error of the file system; what is done by then
// stays, and the next run does the rest.
func (p *Plan) Apply(progress func(done, total int)) error {
	a := &application{Plan: p, progress: progress}
	for _, change := range p.changes {
		if change.Kind != Unchanged {
			a.total++
		}
	}
	if err := a.remove(); err != nil {
		return fmt.Errorf("remove what is no longer generated: %w", err)
	}
	if err := a.write(); err != nil {
		return fmt.Errorf("write what is generated: %w", err)
	}
	return nil
}

// An application is one run of Apply.
type application struct {
	*Plan
	progress func(done, total int)

	mu          sync.Mutex
	done, total int
}

// remove deletes files, then the directories that have nothing in them any more.
func (a *application) remove() error {
	gone := batches(a.paths(Removed), a.leftovers)
	if err := a.parallel(len(gone), func(t *trail, i int) error { return a.removeFiles(t, gone[i]) }); err != nil {
		return err
	}
	// One after the other: a directory is empty only when those in it are gone.
	return a.inOrder(len(a.emptied), func(t *trail, i int) error { return a.rmdir(t, a.emptied[i]) })
}

func (a *application) removeFiles(t *trail, b batch) error {
	d, err := t.open(b.dir, nil)
	if err != nil {
		return err
	}
	for _, name := range b.names {
		if err := a.before(opRemove, path.Join(b.dir, name)); err != nil {
			return err
		}
		if err := d.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", b.dir, err)
		}
		if _, temp := tempTarget(name); !temp {
			a.finished()
		}
	}
	return nil
}

// rmdir removes an empty directory. One that has got a file in the meantime stays, and so do
// those above it.
func (a *application) rmdir(t *trail, dir string) error {
	if err := a.before(opRmdir, dir); err != nil {
		return err
	}
	parent, err := t.open(path.Dir(dir), nil)
	if err != nil {
		return err
	}
	name := path.Base(dir)
	if info, err := parent.Lstat(name); err != nil || !info.IsDir() {
		return err // Remove would also delete a file
	}
	if err := parent.Remove(name); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", path.Dir(dir), err)
	}
	return nil
}

// write makes directories and writes files, one directory per worker at a time.
func (a *application) write() error {
	dirs := batches(a.paths(Added, Changed))
	return a.parallel(len(dirs), func(t *trail, i int) error { return a.writeFiles(t, dirs[i]) })
}

func (a *application) writeFiles(t *trail, b batch) error {
	d, err := t.open(b.dir, a.mkdir)
	if err != nil {
		return err
	}
	for _, name := range b.names {
		if err := a.replace(d, b.dir, name); err != nil {
			return err
		}
		a.finished()
	}
	return nil
}

// mkdir makes the directory dir in parent. Another worker may have been faster.
func (a *application) mkdir(parent *os.Root, dir string) error {
	if err := a.before(opMkdir, dir); err != nil {
		return err
	}
	if err := parent.Mkdir(path.Base(dir), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// paths returns the files of some kinds of change, sorted.
func (p *Plan) paths(kinds ...Kind) []string {
	var paths []string
	for _, change := range p.changes {
		if slices.Contains(kinds, change.Kind) {
			paths = append(paths, change.Path)
		}
	}
	return paths
}

// before gives a test the chance to stop.
func (p *Plan) before(op operation, path string) error {
	if p.step == nil {
		return nil
	}
	return p.step(op, path)
}

func (a *application) finished() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done++
	if a.progress != nil {
		a.progress(a.done, a.total)
	}
}
