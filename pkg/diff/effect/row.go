package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// A Row is what is known about a field of a kind: what happens when it changes.
type Row struct {
	// Group and Kind name the kind; both are empty for what every kind has.
	Group, Kind string
	// Name is the field, without brackets; the row holds for all that is below it, unless another row says more.
	Name string
	// Outcome is what a change causes, and Why says how; with Decide, what it depends on.
	Outcome change.Outcome
	Why     string
	// Source is where that is written: documentation by its title, or a file of the controller.
	Source string
	// ByServer is set where it is the API server that refuses: then Flux can be configured to replace the object.
	ByServer bool
	// Meanwhile says what else a replacement means.
	Meanwhile string
	// Decide goes by the values where these count; nil where Outcome and Why hold for all.
	Decide func(f change.Field, c Subject) (outcome change.Outcome, why string)
}

// A Subject is a change, and the trees that it is one between: what comes of a field can hang on other objects.
type Subject struct {
	*change.Change
	Trees Trees
	// Force is set where the Kustomization that delivers it replaces what cannot be changed.
	Force bool
}

// rowsOf are rows of one kind; the source holds for those that have none of their own.
func rowsOf(group, kind, source string, rows ...Row) []Row {
	for i := range rows {
		rows[i].Group, rows[i].Kind = group, kind
		if rows[i].Source == "" {
			rows[i].Source = source
		}
	}
	return rows
}

// fixed refuses a change, because the API has no way to make it.
func fixed(name, why string) Row { return Row{Name: name, Outcome: change.Refused, Why: why} }

// immutable refuses a change, because the API server does.
func immutable(name string) Row {
	return Row{Name: name, Outcome: change.Refused, Why: serverRefuses, ByServer: true}
}

const serverRefuses = "the API server refuses it, and with it all of the Kustomization"

// ignored is a field that the controller compares with nothing, or does not act on.
func ignored(name, why string) Row { return Row{Name: name, Outcome: change.Ignored, Why: why} }

// updated is a field that is changed in place.
func updated(name, why string) Row { return Row{Name: name, Outcome: change.Update, Why: why} }

// judged is a field of which the values count.
func judged(name string, decide func(f change.Field, c Subject) (change.Outcome, string)) Row {
	return Row{Name: name, Decide: decide}
}

// by says what a decision depends on, for those who ask before there are values.
func (r Row) by(why string) Row {
	r.Why = why
	return r
}

// forced turns a refusal by the API server into a replacement, where Flux is configured to do that (Flux, Kustomization API,
// and annotation kustomize.toolkit.fluxcd.io/force).
func forced(c Subject, row Row) (outcome change.Outcome, why, source string) {
	if strings.EqualFold(manifest.TextAt(c.After, "metadata", "annotations", forceAnnotation), "enabled") {
		return change.Replace, "Flux deletes and recreates the object, as its annotation says" + row.Meanwhile, sourceForce
	}
	if c.Force {
		return change.Replace, "Flux deletes and recreates the object, as its Kustomization says (force: true)" + row.Meanwhile, sourceForce
	}
	return row.Outcome, row.Why, row.Source
}

// forceAnnotation makes Flux replace what cannot be changed.
const (
	forceAnnotation = "kustomize.toolkit.fluxcd.io/force"
	sourceForce     = "Flux, Kustomization API, Force"
)
