package resource

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"

	"sigs.k8s.io/structured-merge-diff/v6/value"
)

// errIndirect is a type that only the general encoding writes.
var errIndirect = errors.New("this type is not written directly")

// Encoder writes objects like [Encode]. It remembers what it has found out about their types, so that one for many objects is
// several times as fast. It may be used by several goroutines; the zero value is ready.
type Encoder struct{ types sync.Map }

// structure is what is known of a type.
type structure struct {
	// converts is how a type that encodes itself as JSON is turned into maps, lists and scalars; nil for others.
	converts *value.TypeReflectCacheEntry
	// fields are those of a struct, sorted by name, with those of structs inside of it that JSON writes inline.
	fields []field
	err    error
}

type field struct {
	name      string
	index     []int
	omitEmpty bool
	omitZero  func(reflect.Value) bool
}

// of finds out about a type.
func (e *Encoder) of(t reflect.Type) *structure {
	if known, ok := e.types.Load(t); ok {
		s, _ := known.(*structure)
		return s
	}
	s := &structure{}
	if entry := value.TypeReflectEntryOf(t); entry.CanConvertToUnstructured() {
		s.converts = entry
	} else if t.Kind() == reflect.Struct {
		s.err = s.add(t, nil)
		slices.SortFunc(s.fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
		for i := range s.fields {
			if i > 0 && s.fields[i].name == s.fields[i-1].name {
				s.err = errIndirect
			}
		}
	}
	e.types.Store(t, s)
	return s
}

// add adds the fields of a struct as the converter of Kubernetes reads their tags (apimachinery, pkg/runtime/converter.go,
// fieldInfoFromField).
func (s *structure) add(t reflect.Type, index []int) error {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _ := f.Tag.Lookup("json")
		words := strings.Split(tag, ",")
		at := append(slices.Clone(index), i)
		switch {
		case words[0] == "-":
		case words[0] == "" && f.Anonymous && f.Type.Kind() == reflect.Struct && len(words) < 3:
			if value.TypeReflectEntryOf(f.Type).CanConvertToUnstructured() {
				return errIndirect
			}
			if err := s.add(f.Type, at); err != nil {
				return err
			}
		case words[0] == "" || !f.IsExported():
			return errIndirect // no type of a manifest has such a field
		default:
			one := field{name: words[0], index: at, omitEmpty: slices.Contains(words[1:], "omitempty")}
			if slices.Contains(words[1:], "omitzero") {
				one.omitZero = value.OmitZeroFunc(f.Type)
			}
			if slices.Contains(words[1:], "inline") {
				return errIndirect
			}
			s.fields = append(s.fields, one)
		}
	}
	return nil
}

// omits reports whether a field is not written.
func (f field) omits(v reflect.Value) bool {
	return f.omitEmpty && isEmpty(v) || f.omitZero != nil && f.omitZero(v)
}

// isEmpty reports whether omitempty leaves out a value.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.String, reflect.Map, reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}
