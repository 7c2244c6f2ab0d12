package diff

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// side is one of the two trees.
type side struct {
	Source
	reach *reach
}

// load builds those folders of both trees that a changed file can reach. Where that cannot be said, because a file is
// of a form that gen does not write or is reached by nothing, it builds everything.
func load(from, to Source, crds *schema.Set) (before, after *verify.Tree, err error) {
	names := changed(from, to)
	sides := [2]side{{Source: from}, {Source: to}}
	for i := range sides {
		if sides[i].reach, err = newReach(sides[i].Source, names); err != nil {
			return nil, nil, err
		}
	}
	whole := !explained(sides, names)
	var trees [2]*verify.Tree
	for i := range sides {
		if trees[i], err = sides[i].build(sides, crds, whole); err != nil {
			return nil, nil, err
		}
	}
	if !whole && len(trees[0].Problems())+len(trees[1].Problems()) > 0 {
		for i := range sides { // what is wrong is to be told as gen verify tells it
			if trees[i], err = sides[i].build(sides, crds, true); err != nil {
				return nil, nil, err
			}
		}
	}
	return trees[0], trees[1], nil
}

// explained tells whether every changed file is in some folder that is known to be delivered, on one of the sides.
func explained(sides [2]side, names map[string]bool) bool {
	reached := map[string]bool{}
	for _, s := range sides {
		maps.Copy(reached, s.reach.files("flux/hub"))
		for _, environment := range s.reach.environments() {
			units, ok := s.reach.units(environment)
			if !ok {
				return false
			}
			reached[environment+"/kustomization.yaml"] = true
			for _, u := range units {
				if !u.touched {
					continue
				}
				for _, dir := range append(u.folders, u.dir) {
					maps.Copy(reached, s.reach.files(dir))
				}
			}
		}
	}
	for name := range names {
		isYAML := path.Ext(name) == ".yaml" || path.Ext(name) == ".yml"
		if isYAML && name != layout.ClustersFile && !reached[name] && !strings.HasPrefix(name, "flux/base/") {
			return false
		}
	}
	return true
}

// build builds a part of the tree, or the whole.
func (s side) build(sides [2]side, crds *schema.Set, whole bool) (*verify.Tree, error) {
	if whole {
		content, err := s.Read(slices.Collect(maps.Keys(s.Sums)))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", s.Name, err)
		}
		return verify.LoadPart(content, crds, nil)
	}
	units := map[string]bool{}
	for _, other := range sides {
		for _, environment := range other.reach.environments() {
			list, _ := other.reach.units(environment)
			for _, u := range list {
				units[u.dir] = units[u.dir] || u.touched
			}
		}
	}
	wanted := func(dir string) bool { return sides[0].reach.touched(dir) || sides[1].reach.touched(dir) }
	content, err := s.content(units, wanted)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.Name, err)
	}
	environments := s.reach.environments()
	return verify.LoadPart(content, crds, func(dir string) bool {
		if slices.Contains(environments, dir) {
			return content[dir+"/kustomization.yaml"] != nil
		}
		return wanted(dir)
	})
}

// content are the files that the wanted folders need. An environment's kustomization.yaml lists only those of its
// folders that are touched.
func (s side) content(units map[string]bool, wanted func(dir string) bool) (map[string][]byte, error) {
	names := maps.Clone(s.reach.files("flux/hub"))
	lists := map[string][]byte{}
	for _, environment := range s.reach.environments() {
		list, _ := s.reach.units(environment)
		var kept []string
		for _, u := range list {
			if !units[u.dir] {
				continue
			}
			kept = append(kept, strings.TrimPrefix(u.dir, environment+"/"))
			maps.Copy(names, s.reach.files(u.dir))
			for _, dir := range u.folders {
				if wanted(dir) {
					maps.Copy(names, s.reach.files(dir))
				}
			}
		}
		if len(kept) > 0 {
			lists[environment+"/kustomization.yaml"] = []byte(layout.Marker + "\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- " + strings.Join(kept, "\n- ") + "\n")
		}
	}
	content, err := s.Read(slices.Collect(maps.Keys(names)))
	if err != nil {
		return nil, err
	}
	maps.Copy(content, lists)
	return content, nil
}
