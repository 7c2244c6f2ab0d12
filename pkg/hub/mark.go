package hub

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/layout"
)

// The first line of every file names what the rest of it was when gen wrote it: a checksum. So the file itself says whether
// people have changed it, and, if they have, what version they began with.
const (
	markBegin = "Written by " + Command + " from " + layout.ClustersFile + ", sha256 "
	markEnd   = ". A file that you change is yours."
)

// marked puts the first line before the content of a file.
func marked(file string, content []byte) []byte {
	return append([]byte(comment(file, markBegin+sum(string(content))+markEnd)), content...)
}

// comment is a line that says text to people, in the language of the file.
func comment(file, text string) string {
	if path.Ext(file) == ".md" {
		return "<!-- " + text + " -->\n"
	}
	return "# " + text + "\n"
}

// sum is enough of a checksum to tell versions of a file apart.
func sum(content string) string {
	hash := sha256.Sum256([]byte(strings.ReplaceAll(content, "\r\n", "\n")))
	return hex.EncodeToString(hash[:8])
}

// markOf returns the checksum in the first line of a file, and that of the rest. base is empty in a file without such a line.
func markOf(content string) (base, rest string) {
	line, body, _ := strings.Cut(content, "\n")
	_, mark, found := strings.Cut(line, markBegin)
	mark, _, ended := strings.Cut(mark, markEnd)
	if !found || !ended {
		return "", ""
	}
	return mark, sum(body)
}

// Result is the files as they should be, by what has become of those that are there.
type Result struct {
	// Tree has what is missing, and what gen wrote and nobody has changed since.
	Tree *layout.Tree
	// Changed are files of people that began with another version than gen would write today. All has that version.
	Changed []string
	// Kept are files of people that began with what gen would write today: nothing has to be done.
	Kept []string
	// Foreign are files without gen's first line where one of these belongs. Nobody asks for their content.
	Foreign []string
	// Stale are files that gen wrote and would not write any more.
	Stale []string
	// All has every file as gen would write it.
	All *layout.Tree
}

// compare sorts the files by what is there already.
func compare(repository fs.FS, all *layout.Tree) (*Result, error) {
	result := &Result{Tree: layout.NewTree(), All: all}
	for _, file := range all.Paths() {
		want, _ := all.Get(file)
		content, found, err := read(repository, file)
		if err != nil {
			return nil, err
		}
		base, rest := markOf(content)
		wanted, _ := markOf(string(want))
		switch {
		case !found, base == rest && base != "":
			if err := result.Tree.Add(file, want); err != nil {
				return nil, err
			}
		case base == "":
			result.Foreign = append(result.Foreign, file)
		case base != wanted:
			result.Changed = append(result.Changed, file)
		default:
			result.Kept = append(result.Kept, file)
		}
	}
	return result, result.findStale(repository)
}

// read reads a file if there is one. Whoever writes says what is wrong with anything else in its place.
func read(repository fs.FS, file string) (content string, found bool, err error) {
	info, err := fs.Stat(repository, file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("look for what is there already: %w", err)
	}
	bytes, err := fs.ReadFile(repository, file)
	if err != nil {
		return "", false, fmt.Errorf("read what is there already: %w", err)
	}
	return string(bytes), true, nil
}

// findStale looks for what gen wrote for a fleet or with flags that have changed since.
func (r *Result) findStale(repository fs.FS) error {
	err := fs.WalkDir(repository, Dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if _, made := r.All.Get(file); made {
			return nil
		}
		content, err := fs.ReadFile(repository, file)
		if base, _ := markOf(string(content)); base != "" {
			r.Stale = append(r.Stale, file)
		}
		return err //nolint:wrapcheck // whoever walks wraps it
	})
	slices.Sort(r.Stale)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for what is there already: %w", err)
	}
	return nil
}
