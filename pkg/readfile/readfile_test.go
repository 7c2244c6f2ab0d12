package readfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/pkg/readfile"
)

// never is a file that must not be opened.
type never struct{ fstest.MapFS }

func (f never) Open(name string) (fs.File, error) {
	if entry := f.MapFS[name]; entry != nil && !entry.Mode.IsRegular() {
		return nil, errors.New("opened " + name)
	}
	return f.MapFS.Open(name)
}

// TestRead: regular files are read, and nothing else is as much as opened.
func TestRead(t *testing.T) {
	const regular = "put a regular file in its place, or delete it"
	tree := never{fstest.MapFS{"file": {Data: []byte("content")}}}
	for name, c := range map[string]struct {
		mode          fs.FileMode
		message, hint string
	}{
		"link":      {fs.ModeSymlink, "is a symbolic link, which gen and Flux do not follow", "put what it leads to in its place, or delete it"},
		"directory": {fs.ModeDir, "is a directory, not a file", regular},
		"pipe":      {fs.ModeNamedPipe, "is a named pipe, not a file", regular},
		"socket":    {fs.ModeSocket, "is a socket, not a file", regular},
		"disk":      {fs.ModeDevice, "is a device, not a file", regular},
		"terminal":  {fs.ModeDevice | fs.ModeCharDevice, "is a device, not a file", regular},
		"other":     {fs.ModeIrregular, "is not a regular file", regular},
	} {
		tree.MapFS[name] = &fstest.MapFile{Mode: c.mode | 0o644}
		_, err := readfile.Read(tree, name)
		problem, ok := readfile.Problem(err)
		if !ok || problem.File != name || problem.Message != c.message || problem.Hint != c.hint || err.Error() != name+" "+c.message {
			t.Errorf("%s: %v: %v", name, err, problem)
		}
	}
	if content, err := readfile.Read(tree, "file"); string(content) != "content" || err != nil {
		t.Errorf("%q, %v", content, err)
	}
	_, err := readfile.Read(tree, "nothing")
	if _, ok := readfile.Problem(err); ok || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}

// TestFolderLink: links to folders, to nothing and out of the repository count, those to files do not.
func TestFolderLink(t *testing.T) {
	dir := t.TempDir()
	for _, err := range []error{os.Mkdir(filepath.Join(dir, "folder"), 0o755), os.WriteFile(filepath.Join(dir, "file"), nil, 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	links := map[string]string{"to-folder": "folder", "to-file": "file", "to-nothing": "nothing", "outside": t.TempDir()}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() }) //nolint:errcheck // it was only read through
	for name, want := range map[string]bool{"folder": false, "file": false, "none": false, "to-folder": true, "to-file": false, "to-nothing": true, "outside": true} {
		if problem, ok := readfile.FolderLink(root.FS(), name); ok != want || ok && problem.File != name {
			t.Errorf("%s: %t, %v", name, ok, problem)
		}
	}
}
