package verify

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

// files are the files that Flux fetches: those below clusters, flux and patches.
type files struct {
	content map[string][]byte
	names   []string
	// parsed has the nodes of a file once they were asked for.
	parsed map[string][]*yaml.Node
	lock   sync.Mutex
	// irregular are the links and the like that are not read.
	irregular diag.List
}

func newFiles() *files {
	return &files{content: map[string][]byte{}, parsed: map[string][]*yaml.Node{}}
}

// readFiles reads everything below the three folders; those that are not there hold nothing.
func readFiles(repository fs.FS) (*files, error) {
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
			read.content[name], read.names = content, append(read.names, name)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the tree: %w", err)
		}
	}
	slices.Sort(read.names)
	return read, nil
}

// leaveOut takes note of what is no regular file. It is an error where gen clusters says so too, a warning where it may be
// meant for Flux, and nothing to talk of else.
func (f *files) leaveOut(repository fs.FS, name string, mode fs.FileMode) {
	problem := (&readfile.Irregular{Name: name, Mode: mode}).Problem()
	_, folder := readfile.FolderLink(repository, name)
	depth := strings.Count(name, "/")
	switch {
	case name == layout.ClustersFile, folder && depth == 0, folder && depth <= 3 && strings.HasPrefix(name, "patches/"):
	case folder, isManifest(name):
		problem.Severity = diag.Warning
	default:
		return
	}
	f.irregular = append(f.irregular, problem)
}

// isManifest tells whether a file may hold objects, by its name.
func isManifest(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) || isKustomization(path.Base(name))
}

// nodes are the YAML documents of a file, each with its positions. What comes after a syntax error is left out:
// the build says what is wrong there.
func (f *files) nodes(name string) []*yaml.Node {
	f.lock.Lock()
	defer f.lock.Unlock()
	if nodes, ok := f.parsed[name]; ok {
		return nodes
	}
	nodes := parse(f.content[name])
	f.parsed[name] = nodes
	return nodes
}

func parse(content []byte) []*yaml.Node {
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

// isKustomization tells whether kustomize takes a file for that of the folder (kustomize, kustomization file).
func isKustomization(base string) bool {
	return base == "kustomization.yaml" || base == "kustomization.yml" || base == "Kustomization"
}

// kustomization is the file of a folder that kustomize reads, or empty.
func (f *files) kustomization(dir string) string {
	for _, base := range []string{"kustomization.yaml", "kustomization.yml", "Kustomization"} {
		if _, ok := f.content[path.Join(dir, base)]; ok {
			return path.Join(dir, base)
		}
	}
	return ""
}

// hasDir tells whether there is a folder with files.
func (f *files) hasDir(dir string) bool {
	i, _ := slices.BinarySearch(f.names, dir+"/")
	return i < len(f.names) && strings.HasPrefix(f.names[i], dir+"/")
}

// child is the value of a key of a mapping, or nil.
func child(node *yaml.Node, key string) *yaml.Node {
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

// scalar is the text of a scalar below a node, or empty.
func scalar(node *yaml.Node, path ...string) string {
	for _, key := range path {
		node = child(node, key)
	}
	if node == nil || node.Kind != yaml.ScalarNode {
		return ""
	}
	return node.Value
}

// items are the elements of a list below a node.
func items(node *yaml.Node, key string) []*yaml.Node {
	list := child(node, key)
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	return list.Content
}
