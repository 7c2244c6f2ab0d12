package diff

import (
	"path"
	"reflect"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// selection is what becomes of the folders that Kustomizations lead to.
type selection struct {
	// touched are those that a changed file counts for.
	touched map[string]bool
	// whole are the namespaces of clusters of which everything is built.
	whole map[string]bool
	// explained are the changed files that count for some folder.
	explained map[string]bool
}

// add adds the folders that have to be built to those that are built already. It says no if a changed file counts for none.
func (p *part) add() bool {
	s := selection{touched: map[string]bool{}, whole: p.redelivered(), explained: map[string]bool{}}
	for _, side := range p.sides {
		for dir := range side.dirs {
			s.look(p, side, dir, "")
		}
		for _, k := range side.kustomizations() {
			s.look(p, side, k.Path(), k.Namespace())
		}
	}
	for _, side := range p.sides {
		for _, k := range side.kustomizations() {
			if s.touched[k.Path()] || s.whole[k.Namespace()] {
				side.dirs[k.Path()] = true
			}
		}
	}
	for name := range p.changed {
		if !s.explained[name] && isApplied(name) && !strings.HasPrefix(name, "flux/base/") {
			return false
		}
	}
	return true
}

// look finds out what the changed files mean for a folder. Everything of a cluster is built where a variable may change, and where
// AWS permissions do: whether pods run that a new association is for, the releases say (pkg/diff/danger/restart.go).
func (s *selection) look(p *part, on *side, dir, namespace string) {
	for name := range on.files(dir) {
		if !p.changed[name] {
			continue
		}
		s.touched[dir], s.explained[name] = true, true
		if namespace != "" && (on.variable[name] || path.Base(dir) == string(component.Access)) {
			s.whole[namespace] = true
		}
	}
}

// redelivered are the namespaces of which an object that the hub's Flux has before any cluster is not the same on both sides.
func (p *part) redelivered() map[string]bool {
	objects := [2]map[string]*manifest.Object{}
	for i, side := range p.sides {
		objects[i] = map[string]*manifest.Object{}
		for _, b := range side.tree.Builds {
			for _, o := range b.Objects {
				objects[i][o.Kind().String()+" "+o.Namespace()+"/"+o.Name()] = o
			}
		}
	}
	namespaces := map[string]bool{}
	for i, side := range objects {
		for name, o := range side {
			other := objects[1-i][name]
			if other == nil || !reflect.DeepEqual(o.Content, other.Content) {
				namespaces[o.Namespace()], namespaces[o.Name()] = true, true // a Namespace is in none
			}
		}
	}
	return namespaces
}

// isApplied reports whether a file can be part of what Flux applies, and not by what names it alone.
func isApplied(name string) bool { return name != layout.ClustersFile && name != layout.SchemaFile }
