package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// freeMapping checks a mapping whose keys the user chooses.
func (t *tree) freeMapping(n *yaml.Node, typ reflect.Type, removable bool) bool {
	if n.Kind != yaml.MappingNode {
		t.fault(t.places[n], "must be a mapping, not "+kindName(n), `write "name: value" below it`)
		return false
	}
	t.pairs(n, func(key, value *yaml.Node) bool {
		return t.key(key) && t.structure(value, typ.Elem(), removable || typ.Elem().Kind() == reflect.Interface)
	})
	return true
}

// key checks a key that the user chooses. Words such as "on" are left alone: a key is always text.
func (t *tree) key(n *yaml.Node) bool {
	reads := readsAs(n)
	if reads == "" || slices.Contains([]string{"y", "n", "on", "off", "yes", "no"}, strings.ToLower(n.Value)) {
		return true
	}
	t.fault(t.places[n], fmt.Sprintf("%s without quotes reads as %s", n.Value, reads), "write "+strconv.Quote(n.Value))
	return false
}

// anything checks a value of free mappings such as the values of a chart: what YAML 1.1 and
// 1.2 read differently is refused, because Helm reads 1.1, and so is what JSON does not know.
func (t *tree) anything(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.MappingNode:
		return t.freeMapping(n, reflect.TypeFor[map[string]any](), true)
	case yaml.SequenceNode:
		return t.list(n, reflect.TypeFor[[]any]())
	}
	if unsafeScalar(n) {
		t.fault(t.places[n], fmt.Sprintf("%s without quotes is read as %s by some and not by others", n.Value, readsAs(n)), freeHint(n))
		return false
	}
	return true
}

// unsafeScalar reports whether readers of YAML disagree about a scalar without quotes.
func unsafeScalar(n *yaml.Node) bool {
	switch reads := readsAs(n); reads {
	case "true or false":
		return n.Value != "true" && n.Value != "false"
	case "a number":
		_, err := strconv.ParseFloat(n.Value, 64)
		digits := strings.TrimLeft(n.Value, "-")
		octal := len(digits) > 1 && digits[0] == '0' && digits[1] != '.'
		return err != nil || octal || strings.ContainsAny(n.Value, "_+nNxX") || tooLong(digits)
	default:
		return reads == "a date" || reads == "a merge key"
	}
}

// tooLong reports whether a whole number would lose digits as a JSON number.
func tooLong(digits string) bool {
	_, err := strconv.ParseInt(digits, 10, 54)
	return err != nil && !strings.ContainsAny(digits, ".eE")
}

func freeHint(n *yaml.Node) string {
	switch strings.ToLower(n.Value) {
	case "yes", "on", "y", "true":
		return fmt.Sprintf("write true, or %q for the text", n.Value)
	case "no", "off", "n", "false":
		return fmt.Sprintf("write false, or %q for the text", n.Value)
	}
	return "write " + strconv.Quote(n.Value)
}
