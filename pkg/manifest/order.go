package manifest

import (
	"maps"
)

// order finds out which Kustomizations are done when another one starts.
func (t *Tree) order() {
	t.before = map[*Object]map[*Object]bool{}
	for _, o := range t.Objects() {
		if o.IsFlux() {
			t.done(o, map[*Object]bool{})
		}
	}
}

// done are the Kustomizations that are applied before o, itself included: what it depends on, and those that
// deliver it. A cycle ends here and is told by the check of references.
func (t *Tree) done(o *Object, on map[*Object]bool) map[*Object]bool {
	if known, ok := t.before[o]; ok {
		return known
	}
	if on[o] {
		t.unsure[o] = true
		return nil
	}
	on[o] = true
	all := map[*Object]bool{o: true}
	for _, item := range o.List("spec", "dependsOn") {
		others := t.Find(o.Place(), o.Kind(), OrElse(Field(item, "namespace"), o.Namespace()), Field(item, "name"))
		t.unsure[o] = t.unsure[o] || len(others) == 0
		for _, other := range others {
			maps.Copy(all, t.done(other, on))
			t.unsure[o] = t.unsure[o] || t.unsure[other]
		}
	}
	if o.Build.Owner != nil {
		maps.Copy(all, t.done(o.Build.Owner, on))
	}
	delete(on, o)
	t.before[o] = all
	return all
}

// InTime reports whether target is applied with o or before it. What a person applies exists from the start.
func (t *Tree) InTime(o, target *Object) bool {
	owner := o.Build.Owner
	if target.Build.Owner == nil || o.Build == target.Build || t.unsure[o] || t.unsure[owner] || t.unsure[target.Build.Owner] {
		return true
	}
	if t.before[o][target.Build.Owner] {
		return true // o is a Kustomization, and needs what it names only when its turn comes
	}
	return owner != nil && t.before[owner][target.Build.Owner]
}
