package crdtest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Compare holds a Go type to the CRD of its kind and returns what differs, sorted. The spec must have the same fields
// with the same types, required where the CRD requires them; the status must have no field that the CRD lacks.
// Metadata is not compared. The object is only looked at for its type and may be a pointer to a zero value.
func (s *Set) Compare(gvk schema.GroupVersionKind, obj any) []string {
	root := s.Schema(gvk)
	if root == nil {
		return []string{fmt.Sprintf("no CRD for %s", gvk)}
	}
	c := &comparison{}
	for _, f := range jsonFields(deref(reflect.TypeOf(obj))) {
		part, known := root.Properties[f.name]
		switch {
		case f.name == "spec":
			c.required(f.name, f, root)
			c.value(f.name, f.typ, &part, true)
		case f.name == "status" && known:
			c.value(f.name, f.typ, &part, false)
		case !known:
			c.fault("%s: the CRD has no such field", f.name)
		}
	}
	slices.Sort(c.faults)
	return c.faults
}

// comparison collects what differs.
type comparison struct{ faults []string }

func (c *comparison) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// value compares a type with a schema. With both set, the schema may have no field that the type lacks.
func (c *comparison) value(path string, typ reflect.Type, props *apiextensionsv1.JSONSchemaProps, both bool) {
	typ = deref(typ)
	if want := schemaType(props); want != jsonType(typ) {
		c.fault("%s: the CRD has type %s, Go type %s makes %s", path, want, typ, jsonType(typ))
		return
	}
	switch {
	case typ == reflect.TypeFor[metav1.Time]():
	case typ.Kind() == reflect.Struct:
		c.object(path, typ, props, both)
	case typ.Kind() == reflect.Slice && props.Items != nil && props.Items.Schema != nil:
		c.value(path+"[]", typ.Elem(), props.Items.Schema, both)
	case typ.Kind() == reflect.Map && props.AdditionalProperties != nil && props.AdditionalProperties.Schema != nil:
		c.value(path+"{}", typ.Elem(), props.AdditionalProperties.Schema, both)
	case typ.Kind() == reflect.Map && len(props.Properties) > 0:
		c.fault("%s: the CRD has named fields, Go type %s has none", path, typ)
	}
}

// object compares the fields of a struct with the properties of a schema.
func (c *comparison) object(path string, typ reflect.Type, props *apiextensionsv1.JSONSchemaProps, both bool) {
	ours := map[string]bool{}
	for _, f := range jsonFields(typ) {
		ours[f.name] = true
		property, known := props.Properties[f.name]
		if !known {
			c.fault("%s.%s: the CRD has no such field", path, f.name)
			continue
		}
		if both {
			c.required(path+"."+f.name, f, props)
		}
		c.value(path+"."+f.name, f.typ, &property, both)
	}
	for name := range props.Properties {
		if both && !ours[name] {
			c.fault("%s.%s: Go type %s has no such field", path, name, typ)
		}
	}
}

// required compares omitempty with the list of required fields.
func (c *comparison) required(path string, f jsonField, props *apiextensionsv1.JSONSchemaProps) {
	switch required := slices.Contains(props.Required, f.name); {
	case required && f.optional:
		c.fault("%s: the CRD requires it, the tag says omitempty", path)
	case !required && !f.optional:
		c.fault("%s: the CRD does not require it, the tag lacks omitempty", path)
	}
}

// jsonField is a field of a struct as encoding/json sees it.
type jsonField struct {
	name     string
	typ      reflect.Type
	optional bool
}

// jsonFields lists the fields of a struct without type and object metadata; inlined structs are flattened.
func jsonFields(typ reflect.Type) []jsonField {
	var fields []jsonField
	for f := range typ.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Type == reflect.TypeFor[metav1.TypeMeta](), f.Type == reflect.TypeFor[metav1.ObjectMeta](), name == "-":
		case name == "" && f.Anonymous:
			fields = append(fields, jsonFields(deref(f.Type))...)
		default:
			optional := strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
			fields = append(fields, jsonField{name: name, typ: f.Type, optional: optional})
		}
	}
	return fields
}

// deref is the type behind pointers.
func deref(typ reflect.Type) reflect.Type {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return typ
}

// schemaType is the type in a schema; integers or strings count as strings, which is how we write quantities.
func schemaType(props *apiextensionsv1.JSONSchemaProps) string {
	if props.XIntOrString {
		return "string"
	}
	return props.Type
}

// jsonType is the type in a schema that a Go type is written as.
func jsonType(typ reflect.Type) string {
	switch kind := typ.Kind(); {
	case typ == reflect.TypeFor[metav1.Time](), kind == reflect.String:
		return "string"
	case kind == reflect.Bool:
		return "boolean"
	case kind >= reflect.Int && kind <= reflect.Uint64:
		return "integer"
	case kind == reflect.Float32, kind == reflect.Float64:
		return "number"
	case kind == reflect.Slice:
		return "array"
	case kind == reflect.Struct, kind == reflect.Map:
		return "object"
	default:
		return kind.String()
	}
}
