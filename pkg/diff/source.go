package diff

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/manifest"
)

//nolint:gosec // Git's name for a blob, not a signature

// A Source is a tree to compare. What it holds is read when it is needed: of two trees of a large fleet most files
// are the same, and of those only the names count.
type Source struct {
	// Name is what the user calls it.
	Name string
	// Sums has a sum of every file, by its name with slashes. Files with the same sum hold the same.
	Sums map[string]string
	// Read returns what files hold; names that are not there are left out.
	Read func(names []string) (map[string][]byte, error)
	// Hub returns the files that make the hub, which no environment's branch delivers; nil for none.
	Hub func() (map[string][]byte, error)
}

// FromFS makes a source of the folder at the root of a repository. Its sums are those that Git has for blobs, so that
// it can be compared with a revision.
func FromFS(name string, repository fs.FS) (Source, error) {
	content, err := manifest.ReadFiles(repository)
	if err != nil {
		return Source{}, fmt.Errorf("read %s: %w", name, err)
	}
	source := FromFiles(name, content)
	source.Hub = func() (map[string][]byte, error) { return readFolder(repository, hubFolder) }
	return source, nil
}

// readFolder reads the regular files of a folder, which may be missing.
func readFolder(repository fs.FS, folder string) (map[string][]byte, error) {
	read := map[string][]byte{}
	err := fs.WalkDir(repository, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		read[name], err = fs.ReadFile(repository, name)
		return err //nolint:wrapcheck // whoever walks wraps it
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", folder, err)
	}
	return read, nil
}

// FromFiles makes a source of files in memory, by their names.
func FromFiles(name string, content map[string][]byte) Source {
	sums, hub := make(map[string]string, len(content)), map[string][]byte{}
	for file, text := range content {
		if strings.HasPrefix(file, hubFolder+"/") {
			hub[file] = text
			continue
		}
		sums[file] = blobSum(text)
	}
	return Source{Name: name, Sums: sums, Hub: func() (map[string][]byte, error) { return hub, nil }, Read: func(names []string) (map[string][]byte, error) {
		read := make(map[string][]byte, len(names))
		for _, file := range names {
			if text, ok := content[file]; ok {
				read[file] = text
			}
		}
		return read, nil
	}}
}

// blobSum is Git's object name of a file (Git, Git Internals, Git Objects). A repository with SHA-256 has others; then
// all files of a revision count as changed, and their contents are compared.
func blobSum(content []byte) string {
	h := sha1.New() //nolint:gosec // see above
	h.Write([]byte("blob " + strconv.Itoa(len(content)) + "\x00"))
	h.Write(content)
	return hex.EncodeToString(h.Sum(nil))
}

// changed are the names of files that are not the same in two trees.
func changed(from, to Source) map[string]bool {
	names := map[string]bool{}
	for name, sum := range from.Sums {
		if to.Sums[name] != sum {
			names[name] = true
		}
	}
	for name := range to.Sums {
		if _, ok := from.Sums[name]; !ok {
			names[name] = true
		}
	}
	return names
}
