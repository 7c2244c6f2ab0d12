package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

// Files are the files that Flux fetches: those below clusters, flux and patches.
type Files struct {
	Content map[string][]byte
	Names   []string
	// parsed has the nodes of a file once they were asked for.
	parsed map[string][]*yaml.Node
	lock   sync.Mutex
	// Irregular are the links and the like that are not read.
	Irregular diag.List
	// fleet is what clusters.yaml says, and its faults; it is read once.
	fleet func() (*config.Fleet, diag.List)
}

func newFiles() *Files {
	f := &Files{Content: map[string][]byte{}, parsed: map[string][]*yaml.Node{}}
	f.fleet = sync.OnceValues(f.readFleet)
	return f
}

// readFiles reads everything below the three folders; those that are not there hold nothing.
func readFiles(repository fs.FS) (*Files, error) {
	read := newFiles()
	for _, root := range []string{"clusters", "flux", "patches"} {
		if info, err := fs.Lstat(repository, root); err == nil && info.Mode().Type() == fs.ModeSymlink {
			read.leaveOut(repository, root, info.Mode())
			continue
		}
		err := fs.WalkDir(repository, root, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == root:
				return nil
			case err != nil || entry.IsDir():
				return err
			case !entry.Type().IsRegular():
				read.leaveOut(repository, name, entry.Type())
				return nil
			}
			content, err := fs.ReadFile(repository, name)
			if err != nil {
				return fmt.Errorf("read a file: %w", err)
			}
			read.Content[name], read.Names = content, append(read.Names, name)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the tree: %w", err)
		}
	}
	slices.Sort(read.Names)
	return read, nil
}

// leaveOut takes note of what is no regular file. It is an error where gen clusters says so too, a warning where it may be
// meant for Flux, and nothing to talk of else.
func (f *Files) leaveOut(repository fs.FS, name string, mode fs.FileMode) {
	problem := (&readfile.Irregular{Name: name, Mode: mode}).Problem()
	_, folder := readfile.FolderLink(repository, name)
	depth := strings.Count(name, "/")
	switch {
	case name == layout.ClustersFile, folder && depth == 0, folder && depth <= 3 && strings.HasPrefix(name, "patches/"):
	case folder, IsManifest(name):
		problem.Severity = diag.Warning
	default:
		return
	}
	f.Irregular = append(f.Irregular, problem)
}

// IsManifest reports whether a file may hold objects, by its name.
func IsManifest(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) || IsKustomization(path.Base(name))
}

// Nodes are the YAML documents of a file, each with its positions. What comes after a syntax error is left out:
// the build says what is wrong there.
func (f *Files) Nodes(name string) []*yaml.Node {
	f.lock.Lock()
	defer f.lock.Unlock()
	if nodes, ok := f.parsed[name]; ok {
		return nodes
	}
	nodes := Parse(f.Content[name])
	f.parsed[name] = nodes
	return nodes
}

// Parse reads the documents of a YAML file up to the first syntax error.
func Parse(content []byte) []*yaml.Node {
	loader, err := yaml.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	var nodes []*yaml.Node
	for {
		node := &yaml.Node{}
		if err := loader.Load(node); errors.Is(err, io.EOF) || err != nil {
			return nodes
		}
		if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
			node = node.Content[0]
		}
		nodes = append(nodes, node)
	}
}

// IsKustomization reports whether kustomize uses a file as that of the folder (kustomize, kustomization file).
func IsKustomization(base string) bool {
	return base == "kustomization.yaml" || base == "kustomization.yml" || base == "Kustomization"
}

// Kustomization is the file of a folder that kustomize reads, or empty.
func (f *Files) Kustomization(dir string) string {
	for _, base := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
		if _, ok := f.Content[path.Join(dir, base)]; ok {
			return path.Join(dir, base)
		}
	}
	return ""
}

// HasDir reports whether there is a folder with files.
func (f *Files) HasDir(dir string) bool {
	i, _ := slices.BinarySearch(f.Names, dir+"/")
	return i < len(f.Names) && strings.HasPrefix(f.Names[i], dir+"/")
}

// dirs are the folders that have a file in them or below them, sorted.
func (f *Files) dirs() []string {
	known := map[string]bool{}
	for _, name := range f.Names {
		for dir := path.Dir(name); dir != "." && !known[dir]; dir = path.Dir(dir) {
			known[dir] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// Child is the value of a key of a mapping, or nil.
func Child(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}

// Scalar is the text of a scalar below a node, or empty.
func Scalar(node *yaml.Node, path ...string) string {
	for _, key := range path {
		node = Child(node, key)
	}
	if node == nil || node.Kind != yaml.ScalarNode {
		return ""
	}
	return node.Value
}

// items are the elements of a list below a node.
func items(node *yaml.Node, key string) []*yaml.Node {
	list := Child(node, key)
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	return list.Content
}

// Reparsed are the names of files that were read again for the place of something in them.
func (f *Files) Reparsed() []string {
	f.lock.Lock()
	defer f.lock.Unlock()
	return slices.Collect(maps.Keys(f.parsed))
}
