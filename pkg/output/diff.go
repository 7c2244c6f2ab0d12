package output

import (
	"errors"
	"fmt"
	"io"
	"path"

	udiff "github.com/aymanbagabas/go-udiff"
)

// noFile is the name of a missing file in a diff, as patch and git know it.
const noFile = "/dev/null"

// Diff writes a unified diff from the disk to the tree, files sorted by path, to w; nothing if there
// are no changes. It reads the disk again, so it is right until [Plan.Apply].
// Errors: a file could not be read, or w failed.
func (p *Plan) Diff(w io.Writer) (err error) {
	t := &trail{root: p.root}
	defer func() { err = errors.Join(err, t.close()) }()
	for _, change := range p.changes {
		if change.Kind == Unchanged {
			continue
		}
		text, err := p.diff(t, change)
		if err != nil {
			return fmt.Errorf("compare %s: %w", change.Path, err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			return fmt.Errorf("print difference: %w", err)
		}
	}
	return nil
}

func (p *Plan) diff(t *trail, change Change) (string, error) {
	var before, after string
	from, to := "a/"+change.Path, "b/"+change.Path
	if change.Kind == Added {
		from = noFile
	} else {
		content, err := read(t, change.Path)
		if err != nil {
			return "", err
		}
		before = string(content)
	}
	if change.Kind == Removed {
		to = noFile
	} else {
		content, _ := p.tree.Get(change.Path)
		after = string(content)
	}
	// udiff.Unified would be shorter, and ends the program when it fails.
	text, err := udiff.ToUnified(from, to, before, udiff.Lines(before, after), udiff.DefaultContextLines)
	if err != nil {
		return "", fmt.Errorf("make a unified diff: %w", err)
	}
	return text, nil
}

// read returns the content of a file, not following links.
func read(t *trail, file string) ([]byte, error) {
	d, err := t.open(path.Dir(file), nil)
	if err != nil {
		return nil, err
	}
	info, err := d.Lstat(path.Base(file))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is no longer a file")
	}
	return d.ReadFile(path.Base(file))
}
