package diff

import (
	"errors"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// load builds both trees, as far as a changed file can reach.
func load(from, to Source, crds *schema.Set) (before, after *manifest.Tree, err error) {
	p := &part{sides: [2]*side{{Source: from}, {Source: to}}, changed: changed(from, to), crds: crds, cache: render.NewCache()}
	chosen, err := p.choose()
	if err == nil && chosen {
		err = p.build()
	}
	// What is wrong is said as gen verify says it. A Flux in a cluster leads on to folders that the hub's does not know.
	if err == nil && (!chosen || p.problems() || p.leadsOn()) {
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
