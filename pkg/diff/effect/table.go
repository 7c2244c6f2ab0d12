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

// Rows is the table of fields: every field that gen writes has one.
func Rows() []Row {
	return slices.Concat(
		commonRows(), clusterRows(), accessRows(), networkRows(), gatewayRows(), identityRows(), keyRows(), dnsRows(), selectorRows(),
		nodeRows(), nodeAdvancedRows(), balancerRows(), kubernetesRows(), workloadRows(), fluxRows(), releaseRows(), chartRows(),
	)
}

// Table is the table by kind, and the CRDs.
type Table struct {
	crds *schema.Set
	rows map[apischema.GroupKind]map[string]Row
}

// NewTable makes the table. What CRDs declare immutable is asked of crds, which may be nil.
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

// Row is what the table says of a field: the row of the kind that says most, else the row of every kind. ok is false if
// nothing is known of it.
func (k Table) Row(kind apischema.GroupKind, name string) (row Row, ok bool) {
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
	row, ok := k.Row(gvk.GroupKind(), f.Name)
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
