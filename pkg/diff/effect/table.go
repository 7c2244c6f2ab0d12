// Package effect says what the controllers do with a change: Flux, ACK, AWS, Karpenter, Helm and the Kubernetes API.
//
// In: an object or a field that differs, and the two trees. Out: the outcome, the reason, and where that is documented.
// The files fields_<service>.go are the table of fields; remove.go and delivery.go are about whole objects.
package effect

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/schema"
)

// A Row is what is known of a field of a kind: what happens when it changes.
type Row struct {
	// Group and Kind name the kind; both are empty for what every kind has.
	Group, Kind string
	// Name is the field, without brackets; the row holds for all that is below it, unless another row says more.
	Name string
	// Outcome is what a change brings about, and Why says how.
	Outcome change.Outcome
	Why     string
	// Source is where that is written: documentation by its title, or a file of the controller.
	Source string
	// ByServer is set where it is the API server that refuses: then Flux can be told to replace the object.
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

// Rows is the table of fields: every field that gen writes has one.
func Rows() []Row {
	return slices.Concat(
		commonRows(), clusterRows(), accessRows(), networkRows(), gatewayRows(), identityRows(), keyRows(), dnsRows(), selectorRows(),
		nodeRows(), kubernetesRows(), workloadRows(), fluxRows(), releaseRows(),
	)
}

// RowFor is the row that says most of a field of a kind. ok is false if nothing is known of it.
func RowFor(kind apischema.GroupKind, name string) (row Row, ok bool) {
	return NewTable(nil).row(kind, name)
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

// Table is the table by kind, and the CRDs.
type Table struct {
	crds *schema.Set
	rows map[apischema.GroupKind]map[string]Row
}

func NewTable(crds *schema.Set) Table {
	k := Table{crds: crds, rows: map[apischema.GroupKind]map[string]Row{}}
	for _, row := range Rows() {
		kind := apischema.GroupKind{Group: row.Group, Kind: row.Kind}
		if k.rows[kind] == nil {
			k.rows[kind] = map[string]Row{}
		}
		k.rows[kind][row.Name] = row
	}
	return k
}

// row is what the table says of a field: the row of the kind that says most, else the row of every kind.
func (k Table) row(kind apischema.GroupKind, name string) (Row, bool) {
	for _, of := range []apischema.GroupKind{kind, {}} {
		for at := name; at != ""; {
			if row, ok := k.rows[of][at]; ok {
				return row, true
			}
			at = at[:max(0, strings.LastIndexByte(at, '.'))]
		}
	}
	return Row{}, false
}

// Judge says what happens because of a field that differs. What the CRD declares immutable comes first: the API server
// refuses it, whatever the controller would do. A field that nothing is known of, such as one of the user's own kinds,
// counts as updated, and says so.
func (k Table) Judge(gvk apischema.GroupVersionKind, f change.Field, c Subject) (outcome change.Outcome, why, source string) {
	row, ok := k.row(gvk.GroupKind(), f.Name)
	if message, ok := k.declared(gvk, f, c.Change); ok {
		return forced(c, Row{Outcome: change.Refused, Why: serverRefuses + ": " + message, Source: "the CRD of " + gvk.Kind, Meanwhile: row.Meanwhile})
	}
	switch {
	case !ok && manifest.IsACK(gvk.GroupKind()):
		return change.Update, "nothing is known of this field: read what its controller does with it", ""
	case !ok:
		return change.Update, "", ""
	case row.Decide != nil:
		outcome, why = row.Decide(f, c)
		return outcome, why, row.Source
	case row.ByServer:
		return forced(c, row)
	default:
		return row.Outcome, row.Why, row.Source
	}
}

// forced makes a replacement of what the API server refuses, where Flux is told to do that (Flux, Kustomization API,
// and annotation kustomize.toolkit.fluxcd.io/force).
func forced(c Subject, row Row) (outcome change.Outcome, why, source string) {
	if strings.EqualFold(manifest.TextAt(c.After, "metadata", "annotations", forceAnnotation), "enabled") {
		return change.Replace, "Flux deletes the object and makes it anew, as its annotation says" + row.Meanwhile, sourceForce
	}
	if c.Force {
		return change.Replace, "Flux deletes the object and makes it anew, as its Kustomization says (force: true)" + row.Meanwhile, sourceForce
	}
	return row.Outcome, row.Why, row.Source
}

// forceAnnotation tells Flux to replace what cannot be changed.
const (
	forceAnnotation = "kustomize.toolkit.fluxcd.io/force"
	sourceForce     = "Flux, Kustomization API, Force"
)
