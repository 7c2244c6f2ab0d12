package tree

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/output"
	"eks-auto-gitops/pkg/verify/check"
)

// many is how many files are named one by one: more than that differ when clusters.yaml was changed without gen clusters, or
// when another version of gen wrote the tree, and then one sentence says it.
const many = 10

// GeneratedCheck holds generated files to what gen makes of clusters.yaml.
func GeneratedCheck() check.Check {
	return check.Check{
		Name: "generated",
		Doc:  "clusters.yaml is valid, and each generated file exists and is what this gen generates from it.",
		Why: "Flux applies what is in the file, so a manual edit works until the next gen clusters silently reverts it. " +
			"Flux deletes the objects of a file that is missing, or that a merge took from the wrong side. Your own changes belong in patches/.",
		Run: func(t *manifest.Tree) diag.List {
			fleet := t.Fleet()
			if fleet == nil {
				return t.Faults()
			}
			if len(t.Files.Roots()) == 0 {
				return nil
			}
			if unknown, _ := unknownClusters(t, fleet, clusterDirs(t.Files)); len(unknown)+len(absent(t, fleet)) > 0 {
				return nil // the check fleet says to run gen clusters
			}
			var problems diag.List
			made := map[string]bool{}
			err := generate.Each(fleet, generate.Options{Patches: patchesOf(t.Files)}, func(part *layout.Tree) error {
				for _, name := range part.Paths() {
					made[name] = true
				}
				problems = append(problems, unlike(t, part)...)
				return nil
			})
			if err != nil {
				return nil // a fault of gen, which gen clusters tells
			}
			slices.SortStableFunc(problems, func(a, b diag.Problem) int { return strings.Compare(a.File, b.File) })
			return few(slices.Concat(problems, leftOver(t.Files, made)))
		},
	}
}

// patchesOf are the folders that gen clusters would find and wire in.
func patchesOf(f *manifest.Files) generate.Patches {
	patches := generate.Patches{}
	for _, name := range f.Names {
		parts := strings.Split(name, "/")
		switch {
		case parts[0] != "patches" || len(parts) < 4:
		case parts[2] == string(component.Sources):
			patches[strings.Join(parts[:3], "/")] = true
		case len(parts) > 4:
			patches[strings.Join(parts[:4], "/")] = true
		}
	}
	return patches
}

// few are the findings, or one in their place where there are many.
func few(problems diag.List) diag.List {
	if len(problems) <= many {
		return problems
	}
	var names []string
	severity := diag.Warning
	for _, p := range problems {
		names = append(names, p.File)
		severity = min(severity, p.Severity)
	}
	slices.Sort(names)
	return diag.List{{
		File: layout.ClustersFile, Line: 1, Column: 1, Severity: severity,
		Message: fmt.Sprintf("%d generated files are not what this gen makes of this file, such as %s", len(names), strings.Join(names[:3], ", ")),
		Hint:    "run gen clusters; gen clusters --check prints what differs",
	}}
}

// unlike are the files that are not there, or not as gen makes them.
func unlike(t *manifest.Tree, made *layout.Tree) diag.List {
	var problems diag.List
	for _, name := range made.Paths() {
		want, _ := made.Get(name)
		content, there := t.Files.Content[name]
		if there && bytes.Equal(content, want) {
			continue
		}
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")) // as Git may check them out
		switch {
		case there && bytes.Equal(content, want), toldByBuild(t, name), unwiredStage(t, name), name == layout.SchemaFile:
			// the schema is for editors: Flux applies nothing of it
		case !there:
			problems = append(problems, diag.Problem{File: name, Message: "is missing: gen makes this file of " + layout.ClustersFile, Hint: "run gen clusters"})
		case !output.Owned(content):
			problems = append(problems, diag.Problem{
				File: name, Severity: diag.Warning, Message: "gen would write this file, but its first line does not say that gen wrote it",
				Hint: "move or delete it, then run gen clusters; what you want to add belongs in patches/",
			})
		default:
			problems = append(problems, changed(name, string(content), string(want)))
		}
	}
	return problems
}

// changed is about a file that differs, at the first line that does.
func changed(name, content, want string) diag.Problem {
	is, should := strings.Split(content, "\n"), strings.Split(want, "\n")
	i := 0
	for i < len(is)-1 && i < len(should)-1 && is[i] == should[i] {
		i++
	}
	p := diag.Problem{File: name, Line: i + 1, Column: 1, Severity: diag.Warning, Hint: "run gen clusters, which writes the file again"}
	p.Message = fmt.Sprintf("gen writes %q here: the file was changed by hand, or gen clusters was not run after %s changed", strings.TrimSpace(should[i]), path.Base(layout.ClustersFile))
	if should[i] == "" {
		p.Message = fmt.Sprintf("gen writes no such line: the file was changed by hand, or gen clusters was not run after %s changed", path.Base(layout.ClustersFile))
	}
	if environment, cluster, ok := layout.ClusterOf(name); ok && slices.Contains(component.Stages(), component.Stage(path.Base(path.Dir(name)))) {
		p.Hint += "; a change of your own belongs in " + layout.PatchDir(environment, cluster, component.Stage(path.Base(path.Dir(name))))
	}
	return p
}

// leftOver are files that gen has made, and makes no more.
func leftOver(f *manifest.Files, made map[string]bool) diag.List {
	var problems diag.List
	for _, name := range f.Names {
		root, _, _ := strings.Cut(name, "/")
		if made[name] || root == "patches" || !output.Owned(f.Content[name]) {
			continue
		}
		problems = append(problems, diag.Problem{
			File: name, Line: 1, Column: 1, Severity: diag.Warning, Message: "gen makes this file no more",
			Hint: "run gen clusters, which deletes it; what you want to keep belongs in patches/",
		})
	}
	return problems
}

// toldByBuild reports whether the build says already that a file is missing or broken.
func toldByBuild(t *manifest.Tree, name string) bool {
	return slices.ContainsFunc(t.Problems(), func(p diag.Problem) bool { return p.File == name || p.Message == manifest.NoSuchFile(name) })
}

// unwiredStage reports whether a file is the kustomization.yaml of a stage whose patches are not wired in, which is told by itself.
func unwiredStage(t *manifest.Tree, name string) bool {
	if path.Base(name) != "kustomization.yaml" {
		return false
	}
	return slices.ContainsFunc(unwired(t), func(p unwiredPatch) bool { return p.stage == path.Dir(name) })
}
