package charts

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// A Fault is what is wrong with one of the values that a chart gets.
type Fault struct {
	// Path are the keys that lead to it.
	Path []string
	// Unknown is set where the chart does not read the value at all.
	Unknown bool
	// Message says what is wrong, Hint what to do.
	Message, Hint string
}

// Faults are what is wrong with values: Helm ignores keys that the chart does not read, and a chart without a schema accepts a
// value of another type. null is allowed everywhere, it removes the chart's default (Helm: Values Files).
func (f *Facts) Faults(values map[string]any) []Fault { return f.below(nil, values) }

func (f *Facts) below(path []string, values map[string]any) []Fault {
	var faults []Fault
	above := strings.Join(path, ".")
	for _, key := range slices.Sorted(maps.Keys(values)) {
		at := append(slices.Clone(path), key)
		kind, known := f.Values[strings.Join(at, ".")]
		known = known && !strings.Contains(key, ".")
		switch {
		case !known && len(path) == 0 && key == "global": // Helm gives it to every chart
		case !known && len(path) > 0 && f.Values[above].Open:
		case !known:
			faults = append(faults, Fault{Path: at, Unknown: true, Message: fmt.Sprintf("the chart %s %s does not read this value", f.Chart, f.Version), Hint: f.nearest(path, key)})
		default:
			faults = append(faults, f.one(at, kind, values[key])...)
		}
	}
	return faults
}

// one is what is wrong with a value that the chart reads.
func (f *Facts) one(at []string, kind Kind, value any) []Fault {
	if value == nil {
		return nil
	}
	if !kind.takes(value) {
		return []Fault{{Path: at, Message: fmt.Sprintf("is %s, and the chart takes %s here", wordOf(value), kind), Hint: kind.hint(value)}}
	}
	if text, ok := value.(string); ok && len(kind.Words) > 0 && !slices.Contains(kind.Words, text) {
		hint := "write one of " + strings.Join(kind.Words, ", ")
		if near := diag.Nearest(text, kind.Words); near != "" {
			hint = fmt.Sprintf("did you mean %q? The chart takes %s", near, strings.Join(kind.Words, ", "))
		}
		return []Fault{{Path: at, Message: fmt.Sprintf("%q is not what the chart %s %s takes here", text, f.Chart, f.Version), Hint: hint}}
	}
	if inner, ok := value.(map[string]any); ok {
		return f.below(at, inner)
	}
	return nil
}

// nearest is the hint for a key that the chart does not read: one beside it with a name like it, or where the same name stands.
func (f *Facts) nearest(path []string, key string) string {
	prefix := ""
	if len(path) > 0 {
		prefix = strings.Join(path, ".") + "."
	}
	var beside, elsewhere []string
	for at := range f.Values {
		if name, below := strings.CutPrefix(at, prefix); below && !strings.Contains(name, ".") {
			beside = append(beside, name)
		}
		if strings.HasSuffix(at, "."+key) {
			elsewhere = append(elsewhere, at)
		}
	}
	slices.Sort(beside)
	if near := diag.Nearest(key, beside); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(elsewhere) == 1 {
		return "did you mean " + elsewhere[0] + "?"
	}
	return "remove it, or correct the name; Helm would pass over it"
}

// takes reports whether a value is of one of the types.
func (k Kind) takes(value any) bool {
	return slices.ContainsFunc(k.Types, func(name string) bool {
		switch v := value.(type) {
		case map[string]any:
			return name == "map" || name == "any"
		case []any:
			return name == "list" || name == "any"
		case bool:
			return name == "bool" || name == "scalar" || name == "any"
		case string:
			return name == "string" || name == "scalar" || name == "any"
		case float64:
			return name == "number" || name == "scalar" || name == "any" || name == "integer" && v == math.Trunc(v)
		default: // the integers
			return name == "integer" || name == "number" || name == "scalar" || name == "any"
		}
	})
}

// String says what a value may be.
func (k Kind) String() string {
	var words []string
	for _, name := range k.Types {
		switch name {
		case "map":
			words = append(words, "a mapping")
		case "list":
			words = append(words, "a list")
		case "bool":
			words = append(words, "true or false")
		case "string":
			words = append(words, "a text")
		case "scalar":
			words = append(words, "a single value")
		case "integer", "number":
			words = append(words, "a number")
		}
	}
	return strings.Join(words, " or ")
}

func (k Kind) hint(value any) string {
	text, isText := value.(string)
	switch {
	case isText && slices.Contains(k.Types, "bool") && (text == "true" || text == "false"):
		return "write " + text + " without quotes"
	case isText && (slices.Contains(k.Types, "integer") || slices.Contains(k.Types, "number")):
		return "write it as a number, without quotes"
	case slices.Contains(k.Types, "string") && !isText && wordOf(value) != "a mapping" && wordOf(value) != "a list":
		return "put it in quotes"
	default:
		return "write " + k.String() + ", or null to drop the chart's default"
	}
}

func wordOf(value any) string {
	switch value.(type) {
	case map[string]any:
		return "a mapping"
	case []any:
		return "a list"
	case bool:
		return "true or false"
	case string:
		return "a text"
	default:
		return "a number"
	}
}
