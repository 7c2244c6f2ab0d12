// Package revision reads the files of a revision of a Git repository.
//
// In: a folder of a working tree and the name of a revision. Out: the names and sums of its files, and those contents
// that are requested. It runs git, which everyone who names a revision has: it knows every repository format, and
// reads a few of many files faster than any library that was tried (go-git walks each folder by itself).
package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
)

// A Tree is the files of a revision, below the folders that were asked for.
type Tree struct {
	// Sums has Git's object name of every file, by the file's name with slashes.
	Sums map[string]string
	git  Git
}

// Git is a working tree, or a folder in one; names of files begin there.
type Git struct {
	// Dir is the folder.
	Dir string
	// Context ends what runs when it ends.
	Context context.Context //nolint:containedctx // every method runs git
}

// run runs git and returns what it prints.
func (g Git) run(in io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(g.Context, "git", args...)
	var out, talk bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = g.Dir, in, &out, &talk
	if err := cmd.Run(); err != nil {
		if said := strings.TrimSpace(talk.String()); said != "" {
			return nil, fmt.Errorf("git %s: %w: %s", args[0], err, said)
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out.Bytes(), nil
}

// Shallow reports whether the history is cut off, as in a clone of some depth.
func (g Git) Shallow() bool {
	out, err := g.run(nil, "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// Resolve returns the full name of the commit that a revision stands for. The error tells that there is none.
func (g Git) Resolve(name string) (string, error) {
	out, err := g.run(nil, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", errors.New("there is no such commit here")
	}
	return strings.TrimSpace(string(out)), err
}

// MergeBase returns the best common ancestor of two commits.
func (g Git) MergeBase(a, b string) (string, error) {
	out, err := g.run(nil, "merge-base", "--end-of-options", a, b)
	return strings.TrimSpace(string(out)), err
}

// Distance counts the commits that are in one commit and not in another.
func (g Git) Distance(from, to string) (int, error) {
	out, err := g.run(nil, "rev-list", "--count", "--end-of-options", from+".."+to)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		return 0, fmt.Errorf("read what git rev-list prints: %w", err)
	}
	return n, nil
}

// Tree lists the files of a commit below some folders of the working folder. Symbolic links and submodules are left
// out: Flux takes none.
func (g Git) Tree(commit string, folders ...string) (*Tree, error) {
	out, err := g.run(nil, append([]string{"ls-tree", "-r", "-z", commit, "--"}, folders...)...)
	if err != nil {
		return nil, err
	}
	t := &Tree{Sums: map[string]string{}, git: g}
	for line := range strings.SplitSeq(string(out), "\x00") {
		info, name, ok := strings.Cut(line, "\t")
		parts := strings.Fields(info)
		if ok && len(parts) == 3 && strings.HasPrefix(parts[0], "100") {
			t.Sums[name] = parts[2]
		}
	}
	return t, nil
}

// Read returns the contents of files; names that are not there are left out.
func (t *Tree) Read(names []string) (map[string][]byte, error) {
	var asked strings.Builder
	var there []string
	for _, name := range names {
		if sum, ok := t.Sums[name]; ok {
			there = append(there, name)
			asked.WriteString(sum + "\n")
		}
	}
	if len(there) == 0 {
		return map[string][]byte{}, nil
	}
	out, err := t.git.run(strings.NewReader(asked.String()), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	return unpack(bufio.NewReader(bytes.NewReader(out)), there)
}

// unpack reads what git cat-file --batch prints: for each object a line with name, type and size, its content, and a
// line break.
func unpack(out *bufio.Reader, names []string) (map[string][]byte, error) {
	read := make(map[string][]byte, len(names))
	for _, name := range names {
		head, err := out.ReadString('\n')
		parts := strings.Fields(head)
		if err != nil || len(parts) != 3 {
			return nil, fmt.Errorf("read %s of the revision: %w", name, errors.Join(err, errors.New(strings.TrimSpace(head))))
		}
		size, err := strconv.Atoi(parts[2])
		if err != nil {
			return nil, fmt.Errorf("read %s of the revision: %w", name, err)
		}
		content := make([]byte, size+1)
		if _, err := io.ReadFull(out, content); err != nil {
			return nil, fmt.Errorf("read %s of the revision: %w", name, err)
		}
		read[name] = content[:size]
	}
	return read, nil
}
