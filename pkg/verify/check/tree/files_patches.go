package tree

import (
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/output"
)

// strayPatches are patches of people that nothing applies: those of a cluster or a stage that there is not, folders that gen
// clusters has not wired in yet, and files that the kustomization.yaml beside them does not name.
func strayPatches(t *manifest.Tree) diag.List {
	fleet := t.Fleet()
	if fleet == nil || t.Repository == nil || !t.Files.HasDir("patches") {
		return nil
	}
	patches, problems, err := generate.FindPatches(t.Repository, fleet)
	if err != nil {
		return nil // the tree was read a moment ago
	}
	named := namedAnywhere(t.Files)
	problems = slices.DeleteFunc(problems, func(p diag.Problem) bool {
		return p.Severity == diag.Error || named[p.File] || manifest.IsKustomization(path.Base(p.File)) && named[path.Dir(p.File)] // the build says what is an error of gen clusters
	})
	for _, p := range unwired(t) {
		if !patches[p.dir] {
			continue
		}
		problems = append(problems, diag.Problem{
			File: t.Files.Kustomization(p.dir), Line: 1, Column: 1, Severity: diag.Warning,
			Message: "nothing applies these patches: " + p.stage + "/kustomization.yaml does not name the folder",
			Hint:    "run gen clusters, which wires them in",
		})
		delete(patches, p.dir)
	}
	if len(t.Broken) > 0 {
		return problems // a name that is wrong is told by the build
	}
	return append(problems, unnamed(t.Files, patches, named)...)
}

// unnamed are manifests in folders of patches that no kustomization.yaml names.
func unnamed(f *manifest.Files, patches generate.Patches, named map[string]bool) diag.List {
	var problems diag.List
	for _, dir := range slices.Sorted(maps.Keys(patches)) {
		if !patches[dir] || f.Kustomization(dir) == "" {
			continue
		}
		for _, name := range f.Names {
			if !strings.HasPrefix(name, dir+"/") || !manifest.IsManifest(name) || name == f.Kustomization(dir) || named[name] ||
				manifest.IsKustomization(path.Base(name)) && named[path.Dir(name)] {
				continue
			}
			problems = append(problems, diag.Problem{
				File: name, Severity: diag.Warning, Message: "nothing applies this file: no kustomization.yaml names it",
				Hint: "name it in " + f.Kustomization(dir) + ", under patches or resources, or delete it",
			})
		}
	}
	return problems
}

// An unwiredPatch is a folder of patches that the stage does not name.
type unwiredPatch struct{ dir, stage string }

// unwired are the folders of patches that gen clusters would wire into the stage, and has not yet.
func unwired(t *manifest.Tree) []unwiredPatch {
	var found []unwiredPatch
	f := t.Files
	for _, dir := range slices.Sorted(maps.Keys(patchesOf(f))) {
		parts := strings.Split(dir, "/")
		stage := "flux/" + strings.Join(parts[1:], "/")
		if component.Stage(parts[len(parts)-1]).OnAWS() {
			stage = "clusters/" + strings.Join(parts[1:], "/")
		}
		if own := path.Dir(stage) + "/sync/" + path.Base(stage); len(parts) == 4 && f.HasDir(own) {
			stage = own // what the cluster's own Flux applies
		}
		file := f.Kustomization(stage)
		if file == "" || f.Kustomization(dir) == "" || !output.Owned(f.Content[file]) || toldByBuild(t, file) {
			continue
		}
		named := map[string]bool{}
		for _, node := range f.Nodes(file) {
			mark(node, stage, named)
		}
		if !named[dir] {
			found = append(found, unwiredPatch{dir, stage})
		}
	}
	return found
}
