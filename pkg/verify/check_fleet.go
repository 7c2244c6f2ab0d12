package verify

import (
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// fleetCheck holds the tree to clusters.yaml.
func fleetCheck() Check {
	return Check{
		Name: "fleet",
		Doc:  "Every cluster of clusters.yaml is in the tree and is delivered, and no other one is.",
		Why: "Flux removes what is no longer in the tree of its branch. A tree that lost a cluster in a merge, or has one " +
			"that nothing delivers, removes what is running, in AWS too.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			dirs := t.files.clusterDirs()
			if fleet := t.fleet(); fleet != nil {
				problems = t.absent(fleet)
				var unknown diag.List
				unknown, dirs = t.unknown(fleet, dirs)
				problems = append(problems, unknown...)
			}
			return append(problems, t.undelivered(dirs)...)
		},
	}
}

// absent are the clusters of clusters.yaml that the tree does not have.
func (t *Tree) absent(fleet *config.Fleet) diag.List {
	var problems diag.List
	folders := map[string]bool{}
	for _, name := range t.files.names {
		for dir := path.Dir(name); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	for _, c := range fleet.Clusters {
		for _, dir := range []string{"clusters/" + c.Environment + "/" + c.Name, layout.DeliveryDir(c.Environment, c.Name)} {
			if !folders[dir] {
				p := diag.Problem{File: layout.ClustersFile, Message: "the cluster " + c.Name + " is not in the tree: there is no folder " + dir, Hint: "run gen clusters; if a merge took it away, look at what else is missing"}
				p.Line, p.Column = t.files.clusterAt(c.Name)
				problems = append(problems, p)
				break
			}
		}
	}
	return problems
}

// unknown are the folders of clusters that clusters.yaml does not have; known are the others.
func (t *Tree) unknown(fleet *config.Fleet, dirs []string) (problems diag.List, known []string) {
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
			File: t.files.firstIn(dir), Line: 1, Column: 1, Message: "the cluster " + path.Base(dir) + " is not in " + layout.ClustersFile,
			Hint: "run gen clusters; a cluster goes in two steps, state: retiring and then its removal",
		})
	}
	return problems, known
}

// clusterDirs are the folders clusters/<environment>/<cluster> with a stage in them. That of flux bootstrap is none of
// them: it holds Flux itself (Flux, flux bootstrap).
func (f *files) clusterDirs() []string {
	var dirs []string
	for _, name := range f.names {
		if parts := strings.Split(name, "/"); parts[0] == "clusters" && len(parts) > 4 && slices.Contains(component.Stages(), component.Stage(parts[3])) {
			dirs = append(dirs, strings.Join(parts[:3], "/"))
		}
	}
	return slices.Compact(dirs)
}

// firstIn is the first file of a folder.
func (f *files) firstIn(dir string) string {
	for _, name := range f.names {
		if strings.HasPrefix(name, dir+"/") {
			return name
		}
	}
	return dir
}

// undelivered are clusters with objects for AWS that no Kustomization applies.
func (t *Tree) undelivered(dirs []string) diag.List {
	if t.broken[""] || len(t.Builds) == 0 {
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
			File: orElse(t.files.kustomization("flux/"+environment), "flux/"+environment), Line: 1, Column: 1,
			Message: "nothing delivers " + dir + ", so that Flux would remove the cluster",
			Hint:    "name " + cluster + "/delivery in the resources here, as gen clusters does",
		})
	}
	return problems
}
