package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/layout"
)

const kustomization = "kustomization.yaml"

// outputRoots are the folders that gen writes to.
func outputRoots() []string { return []string{"clusters", "flux"} }

// A size is how much gen has written.
type size struct {
	files, objects int
	bytes          int64
}

// sizeOf counts what is generated in a repository. An object is a YAML document, but for kustomization.yaml,
// which no API server ever sees; a change to a base is one object.
func sizeOf(repository string) (size, error) {
	var s size
	err := walk(repository, func(file string) error {
		documents, bytes, err := count(filepath.Join(repository, file))
		if err != nil {
			return err
		}
		s.files++
		s.bytes += bytes
		if path.Base(file) != kustomization && path.Ext(file) == ".yaml" {
			s.objects += documents
		}
		return nil
	})
	return s, err
}

// walk calls visit for every generated file, with its path in the repository.
func walk(repository string, visit func(file string) error) error {
	for _, dir := range outputRoots() {
		err := fs.WalkDir(os.DirFS(repository), dir, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || file == layout.ClustersFile {
				return err
			}
			return visit(file)
		})
		if err != nil {
			return fmt.Errorf("walk %s: %w", dir, err)
		}
	}
	return nil
}

// count counts the documents of a file and its bytes.
func count(file string) (documents int, bytes int64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	documents = 1
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		bytes += int64(len(lines.Bytes())) + 1
		if lines.Text() == "---" {
			documents++
		}
	}
	return documents, bytes, lines.Err()
}

// buildable lists the directories that have a kustomization.yaml. If there are more clusters than the sample,
// they are those of clusters evenly taken from all; the factor is how many times as many there are.
func buildable(repository string, sample int) (dirs []string, factor float64, err error) {
	byCluster := map[string][]string{}
	err = walk(repository, func(file string) error {
		if path.Base(file) == kustomization {
			cluster := clusterOf(file)
			byCluster[cluster] = append(byCluster[cluster], filepath.Join(repository, path.Dir(file)))
		}
		return nil
	})
	shared := byCluster[""]
	delete(byCluster, "")
	names := make([]string, 0, len(byCluster))
	for name := range byCluster {
		names = append(names, name)
	}
	slices.Sort(names)
	take := min(sample, len(names))
	if take == len(names) {
		dirs = shared
	}
	for i := range take {
		dirs = append(dirs, byCluster[names[i*len(names)/take]]...)
	}
	return dirs, float64(len(names)) / float64(max(1, take)), err
}

// clusterOf is the cluster that a generated file belongs to, or nothing.
func clusterOf(file string) string {
	parts := strings.Split(file, "/")
	if len(parts) < 5 || parts[1] == "base" || parts[1] == "hub" || parts[2] == "sources" {
		return ""
	}
	return parts[2]
}
