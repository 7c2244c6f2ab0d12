package config

import (
	"reflect"
	"slices"
	"strings"
)

// A field is a field of one of the types, as clusters.yaml sees it.
type field struct {
	name string
	typ  reflect.Type
	// required is true for a field whose yaml tag has no omitempty.
	required bool
	// setting is true for the fields of Settings, which can be inherited.
	setting bool
}

// fieldsOf lists the fields of a struct type, those of inlined structs included.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			for _, inner := range fieldsOf(f.Type) {
				inner.setting = inner.setting || f.Type == reflect.TypeFor[Settings]()
				fields = append(fields, inner)
			}
		case name != "-":
			fields = append(fields, field{name: name, typ: f.Type, required: options != "omitempty"})
		}
	}
	return fields
}

// settingNames are the names of the fields that can be inherited.
func settingNames() []string {
	return fieldNames(fieldsOf(reflect.TypeFor[Settings]()))
}

func fieldNames(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// parentOf returns the one field below fields that has a field called name, or "".
// It helps a user who wrote a right word one level too high.
func parentOf(fields []field, name string) string {
	parent := ""
	for _, f := range fields {
		if f.typ.Kind() != reflect.Struct || !slices.Contains(fieldNames(fieldsOf(f.typ)), name) {
			continue
		}
		if parent != "" {
			return ""
		}
		parent = f.name
	}
	return parent
}
