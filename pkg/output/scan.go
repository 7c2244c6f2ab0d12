package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"sync"

	"eks-auto-gitops/pkg/layout"
)

// A shape is what is on disk at a path.
type shape int

const (
	nothing shape = iota
	directory
	symlink
	special  // a device, a socket and the like
	foreign  // a file that is not gen's, or that is outside of the scope
	merged   // a file that a merge has left with both versions of its first line
	stale    // a file of gen that is not as planned
	same     // a file that is exactly as planned
	leftover // a temporary file of a killed run
)

// A scanner walks the output roots. Its goroutines share everything but the buffer of a walker.
type scanner struct {
	tree *layout.Tree
	opts Options
	// free holds a token for each goroutine that is running besides the first.
	free chan struct{}
	wg   sync.WaitGroup

	mu    sync.Mutex
	found map[string]shape
	err   error
}

// A walker reads one directory after the other into the same buffer.
type walker struct {
	*scanner
	buffer []byte
}

// scan finds out what is on disk in the output roots, and above them.
func scan(root *os.Root, tree *layout.Tree, opts Options, workers int) (map[string]shape, error) {
	s := &scanner{
		tree: tree, opts: opts,
		free:  make(chan struct{}, workers-1),
		found: make(map[string]shape, tree.Len()),
	}
	for _, dir := range opts.Roots {
		s.fail(s.outputRoot(root, dir))
	}
	s.wg.Wait()
	return s.found, s.err
}

// outputRoot walks one output root, unless something else is in its place or above it.
func (s *scanner) outputRoot(root *os.Root, dir string) (err error) {
	above := &trail{root: root}
	defer func() { err = errors.Join(err, above.close()) }()
	for _, at := range append(parents(dir), dir) {
		parent, err := above.open(path.Dir(at), nil)
		if err != nil {
			return err
		}
		info, err := parent.Lstat(path.Base(at))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		found := shapeOf(info.Mode())
		s.record(map[string]shape{at: found})
		if found != directory {
			return nil
		}
	}
	parent, err := above.open(path.Dir(dir), nil)
	if err != nil {
		return err
	}
	d, err := openDir(parent, path.Base(dir))
	if err != nil {
		return err
	}
	return (&walker{scanner: s}).walk(d, dir)
}

// walk records what is in a directory and everything below it. It closes d.
func (w *walker) walk(d *os.Root, dir string) (err error) {
	defer func() { err = errors.Join(err, d.Close()) }()
	entries, err := fs.ReadDir(d.FS(), ".")
	if err != nil {
		return fmt.Errorf("read directory %s: %w", dir, err)
	}
	found := make(map[string]shape, len(entries))
	for _, entry := range entries {
		at := path.Join(dir, entry.Name())
		found[at], err = w.entry(d, at, entry)
		if errors.Is(err, fs.ErrNotExist) {
			delete(found, at) // an editor's temporary file, gone again
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
	w.record(found)
	return nil
}

// entry finds the shape of one entry of a directory, and walks it if it is one itself.
func (w *walker) entry(d *os.Root, at string, entry fs.DirEntry) (shape, error) {
	found := shapeOf(entry.Type())
	if found == directory {
		child, err := openDir(d, entry.Name())
		if err != nil {
			return found, err
		}
		return found, w.descend(child, at)
	}
	if found != foreign {
		return found, nil
	}
	return w.file(d, at, entry.Name())
}

// descend walks a directory in a goroutine of its own if one is free, else in this one.
func (w *walker) descend(d *os.Root, dir string) error {
	select {
	case w.free <- struct{}{}:
		w.wg.Go(func() {
			defer func() { <-w.free }()
			w.fail((&walker{scanner: w.scanner}).walk(d, dir))
		})
		return nil
	default:
		return w.walk(d, dir)
	}
}

// file finds the shape of a regular file.
func (w *walker) file(d *os.Root, at, name string) (shape, error) {
	target, temp := tempTarget(name)
	if temp {
		at = path.Join(path.Dir(at), target)
	}
	if !w.opts.Scope(at) {
		return foreign, nil
	}
	if temp {
		return leftover, nil
	}
	f, err := d.Open(name)
	if err != nil {
		return nothing, err
	}
	want, planned := w.tree.Get(at)
	found, err := w.compare(f, want, planned)
	return found, errors.Join(err, f.Close())
}

// compare reads as little as it can: all of a file only if it has the size of the planned one.
func (w *walker) compare(f *os.File, want []byte, planned bool) (shape, error) {
	info, err := f.Stat()
	if err != nil {
		return nothing, err
	}
	if planned && info.Size() == int64(len(want)) {
		equal, err := w.equal(f, want)
		if err != nil || equal {
			return same, err
		}
	}
	head, err := headOf(f)
	switch {
	case Owned(head):
		return stale, err
	case planned && bytes.HasPrefix(head, []byte(mergeMark)):
		return merged, err
	}
	return foreign, err
}

func (w *walker) equal(f *os.File, want []byte) (bool, error) {
	if cap(w.buffer) < len(want) {
		w.buffer = make([]byte, 2*len(want))
	}
	got := w.buffer[:len(want)]
	if _, err := io.ReadFull(f, got); err != nil {
		return false, fmt.Errorf("read: %w", err)
	}
	return string(got) == string(want), nil
}

func (s *scanner) record(found map[string]shape) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.Copy(s.found, found)
}

func (s *scanner) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = errors.Join(s.err, err)
}

// shapeOf is the shape by the type alone: a regular file is foreign until it has been read.
func shapeOf(mode fs.FileMode) shape {
	switch mode.Type() {
	case 0:
		return foreign
	case fs.ModeDir:
		return directory
	case fs.ModeSymlink:
		return symlink
	}
	return special
}
