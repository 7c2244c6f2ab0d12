package config

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// structure compares the tree below n with the type t and takes out every part that does not
// fit, so that decoding what is left cannot fail. It reports whether n itself may stay.
// removable says that null may stand here, to remove an inherited value.
func (t *tree) structure(n *yaml.Node, typ reflect.Type, removable bool) bool {
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case t.foreignYAML(n):
		return false
	case isNull(n):
		return t.null(n, removable)
	case (typ == reflect.TypeFor[SubnetSelector]() || typ == reflect.TypeFor[ReleaseNamespace]()) && n.Kind == yaml.ScalarNode:
		return t.text(n)
	}
	switch typ.Kind() {
	case reflect.Struct:
		return t.structMapping(n, typ, removable)
	case reflect.Map:
		return t.freeMapping(n, typ, removable)
	case reflect.Slice:
		return t.list(n, typ)
	case reflect.Bool:
		return t.boolean(n)
	case reflect.Int:
		return t.integer(n)
	case reflect.Interface:
		return t.anything(n)
	}
	if typ == reflect.TypeFor[Quantity]() {
		return t.quantity(n)
	}
	return t.text(n)
}

// foreignYAML refuses what YAML has and this file does not: aliases, anchors, tags.
func (t *tree) foreignYAML(n *yaml.Node) bool {
	at := t.places[n]
	switch {
	case n.Kind == yaml.AliasNode:
		t.fault(at, fmt.Sprintf("the alias *%s is not allowed", n.Value),
			"write the value out; what several clusters share belongs under their environment or under defaults")
	case n.Anchor != "":
		t.fault(at, fmt.Sprintf("the anchor &%s is not allowed", n.Anchor),
			"remove it; what several clusters share belongs under their environment or under defaults")
	case n.Style&yaml.TaggedStyle != 0:
		t.fault(at, fmt.Sprintf("the tag %s is not allowed", n.Tag), "remove it; text that looks like a number goes in quotes")
	default:
		return false
	}
	return true
}

// null is allowed where it can remove an inherited value, and must be written out there.
func (t *tree) null(n *yaml.Node, removable bool) bool {
	switch {
	case !removable:
		t.fault(t.places[n], "has no value", "give it a value, or remove the line")
	case n.Value == "":
		t.fault(t.places[n], "has no value", `give it a value, or write "null" without quotes to drop an inherited one`)
	default:
		return true
	}
	return false
}

// structMapping checks a mapping against the fields of a struct.
func (t *tree) structMapping(n *yaml.Node, typ reflect.Type, removable bool) bool {
	fields := fieldsOf(typ)
	if n.Kind != yaml.MappingNode {
		t.fault(t.places[n], "must be a mapping, not "+kindName(n), mappingHint(fields))
		return false
	}
	t.pairs(n, func(key, value *yaml.Node) bool {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if i < 0 {
			t.unknown(n, key, fields)
			return false
		}
		return t.structure(value, fields[i].typ, removable && !fields[i].required || inheritable(typ, fields[i])) &&
			!t.empty(value, typ, fields[i])
	})
	for _, f := range fields {
		if _, value := find(n, f.name); value == nil && f.required && !t.broken[n][f.name] {
			at := t.places[n]
			at.path = joinKey(at.path, f.name)
			t.fault(at, "is missing", missingHint(typ, f.name))
			t.mark(n, f.name)
		}
	}
	return true
}

// empty reports text without a character, in a field or in its list. Only a taint's value and
// the values of a requirement may be empty.
func (t *tree) empty(n *yaml.Node, typ reflect.Type, f field) bool {
	if typ == reflect.TypeFor[Taint]() && f.name == "value" || typ == reflect.TypeFor[Requirement]() && f.name == "values" {
		return false
	}
	items := []*yaml.Node{n}
	if f.typ == reflect.TypeFor[[]string]() {
		items = n.Content
	} else if f.typ.Kind() != reflect.String {
		return false
	}
	i := slices.IndexFunc(items, func(item *yaml.Node) bool { return item.Value == "" && !isNull(item) })
	if i < 0 {
		return false
	}
	t.fault(t.places[items[i]], "is empty", "give it a value, or remove it")
	return true
}

// inheritable reports whether a field of an environment or a cluster has something below it.
func inheritable(typ reflect.Type, f field) bool {
	return f.setting && (typ == reflect.TypeFor[Environment]() || typ == reflect.TypeFor[Cluster]())
}

// pairs calls keep for every pair of a mapping and takes out the pairs that it refuses,
// and those whose key is not a word or stands there twice.
func (t *tree) pairs(n *yaml.Node, keep func(key, value *yaml.Node) bool) {
	var kept []*yaml.Node
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch line, seen := lines[key.Value]; {
		case key.Kind != yaml.ScalarNode || isNull(key) || key.Value == "":
			t.fault(t.places[key], "the name of a field must be a word, not "+kindName(key), "write \"field: value\"")
		case t.foreignYAML(key):
		case seen:
			t.fault(t.places[key], fmt.Sprintf("%q stands here twice", key.Value),
				fmt.Sprintf("it was first set on line %d; remove one of the two", line))
		default:
			lines[key.Value] = key.Line
			if keep(key, value) {
				kept = append(kept, key, value)
			} else {
				t.mark(n, key.Value)
			}
		}
	}
	n.Content = kept
}

// list checks a list, item by item.
func (t *tree) list(n *yaml.Node, typ reflect.Type) bool {
	if n.Kind != yaml.SequenceNode {
		hint := "begin each item with a dash"
		if n.Kind == yaml.ScalarNode {
			hint = fmt.Sprintf("write [%s]", n.Value)
		}
		t.fault(t.places[n], "must be a list, not "+kindName(n), hint)
		return false
	}
	count := len(n.Content)
	n.Content = slices.DeleteFunc(n.Content, func(item *yaml.Node) bool { return !t.structure(item, typ.Elem(), false) })
	if len(n.Content) < count {
		t.mark(n, "")
	}
	return true
}

// unknown reports a field that does not exist, with the right word where one is near.
func (t *tree) unknown(n, key *yaml.Node, fields []field) {
	names := fieldNames(fields)
	near := diag.Nearest(key.Value, names)
	hint := cmp.Or(hubHint(t.places[n].path, key.Value), foreignHint(key.Value))
	switch {
	case hint != "":
	case emptyBefore(n, key, fields) != "":
		hint = fmt.Sprintf("it belongs under %s; indent it by two spaces", emptyBefore(n, key, fields))
	case near != "":
		hint = fmt.Sprintf("did you mean %q?", near)
		t.mark(n, near)
	case parentOf(fields, key.Value) != "":
		hint = fmt.Sprintf("it belongs under %s", parentOf(fields, key.Value))
	default:
		hint = mappingHint(fields)
		if strings.HasSuffix(t.places[n].path, "components") {
			hint += "; another Helm chart goes under releases, another EKS add-on under addons"
		}
	}
	t.fault(t.places[key], "unknown field", hint)
}

// emptyBefore is the nearest field above key that has no value, if key is one of its own; or "".
func emptyBefore(n, key *yaml.Node, fields []field) string {
	above := ""
	for i := 0; i+1 < len(n.Content) && n.Content[i] != key; i += 2 {
		for _, f := range fields {
			if f.name == n.Content[i].Value && n.Content[i+1].ShortTag() == "!!null" &&
				f.typ.Kind() == reflect.Struct && slices.Contains(fieldNames(fieldsOf(f.typ)), key.Value) {
				above = f.name
			}
		}
	}
	return above
}

// mappingHint lists the fields of a mapping, if they are few.
func mappingHint(fields []field) string {
	if len(fields) > 12 {
		return "clusters.schema.json describes all its fields"
	}
	return "its fields are " + strings.Join(fieldNames(fields), ", ")
}
