package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// text checks a scalar that must be text. Without quotes, YAML reads some words as something
// else, and every program a little differently; so those must be quoted.
func (t *tree) text(n *yaml.Node) bool {
	switch {
	case n.Kind != yaml.ScalarNode:
		t.fault(t.places[n], "must be text, not "+kindName(n), "write a single value")
	case readsAs(n) != "":
		t.fault(t.places[n], fmt.Sprintf("%s without quotes reads as %s", n.Value, readsAs(n)), "write "+strconv.Quote(n.Value))
	case strings.ContainsAny(n.Value, "\n\r"):
		t.fault(t.places[n], "must be a single line", "write it on one line")
	default:
		return true
	}
	return false
}

// quantity checks text that may be a plain number as well.
func (t *tree) quantity(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode && wholeNumber(n.Value) {
		return true
	}
	return t.text(n)
}

// boolean takes true and false only; YAML 1.1's yes and on would be text to YAML 1.2.
func (t *tree) boolean(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" && n.Style == 0 {
		return true
	}
	hint := "write true or false, without quotes"
	if n.Kind == yaml.ScalarNode {
		switch strings.ToLower(n.Value) {
		case "yes", "on", "y", "true":
			hint = "write true, without quotes"
		case "no", "off", "n", "false":
			hint = "write false, without quotes"
		}
	}
	t.fault(t.places[n], "must be true or false, not "+kindName(n), hint)
	return false
}

// integer takes decimal whole numbers only: 012 is ten to YAML 1.1 and twelve to people.
func (t *tree) integer(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode && n.Style == 0 && wholeNumber(n.Value) {
		return true
	}
	hint := "write it in digits, such as 3"
	if n.Kind == yaml.ScalarNode && wholeNumber(n.Value) {
		hint = "write " + n.Value + ", without quotes"
	}
	t.fault(t.places[n], "must be a whole number, not "+kindName(n), hint)
	return false
}

func wholeNumber(s string) bool {
	i, err := strconv.ParseInt(s, 10, 32)
	return err == nil && strconv.FormatInt(i, 10) == s
}

// readsAs says what a scalar without quotes is to a YAML 1.1 or 1.2 reader if not text, or "".
func readsAs(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return ""
	}
	words := []string{"yes", "no", "on", "off", "y", "n"}
	switch tag := n.ShortTag(); {
	case tag == "!!null":
		return "nothing"
	case tag == "!!bool" || slices.Contains(words, strings.ToLower(n.Value)):
		return "true or false"
	case tag == "!!timestamp":
		return "a date"
	case tag == "!!merge":
		return "a merge key"
	case tag == "!!int" || tag == "!!float" || sexagesimal(n.Value):
		return "a number"
	}
	return ""
}

// sexagesimal is the form 1:30 that YAML 1.1 reads as ninety.
func sexagesimal(s string) bool {
	first, rest, ok := strings.Cut(s, ":")
	return ok && first != "" && strings.Trim(first, "-+0123456789_") == "" &&
		regexp.MustCompile(`^[0-5]?[0-9](:[0-5]?[0-9])*(\.[0-9_]*)?$`).MatchString(rest)
}
