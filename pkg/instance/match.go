package instance

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Requirement is one of a node pool's, as Karpenter writes it. MinValues is 0 where there is none.
type Requirement struct {
	// Name is what messages call the label where people write it by a field with values, such as arch.
	Name string
	// Default is true where nobody wrote it.
	Default   bool
	Key       string
	Operator  string
	Values    []string
	MinValues int
}

// name is what messages call the label.
func (r Requirement) name() string { return cmp.Or(r.Name, r.Key) }

// String is the requirement in the words of Karpenter, such as kubernetes.io/arch In [arm64], or as its field: arch [arm64].
func (r Requirement) String() string {
	switch {
	case r.Name != "":
		by := map[bool]string{true: " (by default)"}[r.Default]
		return r.Name + by + " [" + strings.Join(r.Values, ", ") + "]"
	case r.Operator == "Exists", r.Operator == "DoesNotExist":
		return r.Key + " " + r.Operator
	}
	return r.Key + " " + r.Operator + " [" + strings.Join(r.Values, ", ") + "]"
}

// admits reports whether a label of an instance type satisfies the requirement; value is "-" where the type lacks the label.
// Karpenter compares the two as sets (sigs.k8s.io/karpenter pkg/scheduling/requirements.go, Intersects): a label that a
// type lacks is DoesNotExist, which goes with DoesNotExist and NotIn and with nothing else.
func (r Requirement) admits(value string) bool {
	if value == "-" {
		return r.Operator == "DoesNotExist" || r.Operator == "NotIn"
	}
	switch r.Operator {
	case "In":
		return slices.Contains(r.Values, value)
	case "NotIn":
		return !slices.Contains(r.Values, value)
	case "Exists":
		return true
	case "Gt", "Lt", "Gte", "Lte":
		return r.compares(value)
	}
	return false // DoesNotExist
}

func (r Requirement) compares(value string) bool {
	has, err := strconv.ParseInt(value, 10, 64)
	if err != nil || len(r.Values) != 1 {
		return false
	}
	bound, err := strconv.ParseInt(r.Values[0], 10, 64)
	switch {
	case err != nil:
		return false
	case r.Operator == "Gt":
		return has > bound
	case r.Operator == "Gte":
		return has >= bound
	case r.Operator == "Lt":
		return has < bound
	}
	return has <= bound
}

// known reports whether the table can tell what satisfies the requirement: its label is one of instance types, and it does
// not name what is newer than the table.
func (t *Table) known(r Requirement) bool {
	if _, ok := t.labels[r.Key]; !ok || r.Operator == "" {
		return false
	}
	return r.Operator != "In" || !slices.Contains(nameLabels(), r.Key) ||
		!slices.ContainsFunc(r.Values, func(value string) bool { return !t.named[value] })
}

// fitting returns the types that satisfy all requirements, as indexes.
func (t *Table) fitting(requirements []Requirement) []int {
	var list []int
	for i, k := range t.types {
		if !slices.ContainsFunc(requirements, func(r Requirement) bool { return !r.admits(k.values[t.labels[r.Key]]) }) {
			list = append(list, i)
		}
	}
	return list
}

// values are those that types have for a label, numbers by size.
func (t *Table) values(types []int, label string) []string {
	var list []string
	for _, i := range types {
		if value := t.types[i].values[t.labels[label]]; value != "-" && !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) && numeric(a) && numeric(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return list
}

func numeric(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Values are the values that a label of instance types has.
func (t *Table) Values(label string) []string { return t.values(t.fitting(nil), label) }

// Has reports whether an instance type has the value of a label.
func (t *Table) Has(label, value string) bool {
	column := t.labels[label]
	return value != "-" && slices.ContainsFunc(t.types, func(k kind) bool { return k.values[column] == value })
}
