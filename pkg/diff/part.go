package diff

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// part builds of two trees what can differ: all Kustomizations of Flux first, and then those of the folders which they lead to for
// which a changed file counts.
type part struct {
	sides   [2]*side
	changed map[string]bool
	crds    *schema.Set
	cache   *render.Cache
}

// side is one of the two trees.
type side struct {
	Source
	*reach
	// dirs are the folders that are built, and tree is what came of them.
	dirs map[string]bool
	tree *manifest.Tree
}

// load builds both trees, as far as a changed file can reach.
func load(from, to Source, crds *schema.Set) (before, after *manifest.Tree, err error) {
	p := &part{sides: [2]*side{{Source: from}, {Source: to}}, changed: changed(from, to), crds: crds, cache: render.NewCache()}
	chosen, err := p.choose()
	if err == nil && chosen {
		err = p.build()
	}
	// What is wrong is said as gen verify says it.
	if err == nil && (!chosen || p.problems()) {
		err = p.buildWhole()
	}
	return p.sides[0].tree, p.sides[1].tree, err
}

// choose finds out which folders have to be built. It says no where all have to be: what the hub applies by itself is changed, a
// file is of a form that nobody can read, or a changed file counts for no folder that is known.
func (p *part) choose() (bool, error) {
	if err := p.read(); errors.Is(err, errUnclear) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	for _, s := range p.sides {
		if s.any("flux/hub", p.changed) {
			return false, nil
		}
	}
	for _, s := range p.sides {
		if err := p.follow(s); err != nil {
			return false, err
		}
	}
	if p.problems() {
		return false, nil
	}
	return p.add(), nil
}

// read reads both trees: the second is more often one on a disk.
func (p *part) read() (err error) {
	from, to := p.sides[0], p.sides[1]
	if to.reach, err = newReach(to.Source, nil); err != nil {
		return err
	}
	from.reach, err = newReach(from.Source, to.reach)
	return err
}

// follow builds the folders in which there may be Kustomizations, from the roots on.
func (p *part) follow(s *side) error {
	s.dirs = map[string]bool{}
	more := s.roots()
	for len(more) > 0 {
		for _, dir := range more {
			s.dirs[dir] = true
		}
		if err := p.buildSide(s); err != nil {
			return err
		}
		more = nil
		for _, k := range s.kustomizations() {
			if dir := k.Path(); !s.dirs[dir] && s.any(dir, s.delivering) {
				more = append(more, dir)
			}
		}
	}
	return nil
}

// kustomizations are those that the hub's Flux acts on, of the folders that are built.
func (s *side) kustomizations() []*manifest.Object {
	var all []*manifest.Object
	for _, b := range s.tree.Builds {
		for _, o := range b.Objects {
			if o.IsFlux() && b.Owner.Local() {
				all = append(all, o)
			}
		}
	}
	return all
}

// build builds the folders that were chosen.
func (p *part) build() error {
	for _, s := range p.sides {
		if err := p.buildSide(s); err != nil {
			return err
		}
	}
	return nil
}

func (p *part) buildSide(s *side) (err error) {
	names := map[string]bool{}
	for dir := range s.dirs {
		maps.Copy(names, s.files(dir))
	}
	content, err := s.Read(slices.Collect(maps.Keys(names)))
	if err != nil {
		return fmt.Errorf("read %s: %w", s.Name, err)
	}
	s.tree, err = manifest.LoadPart(content, p.crds, func(dir string) bool { return s.dirs[dir] }, p.cache)
	return err
}

// buildWhole builds all of both trees.
func (p *part) buildWhole() error {
	for _, s := range p.sides {
		content, err := s.Read(slices.Collect(maps.Keys(s.Sums)))
		if err != nil {
			return fmt.Errorf("read %s: %w", s.Name, err)
		}
		if s.tree, err = manifest.LoadPart(content, p.crds, nil, p.cache); err != nil {
			return err
		}
	}
	return nil
}

func (p *part) problems() bool {
	return len(p.sides[0].tree.Problems())+len(p.sides[1].tree.Problems()) > 0
}

// holdsVariables reports whether a file has objects that Flux takes variables from, or puts variables into.
func holdsVariables(content []byte) bool {
	for _, kind := range []string{"ConfigMap", "Secret", "FieldExport"} {
		if bytes.Contains(content, []byte(kind)) {
			return true
		}
	}
	return bytes.Count(content, []byte("${")) > bytes.Count(content, []byte("${aws:")) // which are IAM's own
}

// isApplied reports whether a file can be part of what Flux applies, and not by what names it alone.
func isApplied(name string) bool { return name != layout.ClustersFile && name != layout.SchemaFile }
