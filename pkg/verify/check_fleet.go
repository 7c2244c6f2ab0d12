package verify

import (
	"path"
	"slices"
	"strings"

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
		Run: func(t *Tree) diag.List { return append(t.absent(), t.undelivered()...) },
	}
}

// absent are the clusters of clusters.yaml that the tree does not have, and the other way round. A file that is not
// there or has faults says nothing; gen clusters tells them.
func (t *Tree) absent() diag.List {
	source, ok := t.files.content[layout.ClustersFile]
	if !ok {
		return nil
	}
	fleet, faults := config.Load(layout.ClustersFile, source)
	if fleet == nil || faults.HasErrors() {
		return nil
	}
	var problems diag.List
	known := map[string]bool{}
	for i, c := range fleet.Clusters {
		known[c.Environment+"/"+c.Name] = true
		for _, dir := range []string{"clusters/" + c.Environment + "/" + c.Name, layout.DeliveryDir(c.Environment, c.Name)} {
			if !t.files.hasDir(dir) {
				p := diag.Problem{File: layout.ClustersFile, Message: "the cluster " + c.Name + " is not in the tree: there is no folder " + dir, Hint: "run gen clusters; if a merge took it away, look at what else is missing"}
				p.Line, p.Column = t.files.clusterAt(i)
				problems = append(problems, p)
				break
			}
		}
	}
	for _, dir := range t.files.clusterDirs() {
		if name := strings.TrimPrefix(dir, "clusters/"); !known[name] {
			problems = append(problems, diag.Problem{
				File: t.files.firstIn(dir), Line: 1, Column: 1, Message: "the cluster " + path.Base(dir) + " is not in " + layout.ClustersFile,
				Hint: "run gen clusters; a cluster goes in two steps, state: retiring and then its removal",
			})
		}
	}
	return problems
}

// clusterAt is the place of a cluster in clusters.yaml.
func (f *files) clusterAt(i int) (line, column int) {
	for _, node := range f.nodes(layout.ClustersFile) {
		if list := items(node, "clusters"); i < len(list) {
			if name := child(list[i], "name"); name != nil {
				return name.Line, name.Column
			}
		}
	}
	return 1, 1
}

// clusterDirs are the folders clusters/<environment>/<cluster>. That of flux bootstrap is none of them: it holds Flux
// itself (Flux, flux bootstrap).
func (f *files) clusterDirs() []string {
	var dirs []string
	for _, name := range f.names {
		if parts := strings.Split(name, "/"); parts[0] == "clusters" && len(parts) > 4 && parts[2] != "flux-system" {
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
func (t *Tree) undelivered() diag.List {
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
	for _, dir := range t.files.clusterDirs() {
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
