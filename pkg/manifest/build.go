package manifest

import (
	"reflect"
	"slices"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/render"
)

// failure is a folder that cannot be built.
type failure struct {
	dir string
	err error
}

// build makes the objects of a folder as Flux does. Where Flux makes something else of it than kustomize build, both
// are made, and the folder has a note of what differs: a reviewer sees the one and gets the other.
func (t *Tree) build(builder *render.Builder, b *Build) ([]render.Object, *diag.Problem) {
	if !builder.Plain(b.Dir) {
		if elsewhere, ok := t.Files.remote(b.Dir); ok {
			return nil, &elsewhere
		}
	}
	objects, err := builder.Build(b.Dir)
	if b.Owner != nil && t.Files.HasDir(b.Dir) {
		b.ChangedBy = builder.ChangedByFlux(b.Dir, b.Owner.Content)
	}
	if b.ChangedBy != "" {
		applied, fluxErr := builder.BuildAsFlux(b.Dir, b.Owner.Content)
		if fluxErr == nil {
			b.Unseen = differences(objects, applied)
		}
		objects, err = applied, fluxErr
	}
	if err != nil {
		problem := t.Files.explain(failure{b.Dir, err}, b.Owner)
		return nil, &problem
	}
	return objects, nil
}

// differences are the objects that are not the same in two builds.
func differences(shown, applied []render.Object) []string {
	var names []string
	for _, side := range [][2][]render.Object{{shown, applied}, {applied, shown}} {
		for _, o := range side[0] {
			same := func(other render.Object) bool { return reflect.DeepEqual(o.Content, other.Content) }
			name := (&Object{Content: o.Content}).String()
			if !slices.ContainsFunc(side[1], same) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
