package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

// A trail is the open directories from the root down to the one that was asked for last. A worker
// goes through directories in order, so the next one mostly needs one more step and not all of them.
type trail struct {
	root *os.Root
	dirs []openedDir
}

type openedDir struct {
	path   string
	handle *os.Root
}

// open opens the directory dir below the root by openDir, "." being the root. Where something is
// missing it calls create, if that is not nil, with the parent and the path of what is missing.
// The handle is the trail's, and open until the next call.
func (t *trail) open(dir string, create func(parent *os.Root, dir string) error) (*os.Root, error) {
	if err := t.leave(dir); err != nil {
		return nil, err
	}
	current, done := t.root, ""
	if n := len(t.dirs); n > 0 {
		current, done = t.dirs[n-1].handle, t.dirs[n-1].path
	}
	for done != dir && dir != "." {
		name, _, _ := strings.Cut(strings.TrimPrefix(dir[len(done):], "/"), "/")
		done = path.Join(done, name)
		next, err := openDir(current, name)
		if create != nil && errors.Is(err, fs.ErrNotExist) {
			if err = create(current, done); err == nil {
				next, err = openDir(current, name)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("open directory %s: %w", done, err)
		}
		t.dirs = append(t.dirs, openedDir{done, next})
		current = next
	}
	return current, nil
}

// leave closes the directories that are not dir or above it.
func (t *trail) leave(dir string) error {
	for n := len(t.dirs); n > 0; n = len(t.dirs) {
		last := t.dirs[n-1]
		if dir == last.path || strings.HasPrefix(dir, last.path+"/") {
			return nil
		}
		t.dirs = t.dirs[:n-1]
		if err := last.handle.Close(); err != nil {
			return fmt.Errorf("close directory %s: %w", last.path, err)
		}
	}
	return nil
}

// close closes what is open.
func (t *trail) close() error { return t.leave(".") }
