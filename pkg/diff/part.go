package diff

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// side is one of the two trees.
type side struct {
	Source
	reach *reach
}

// part is what of two trees has to be built, because a changed file can reach it.
type part struct {
	// whole is set where that cannot be said: a file is of a form that gen does not write, or is reached by nothing.
	whole bool
	// units are lines of an environment's kustomization.yaml, folders what their Kustomizations lead to.
	units, folders map[string]bool
}

// load builds both trees, as far as a changed file can reach.
func load(from, to Source, crds *schema.Set) (before, after *manifest.Tree, err error) {
	names := changed(from, to)
	sides, err := newSides(from, to, names)
	if err != nil {
		return nil, nil, err
	}
	p, err := newPart(sides, names)
	if err != nil {
		return nil, nil, err
	}
	before, after, err = p.build(sides, crds)
	if err == nil && !p.whole && len(before.Problems())+len(after.Problems()) > 0 {
		return part{whole: true}.build(sides, crds) // what is wrong is to be told as gen verify tells it
	}
	return before, after, err
}

// newSides reads what it takes to know what changed files can reach.
func newSides(from, to Source, names map[string]bool) (sides [2]side, err error) {
	for i, source := range []Source{from, to} {
		sides[i].Source = source
		if sides[i].reach, err = newReach(source, names); err != nil {
			return sides, err
		}
	}
	return sides, nil
}

// newPart finds out what changed files can reach.
func newPart(sides [2]side, names map[string]bool) (part, error) {
	p := part{units: map[string]bool{}, folders: map[string]bool{}}
	variables, err := holdVariables(sides, names)
	if err != nil {
		return p, err
	}
	reached := map[string]bool{}
	listed := [2]map[string]unit{}
	for i, s := range sides {
		listed[i] = map[string]unit{}
		for _, environment := range s.reach.environments() {
			units, ok := s.reach.units(environment)
			if !ok {
				return part{whole: true}, nil
			}
			reached[environment+"/kustomization.yaml"] = true
			for _, u := range units {
				listed[i][u.dir] = u
			}
		}
	}
	for i, s := range sides {
		if s.reach.unclear || s.reach.touched("flux/hub") {
			return part{whole: true}, nil
		}
		for dir, u := range listed[i] {
			_, both := listed[1-i][dir]
			p.add(s.reach, u, !both, variables, reached)
		}
	}
	p.whole = !explained(names, reached)
	return p, nil
}

// add takes a unit into the part if a changed file reaches it, and of what it delivers that which the file reaches, and what
// delivers something itself. All of it is taken where the unit is listed on one side only, where its own Kustomizations change,
// where a variable may, or where who has AWS permissions does.
func (p part) add(r *reach, u unit, alone bool, variables, reached map[string]bool) {
	if !u.touched && !alone {
		return
	}
	p.units[u.dir] = true
	maps.Copy(reached, r.files(u.dir))
	all := alone || r.touched(u.dir)
	for _, dir := range u.folders {
		for name := range r.files(dir) {
			reached[name] = true
			all = all || variables[name]
		}
		// Whether pods run that a new association is for, the releases say (rule_restart.go).
		all = all || path.Base(dir) == string(component.Access) && r.touched(dir)
	}
	for _, dir := range u.folders {
		p.folders[dir] = p.folders[dir] || all || u.delivers[dir] || r.touched(dir)
	}
}

// holdVariables are the changed files with objects that Flux takes variables from, or puts variables into.
func holdVariables(sides [2]side, names map[string]bool) (map[string]bool, error) {
	found := map[string]bool{}
	for _, s := range sides {
		content, err := s.Read(slices.Collect(maps.Keys(names)))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", s.Name, err)
		}
		for name, text := range content {
			if name == layout.ClustersFile {
				continue
			}
			found[name] = found[name] || hasVariable(text)
			for _, kind := range []string{"ConfigMap", "Secret", "FieldExport"} {
				found[name] = found[name] || bytes.Contains(text, []byte(kind))
			}
		}
	}
	return found, nil
}

// hasVariable reports whether a file has a variable that is not one of IAM's own.
func hasVariable(text []byte) bool {
	return bytes.Count(text, []byte("${")) > bytes.Count(text, []byte("${aws:"))
}

// explained tells whether every changed file is one that was reached, or one that is never applied by itself.
func explained(names, reached map[string]bool) bool {
	for name := range names {
		if name != layout.ClustersFile && name != layout.SchemaFile && !reached[name] && !strings.HasPrefix(name, "flux/base/") {
			return false
		}
	}
	return true
}

// build builds the part of both trees.
func (p part) build(sides [2]side, crds *schema.Set) (before, after *manifest.Tree, err error) {
	var trees [2]*manifest.Tree
	for i, s := range sides {
		content, err := p.content(s)
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", s.Name, err)
		}
		environments := s.reach.environments()
		wanted := func(dir string) bool {
			if slices.Contains(environments, dir) {
				return content[dir+"/kustomization.yaml"] != nil
			}
			return p.folders[dir]
		}
		if p.whole {
			wanted = nil
		}
		if trees[i], err = manifest.LoadPart(content, crds, wanted); err != nil {
			return nil, nil, err
		}
	}
	return trees[0], trees[1], nil
}

// content are the files that the part needs. An environment's kustomization.yaml lists only those of its folders that
// belong to it.
func (p part) content(s side) (map[string][]byte, error) {
	if p.whole {
		return s.Read(slices.Collect(maps.Keys(s.Sums)))
	}
	names := maps.Clone(s.reach.files("flux/hub"))
	lists := map[string][]byte{}
	for _, environment := range s.reach.environments() {
		list, _ := s.reach.units(environment)
		var kept []string
		for _, u := range list {
			if !p.units[u.dir] {
				continue
			}
			kept = append(kept, strings.TrimPrefix(u.dir, environment+"/"))
			maps.Copy(names, s.reach.files(u.dir))
			for _, dir := range u.folders {
				if p.folders[dir] {
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
