package render

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// unusual is YAML that this package does not read itself, so that kustomize has the last word on it.
type unusual struct{}

func (unusual) Error() string { return "only kustomize reads it" }

// decoder reads YAML documents in which nothing is open to interpretation: no anchors, tags, nulls or double keys,
// and no plain scalar that YAML 1.1 and 1.2 read differently.
type decoder struct {
	// strings has each text that was read once: keys and most values are the same in many objects.
	strings map[string]string
	// parts has the small mappings and lists that were read, such as tags, which are the same in many objects too.
	parts map[string]part
	// tokens has the scalars that block has read.
	tokens map[string]token
	// spelt is room for how a part is written.
	spelt []byte
	// dollar is set when a text of the document has a variable, ${.
	dollar bool
}

// documents reads all documents of a file as mappings.
func (d *decoder) documents(content []byte) ([]document, error) {
	if all, ok := d.blocks(content); ok {
		return all, nil
	}
	return d.yaml(content)
}

// yaml is documents by the YAML library.
func (d *decoder) yaml(content []byte) ([]document, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil, unusual{}
	}
	var all []document
	for {
		var node yaml.Node
		if err := loader.Load(&node); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil || node.Kind != yaml.DocumentNode || len(node.Content) != 1 {
			return nil, unusual{}
		}
		d.dollar = false
		value, err := d.value(node.Content[0])
		fields, isMap := value.(map[string]any)
		if err != nil || !isMap {
			return nil, unusual{}
		}
		all = append(all, document{fields, d.dollar})
	}
}

// document is one mapping of a file.
type document struct {
	fields map[string]any
	dollar bool
}

// value turns a node into the types of JSON as Kubernetes has them: whole numbers are int64.
func (d *decoder) value(node *yaml.Node) (any, error) {
	if node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 {
		return nil, unusual{}
	}
	switch node.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		return d.part(node)
	case yaml.ScalarNode:
		return d.scalar(node)
	default:
		return nil, unusual{}
	}
}

func (d *decoder) mapping(node *yaml.Node) (any, error) {
	fields := make(map[string]any, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, err := d.scalarText(node.Content[i])
		if err != nil {
			return nil, err
		}
		value, err := d.value(node.Content[i+1])
		if err != nil {
			return nil, err
		}
		if _, twice := fields[key]; twice {
			return nil, unusual{}
		}
		fields[key] = value
	}
	return fields, nil
}

func (d *decoder) list(node *yaml.Node) (any, error) {
	list := make([]any, 0, len(node.Content))
	for _, item := range node.Content {
		value, err := d.value(item)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, nil
}

// scalarText is a scalar that is a text: the key of a mapping.
func (d *decoder) scalarText(node *yaml.Node) (string, error) {
	if node.Kind != yaml.ScalarNode || node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 || node.Value == "<<" {
		return "", unusual{}
	}
	value, err := d.scalar(node)
	text, ok := value.(string)
	if err != nil || !ok {
		return "", unusual{}
	}
	return text, nil
}

func (d *decoder) scalar(node *yaml.Node) (any, error) {
	if isQuoted(node) {
		return d.text(node.Value), nil
	}
	return d.plain(node.Value)
}

// plain is a scalar without quotes.
func (d *decoder) plain(text string) (any, error) {
	switch {
	case text == "true" || text == "false":
		return text == "true", nil
	case isPlainText(text):
		return d.text(text), nil
	default:
		return wholeNumber(text)
	}
}

// text is s, of which there is one copy only.
func (d *decoder) text(s string) string {
	if strings.Contains(s, "${") {
		d.dollar = true
	}
	if known, ok := d.strings[s]; ok {
		return known
	}
	d.strings[s] = s
	return s
}

// wholeNumber reads a decimal number that has one reading only: 0123 and 0x12 have two.
func wholeNumber(text string) (any, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != text || len(text) > 15 {
		return nil, unusual{}
	}
	return n, nil
}

// isPlainText reports whether a scalar without quotes is a text in every version of YAML. It says no to some that are.
func isPlainText(text string) bool {
	if text == "" || isWord(text) {
		return false
	}
	first := text[0]
	switch {
	case first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first == '/' || first == '(':
		return true
	case strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") || strings.HasPrefix(text, "--") || strings.HasPrefix(text, "${") || strings.HasPrefix(text, ".status."):
		return true // paths, flags and variables; .5, .inf and -1 are numbers
	case first >= '0' && first <= '9':
		return isDotted(text) || strings.ContainsAny(text, "/ghijklmnpqrsuvwyzGHIJKLMNPQRSUVWYZ%") && !strings.ContainsAny(text, ":")
	default:
		return false
	}
}

// isDotted reports whether a text is digits with two dots or more: a version or an address.
func isDotted(text string) bool {
	return strings.Count(text, ".") > 1 && strings.Trim(text, "0123456789.") == ""
}

// isWord reports whether a text is a truth value or nothing in some version of YAML.
func isWord(text string) bool {
	switch strings.ToLower(text) {
	case "y", "yes", "n", "no", "on", "off", "true", "false", "null":
		return true
	default:
		return false
	}
}
