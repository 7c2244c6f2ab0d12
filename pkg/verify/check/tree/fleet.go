package tree

import (
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// FleetCheck holds the tree to clusters.yaml.
func FleetCheck() check.Check {
	return check.Check{
		Name: "fleet",
		Doc:  "Every cluster of clusters.yaml is in the tree and is delivered, and no other cluster is.",
		Why: "Flux prunes what is no longer in the tree of its branch. A tree that lost a cluster in a merge, or has one " +
			"that nothing delivers, removes running clusters, in AWS too.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			dirs := clusterDirs(t.Files)
			if fleet := t.Fleet(); fleet != nil {
				problems = absent(t, fleet)
				var unknown diag.List
				unknown, dirs = unknownClusters(t, fleet, dirs)
				problems = append(problems, unknown...)
			}
			return append(problems, undelivered(t, dirs)...)
		},
	}
}

// absent are the clusters of clusters.yaml that the tree does not have.
func absent(t *manifest.Tree, fleet *config.Fleet) diag.List {
	var problems diag.List
	folders := map[string]bool{}
	for _, name := range t.Files.Names {
		for dir := path.Dir(name); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	for _, c := range fleet.Clusters {
		for _, dir := range []string{"clusters/" + c.Environment + "/" + c.Name, layout.DeliveryDir(c.Environment, c.Name)} {
			if !folders[dir] {
				p := diag.Problem{File: layout.ClustersFile, Message: "the cluster " + c.Name + " is not in the tree: there is no folder " + dir, Hint: "run gen clusters; if a merge took it away, look at what else is missing"}
				p.Line, p.Column = t.Files.ClusterAt(c.Name)
				problems = append(problems, p)
				break
			}
		}
	}
	return problems
}

// unknownClusters are the folders of clusters that clusters.yaml does not have; known are the others.
func unknownClusters(t *manifest.Tree, fleet *config.Fleet, dirs []string) (problems diag.List, known []string) {
	named := map[string]bool{}
	for _, c := range fleet.Clusters {
		named["clusters/"+c.Environment+"/"+c.Name] = true
	}
	for _, dir := range dirs {
		if named[dir] {
			known = append(known, dir)
			continue
		}
		problems = append(problems, diag.Problem{
			File: firstIn(t.Files, dir), Line: 1, Column: 1, Message: "the cluster " + path.Base(dir) + " is not in " + layout.ClustersFile,
			Hint: "run gen clusters; a cluster goes in two steps, state: retiring and then its removal",
		})
	}
	return problems, known
}

// clusterDirs are the folders clusters/<environment>/<cluster> with a stage in them. That of flux bootstrap is none of
// them: it holds Flux itself (Flux, flux bootstrap).
func clusterDirs(f *manifest.Files) []string {
	var dirs []string
	for _, name := range f.Names {
		if parts := strings.Split(name, "/"); parts[0] == "clusters" && len(parts) > 4 && slices.Contains(component.Stages(), component.Stage(parts[3])) {
			dirs = append(dirs, strings.Join(parts[:3], "/"))
		}
	}
	return slices.Compact(dirs)
}

// firstIn is the first file of a folder.
func firstIn(f *manifest.Files, dir string) string {
	for _, name := range f.Names {
		if strings.HasPrefix(name, dir+"/") {
			return name
		}
	}
	return dir
}

// undelivered are clusters with objects for AWS that no Kustomization applies.
func undelivered(t *manifest.Tree, dirs []string) diag.List {
	if t.Broken[""] || len(t.Builds) == 0 {
		return nil
	}
	delivered := map[string]bool{}
	for _, b := range t.Builds {
		if parts := strings.Split(b.Dir, "/"); len(parts) > 2 {
			delivered[strings.Join(parts[:3], "/")] = true
		}
	}
	var problems diag.List
	for _, dir := range dirs {
		if delivered[dir] {
			continue
		}
		environment, cluster := path.Base(path.Dir(dir)), path.Base(dir)
		problems = append(problems, diag.Problem{
			File: manifest.OrElse(t.Files.Kustomization("flux/"+environment), "flux/"+environment), Line: 1, Column: 1,
			Message: "nothing delivers " + dir + ", so that Flux would remove the cluster",
			Hint:    "name " + cluster + "/delivery in the resources here, as gen clusters does",
		})
	}
	return problems
}
