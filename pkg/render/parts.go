package render

import (
	"encoding/binary"

	"go.yaml.in/yaml/v4"
)

// mostSpelt is how long a part may be, in bytes, to be looked for among those that were read.
const mostSpelt = 512

// part is a mapping or a list that was read, and whether some text in it has a variable.
type part struct {
	value  any
	dollar bool
}

func newDecoder() *decoder {
	return &decoder{strings: map[string]string{}, parts: map[string]part{}, tokens: map[string]token{}}
}

// part reads a mapping or a list, or takes the one that was read before from the same words. A map takes over 300
// bytes however small it is, and a fleet has hundreds of thousands of them.
func (d *decoder) part(node *yaml.Node) (any, error) {
	var short bool
	if d.spelt, short = spell(d.spelt[:0], node); !short {
		return d.newPart(node)
	}
	if known, ok := d.parts[string(d.spelt)]; ok {
		d.dollar = d.dollar || known.dollar
		return known.value, nil
	}
	spelt, before := string(d.spelt), d.dollar
	d.dollar = false
	value, err := d.newPart(node)
	if err == nil {
		d.parts[spelt] = part{value, d.dollar}
	}
	d.dollar = d.dollar || before
	return value, err
}

func (d *decoder) newPart(node *yaml.Node) (any, error) {
	if node.Kind == yaml.MappingNode {
		return d.mapping(node)
	}
	return d.list(node)
}

// spell appends how a node is written, so that two nodes are spelt alike only if they are read alike. It gives up on
// what is long, and on what is not of the simple form.
func spell(b []byte, node *yaml.Node) ([]byte, bool) {
	if node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 || len(b)+len(node.Value) > mostSpelt {
		return b, false
	}
	switch node.Kind {
	case yaml.ScalarNode:
		mark := byte('p')
		if isQuoted(node) {
			mark = 'q'
		}
		return append(binary.AppendUvarint(append(b, mark), uint64(len(node.Value))), node.Value...), true
	case yaml.MappingNode:
		b = append(b, '{')
	case yaml.SequenceNode:
		b = append(b, '[')
	default:
		return b, false
	}
	for _, inner := range node.Content {
		var short bool
		if b, short = spell(b, inner); !short {
			return b, false
		}
	}
	return append(b, '}'), true
}

// isQuoted reports whether a scalar is a text whatever it says.
func isQuoted(node *yaml.Node) bool {
	return node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}
