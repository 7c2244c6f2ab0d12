package tree

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// FilesCheck looks at files by themselves: whether Flux can fetch them, and whether anything applies them.
func FilesCheck() check.Check {
	return check.Check{
		Name: "files",
		Doc:  "Everything below clusters, flux and patches is a regular file, and a kustomization.yaml names it.",
		Why: "Flux puts regular files into its artifact and silently leaves out symbolic links, so a folder of patches that " +
			"is a link is not applied. A file that no kustomization.yaml names is not applied either, " +
			"and patches are applied only once gen clusters has added their folder.",
		Run: func(t *manifest.Tree) diag.List { return slices.Concat(t.Files.Irregular, stray(t), strayPatches(t)) },
	}
}

// stray are manifests below clusters and flux that people wrote and nothing applies.
func stray(t *manifest.Tree) diag.List {
	var candidates []string
	for _, name := range t.Files.Names {
		root, _, _ := strings.Cut(name, "/")
		if (root == "clusters" || root == "flux") && manifest.IsManifest(name) && !generated(t.Files, name) && !whole(t, name) && !lost(t, name) && !ofBootstrap(t.Files, name) {
			candidates = append(candidates, name)
		}
	}
	if len(candidates) == 0 || len(t.Broken) > 0 {
		return nil // what follows reads every kustomization.yaml, and needs to know which folders are built
	}
	named := namedAnywhere(t.Files)
	var problems diag.List
	for _, name := range candidates {
		if manifest.IsKustomization(path.Base(name)) && (named[path.Dir(name)] || builds(t, path.Dir(name))) || named[name] {
			continue
		}
		problems = append(problems, diag.Problem{
			File: name, Severity: diag.Note, Message: "nothing applies this file: no kustomization.yaml names it",
			Hint: "name it in a Component in patches/<environment>/<cluster>/<stage>, or delete it",
		})
	}
	return problems
}

// generated reports whether gen wrote a file, or reads it.
func generated(f *manifest.Files, name string) bool {
	return name == layout.ClustersFile || name == layout.SchemaFile || bytes.HasPrefix(f.Content[name], []byte(layout.Marker))
}

// ofBootstrap reports whether a file is below a folder that flux bootstrap applies, with a folder flux-system in it (Flux, flux
// bootstrap).
func ofBootstrap(f *manifest.Files, name string) bool {
	for dir := path.Dir(name); strings.Contains(dir, "/"); dir = path.Dir(dir) {
		if path.Base(dir) == "flux-system" || f.HasDir(dir+"/flux-system") {
			return true
		}
	}
	return false
}

// whole reports whether a file is in a folder that Flux takes as a whole, because it has no kustomization.yaml.
func whole(t *manifest.Tree, name string) bool {
	return slices.ContainsFunc(t.Builds, func(b *manifest.Build) bool {
		return strings.HasPrefix(name, b.Dir+"/") && t.Files.Kustomization(b.Dir) == ""
	})
}

// lost reports whether a file belongs to a cluster that is not delivered, of which the check fleet says so.
func lost(t *manifest.Tree, name string) bool {
	environment, cluster, ok := layout.ClusterOf(name)
	return ok && !t.Clusters[cluster] && slices.Contains(clusterDirs(t.Files), "clusters/"+environment+"/"+cluster)
}

// builds reports whether a folder is one that a person or a Kustomization applies.
func builds(t *manifest.Tree, dir string) bool {
	return slices.Contains(t.Files.Roots(), dir) || slices.ContainsFunc(t.Builds, func(b *manifest.Build) bool { return b.Dir == dir })
}

// namedAnywhere are the files and folders that any kustomization.yaml names, in whichever field: those of generators, of
// replacements and of fields to come count, too.
func namedAnywhere(f *manifest.Files) map[string]bool {
	named := map[string]bool{}
	for _, name := range f.Names {
		if !manifest.IsKustomization(path.Base(name)) {
			continue
		}
		for _, node := range f.Nodes(name) {
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
