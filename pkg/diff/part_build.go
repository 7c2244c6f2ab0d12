package diff

import (
	"fmt"
	"maps"
	"slices"

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

// leadsOn reports whether what was built brings a Flux into a cluster.
func (p *part) leadsOn() bool {
	return slices.ContainsFunc(p.sides[:], func(s *side) bool { return s.tree.HasFluxInside() })
}
