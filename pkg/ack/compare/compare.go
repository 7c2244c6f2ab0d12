// Package compare is the table of what ACK compares with what AWS returns, and so of how gen must write it. What differs
// permanently costs a call at every reconciliation, and for some kinds blocks every other change.
//
// In: nothing. Out: rows, one for each field that gen writes, and for those that it leaves to ACK. What happens when a field
// changes is in pkg/diff/effect.
package compare

import (
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// How is the way in which a controller compares a field of an object with the same field of what AWS returns.
type How string

// The ways.
const (
	// Value is one value, or each of the values below it by itself. A field that is not written is not the same as one with
	// an empty value or false (ACK runtime, pkg/compare/nil.go).
	Value How = "value"
	// Set is a list whose order does not count (ACK runtime, pkg/compare/slice.go).
	Set How = "set"
	// Whole is a list or struct with all that is in it, in its order, references too (apimachinery, equality.Semantic).
	Whole How = "whole"
	// Texts is a map whose texts must be the same byte for byte.
	Texts How = "texts"
	// Document is JSON, of which the meaning counts.
	Document How = "document"
	// Tags are compared by key, without those of AWS itself.
	Tags How = "tags"
	// Own is a list that a hook of the controller compares by what its elements mean.
	Own How = "own"
	// Reference is resolved before the comparison, which then is that of the id or ARN.
	Reference How = "reference"
	// Never is a field that counts only on creation, or that AWS does not return.
	Never How = "never"
)

// A Row is what is known about a field of a kind.
type Row struct {
	// Group and Kind name the kind.
	Group, Kind string
	// Field is the field, without brackets; the row holds for all that is below it, unless another row says more.
	Field string
	// How it is compared.
	How How
	// Returns is what AWS returns where that is not simply what was sent.
	Returns string
	// Write is what follows for what gen writes; empty where nothing follows.
	Write string
	// Left is set for a field that gen does not write: ACK puts what AWS returns into the spec when it makes the object, or
	// makes no call for the difference.
	Left bool
	// Source is where that is documented.
	Source string
}

// Rows is the table.
func Rows() []Row {
	return slices.Concat(
		clusterRows(), accessRows(), networkRows(), gatewayRows(), iamRows(), keyRows(), dnsRows(), ackRows(),
	)
}

// Find is the most specific row for a field of a kind.
func Find(kind apischema.GroupKind, field string) (row Row, ok bool) {
	for _, r := range Rows() {
		if r.Group == kind.Group && r.Kind == kind.Kind && r.covers(field) && len(r.Field) >= len(row.Field) {
			row, ok = r, true
		}
	}
	return row, ok
}

func (r Row) covers(field string) bool {
	return field == r.Field || strings.HasPrefix(field, r.Field+".")
}

// WholeFields are the fields of each kind that are compared as a whole: a reference there differs permanently.
func WholeFields() map[apischema.GroupKind][]string {
	fields := map[apischema.GroupKind][]string{}
	for _, r := range Rows() {
		if kind := (apischema.GroupKind{Group: r.Group, Kind: r.Kind}); r.How == Whole {
			fields[kind] = append(fields[kind], r.Field)
		}
	}
	return fields
}

// rowsOf are rows of one kind; the source holds for those that have none of their own.
func rowsOf(service, kind, source string, rows ...Row) []Row {
	for i := range rows {
		rows[i].Group, rows[i].Kind = strings.TrimPrefix(service+".services.k8s.aws", "."), kind
		rows[i].Field = "spec." + rows[i].Field
		if rows[i].Source == "" {
			rows[i].Source = source
		}
	}
	return rows
}

// as are rows of fields that are compared in the same way and come back as they were sent.
func as(how How, fields ...string) []Row {
	rows := make([]Row, 0, len(fields))
	for _, field := range fields {
		rows = append(rows, Row{Field: field, How: how})
	}
	return rows
}

// left are rows of fields that gen leaves to ACK.
func left(returns string, fields ...string) []Row {
	rows := as(Value, fields...)
	for i := range rows {
		rows[i].Left, rows[i].Returns = true, returns
	}
	return rows
}
