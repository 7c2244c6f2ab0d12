package verify

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// filesCheck looks at files by themselves: whether Flux can fetch them, and whether anything applies them.
func filesCheck() Check {
	return Check{
		Name: "files",
		Doc:  "Whatever stands below clusters, flux and patches is a regular file, and a kustomization.yaml names it.",
		Why: "Flux puts regular files into its artifact and leaves out symbolic links without a word, so a folder of patches that " +
			"is a link is not applied. A file below clusters or flux that no kustomization.yaml names is not applied either, " +
			"however much it looks like it.",
		Run: func(t *Tree) diag.List { return slices.Concat(t.files.irregular, t.stray()) },
	}
}

// stray are manifests below clusters and flux that people wrote and nothing applies.
func (t *Tree) stray() diag.List {
	var candidates []string
	for _, name := range t.files.names {
		root, _, _ := strings.Cut(name, "/")
		if (root == "clusters" || root == "flux") && isManifest(name) && !t.files.generated(name) && !t.whole(name) && !t.lost(name) && !t.files.ofBootstrap(name) {
			candidates = append(candidates, name)
		}
	}
	if len(candidates) == 0 || len(t.broken) > 0 {
		return nil // what follows reads every kustomization.yaml, and needs to know which folders are built
	}
	named := t.files.namedAnywhere()
	var problems diag.List
	for _, name := range candidates {
		if isKustomization(path.Base(name)) && (named[path.Dir(name)] || t.builds(path.Dir(name))) || named[name] {
			continue
		}
		problems = append(problems, diag.Problem{
			File: name, Severity: diag.Note, Message: "nothing applies this file: no kustomization.yaml names it",
			Hint: "name it in a Component in patches/<environment>/<cluster>/<stage>, or delete it",
		})
	}
	return problems
}

// generated tells whether gen wrote a file, or reads it.
func (f *files) generated(name string) bool {
	return name == layout.ClustersFile || name == layout.SchemaFile || bytes.HasPrefix(f.content[name], []byte(layout.Marker))
}

// ofBootstrap tells whether a file is below a folder that flux bootstrap applies, with a folder flux-system in it (Flux, flux
// bootstrap).
func (f *files) ofBootstrap(name string) bool {
	for dir := path.Dir(name); strings.Contains(dir, "/"); dir = path.Dir(dir) {
		if path.Base(dir) == "flux-system" || f.hasDir(dir+"/flux-system") {
			return true
		}
	}
	return false
}

// whole tells whether a file is in a folder that Flux takes as a whole, because it has no kustomization.yaml.
func (t *Tree) whole(name string) bool {
	return slices.ContainsFunc(t.Builds, func(b *Build) bool {
		return strings.HasPrefix(name, b.Dir+"/") && t.files.kustomization(b.Dir) == ""
	})
}

// lost tells whether a file belongs to a cluster that is not delivered, of which the check fleet says so.
func (t *Tree) lost(name string) bool {
	environment, cluster, ok := layout.ClusterOf(name)
	return ok && !t.clusters[cluster] && slices.Contains(t.files.clusterDirs(), "clusters/"+environment+"/"+cluster)
}

// builds tells whether a folder is one that a person or a Kustomization applies.
func (t *Tree) builds(dir string) bool {
	return slices.Contains(t.files.roots(), dir) || slices.ContainsFunc(t.Builds, func(b *Build) bool { return b.Dir == dir })
}

// namedAnywhere are the files and folders that any kustomization.yaml names, in whichever field: those of generators, of
// replacements and of fields to come count, too.
func (f *files) namedAnywhere() map[string]bool {
	named := map[string]bool{}
	for _, name := range f.names {
		if !isKustomization(path.Base(name)) {
			continue
		}
		for _, node := range f.nodes(name) {
			mark(node, path.Dir(name), named)
		}
	}
	return named
}

// mark takes every text below a node for the name of a file; generators write KEY=FILE.
func mark(node *yaml.Node, dir string, named map[string]bool) {
	if node.Kind == yaml.ScalarNode {
		_, file, ok := strings.Cut(node.Value, "=")
		if !ok {
			file = node.Value
		}
		named[path.Join(dir, file)] = true
	}
	for _, child := range node.Content {
		mark(child, dir, named)
	}
}
