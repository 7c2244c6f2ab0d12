package resource

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
)

// Encode is [Encode]. Of nearly all objects the YAML is written without making maps of them first; those of which a type is too
// unusual for that are left to [Encode]. TestEncoder holds the two to each other.
func (e *Encoder) Encode(objects ...Object) ([]byte, error) {
	var out bytes.Buffer
	for i, o := range objects {
		if i > 0 {
			out.WriteString("---\n")
		}
		start := out.Len()
		err := e.object(&out, o)
		if errors.Is(err, errIndirect) {
			out.Truncate(start)
			var text []byte
			if text, err = Encode(o); err != nil {
				return nil, err // it names the object already
			}
			out.Write(text)
		}
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", IDOf(o), err)
		}
	}
	return out.Bytes(), nil
}

// object writes one document.
func (e *Encoder) object(out *bytes.Buffer, o Object) error {
	v := reflect.ValueOf(o)
	if _, is := o.(runtime.Unstructured); is || v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return errIndirect
	}
	w := writer{Encoder: e, out: out}
	_, err := w.fields(v.Elem(), "", false, true)
	return err
}

// writer writes one document.
type writer struct {
	*Encoder
	out *bytes.Buffer
}

// resolve follows pointers and interfaces to what is written: a value, or what a type that encodes itself makes of it. ok is false
// for what is null.
func (w writer) resolve(v reflect.Value) (resolved reflect.Value, made any, ok bool, err error) {
	for {
		s := w.of(v.Type())
		if s.err != nil {
			return v, nil, false, s.err
		}
		if s.converts != nil {
			made, err := s.converts.ToUnstructured(v)
			if err != nil {
				return v, nil, false, fmt.Errorf("encode %s: %w", v.Type(), err)
			}
			return v, made, made != nil, nil
		}
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if v.IsNil() {
				return v, nil, false, nil
			}
			v = v.Elem()
		case reflect.Map, reflect.Slice:
			return v, nil, !v.IsNil(), nil
		default:
			return v, nil, true, nil
		}
	}
}

// fields writes the fields of a struct and reports whether there are any. At the root of a document neither status is written nor a
// spec with nothing in it.
func (w writer) fields(v reflect.Value, indent string, inline, root bool) (some bool, err error) {
	s := w.of(v.Type())
	if s.err != nil || s.converts != nil {
		return false, errors.Join(errIndirect, s.err)
	}
	for _, f := range s.fields {
		at := v.FieldByIndex(f.index)
		if f.omits(at) || root && f.name == "status" {
			continue
		}
		start := w.out.Len()
		wrote, err := w.entry(f.name, at, indent, inline && !some)
		if err != nil {
			return some, fmt.Errorf("%s: %w", f.name, err)
		}
		if root && f.name == "spec" && bytes.HasSuffix(w.out.Bytes()[start:], []byte("spec: {}\n")) && w.out.Len()-start == len("spec: {}\n") {
			w.out.Truncate(start)
			continue
		}
		some = some || wrote
	}
	return some, nil
}

// entry writes a key with its value, unless that is null. With inline, the key follows "- " on the same line.
func (w writer) entry(key string, v reflect.Value, indent string, inline bool) (bool, error) {
	v, made, ok, err := w.resolve(v)
	if err != nil || !ok {
		return false, err
	}
	if !inline {
		w.out.WriteString(indent)
	}
	if err := writeKey(w.out, key); err != nil {
		return false, err
	}
	w.out.WriteByte(':')
	if made != nil {
		return true, writeValue(w.out, tidied(key, made), indent)
	}
	return true, w.value(key, v, indent)
}

// value writes what follows a key, as writeValue does. What is below values is the user's and keeps its nulls, which only the
// general encoding does.
func (w writer) value(key string, v reflect.Value, indent string) error {
	switch v.Kind() {
	case reflect.Map, reflect.Struct:
		if key == "values" {
			return errIndirect
		}
		start := w.out.Len()
		w.out.WriteByte('\n')
		some, err := w.mapping(v, indent+"  ", false)
		if !some {
			w.out.Truncate(start)
			w.out.WriteString(" {}\n")
		}
		return err
	case reflect.Slice:
		return w.list(v, indent)
	default:
		scalar, err := scalarOf(v)
		if err != nil {
			return err
		}
		return writeValue(w.out, tidied(key, scalar), indent)
	}
}

// mapping writes a struct or a map.
func (w writer) mapping(v reflect.Value, indent string, inline bool) (some bool, err error) {
	if v.Kind() == reflect.Struct {
		return w.fields(v, indent, inline, false)
	}
	if v.Type().Key().Kind() != reflect.String {
		return false, errIndirect
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, key := range keys {
		wrote, err := w.entry(key.String(), v.MapIndex(key), indent, inline && !some)
		if err != nil {
			return some, fmt.Errorf("%s: %w", key, err)
		}
		some = some || wrote
	}
	return some, nil
}

// list writes a list whose dashes stand under the key.
func (w writer) list(v reflect.Value, indent string) error {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return errIndirect
	}
	if v.Len() == 0 {
		w.out.WriteString(" []\n")
		return nil
	}
	w.out.WriteByte('\n')
	for i := range v.Len() {
		w.out.WriteString(indent)
		w.out.WriteByte('-')
		if err := w.item(v.Index(i), indent); err != nil {
			return err
		}
	}
	return nil
}

// item writes what follows the dash of a list item, as writeItem does.
func (w writer) item(v reflect.Value, indent string) error {
	v, made, ok, err := w.resolve(v)
	switch {
	case err != nil:
		return err
	case !ok || made != nil:
		if inner, isMap := made.(map[string]any); isMap {
			tidy(inner)
		}
		return writeItem(w.out, made, indent)
	case v.Kind() == reflect.Slice:
		return errIndirect
	case v.Kind() != reflect.Map && v.Kind() != reflect.Struct:
		scalar, err := scalarOf(v)
		if err != nil {
			return err
		}
		return writeItem(w.out, scalar, indent)
	}
	start := w.out.Len()
	w.out.WriteByte(' ')
	some, err := w.mapping(v, indent+"  ", true)
	if !some {
		w.out.Truncate(start)
		w.out.WriteString(" {}\n")
	}
	return err
}

// scalarOf is a value in the types of JSON.
func scalarOf(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() <= math.MaxInt64 {
			return int64(v.Uint()), nil //nolint:gosec // it fits
		}
	case reflect.Float32, reflect.Float64:
		return v.Float(), nil
	default:
	}
	return nil, errIndirect
}
