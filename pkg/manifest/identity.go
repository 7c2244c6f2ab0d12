package manifest

// ID identifies an object: two objects with the same ID in two trees are the same.
type ID struct {
	Place, Group, Kind, Namespace, Name string
}

// IDOf is what identifies an object among all that a tree applies.
func IDOf(o *Object) ID {
	kind := o.Kind()
	return ID{o.Place(), kind.Group, kind.Kind, o.Namespace(), o.Name()}
}

// IsKustomization reports whether an object is one of Flux's, on the hub.
func (x ID) IsKustomization() bool {
	return x.Group == KustomizeGroup && x.Kind == "Kustomization" && x.Place == ""
}
