package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is deeper than any policy: a document nests a value of a condition seven levels deep.
const maxDepth = 16

type kind int

const (
	object kind = iota
	array
	text
	other // a number, true, false or null
)

// A node is a JSON value and the byte where it begins. encoding/json tells no places, and keeps one of two equal
// keys in silence.
type node struct {
	offset  int
	kind    kind
	value   string // of text and other
	members []member
	items   []*node
}

// A member is a key of an object and what it has.
type member struct {
	name   string
	offset int
	value  *node
}

// parser reads nodes from a text.
type parser struct {
	text    string
	decoder *json.Decoder
}

// parse reads a JSON document; where it is none it returns the byte where that shows.
func parse(document string) (root *node, offset int, err error) {
	p := parser{document, json.NewDecoder(strings.NewReader(document))}
	p.decoder.UseNumber()
	if root, err = p.node(0); err != nil {
		return nil, p.next(), err
	}
	end := p.next()
	if _, err := p.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, end, errors.New("there is more text after its end")
	}
	return root, 0, nil
}

// next is the byte where the next token begins.
func (p parser) next() int {
	at := int(p.decoder.InputOffset())
	for at < len(p.text) && strings.IndexByte(" \t\r\n,:", p.text[at]) >= 0 {
		at++
	}
	return min(at, len(p.text))
}

func (p parser) node(depth int) (*node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it is more than %d levels deep", maxDepth)
	}
	n := &node{offset: p.next()}
	token, err := p.decoder.Token()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("it ends too early")
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says which document it is
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return n, p.object(n, depth)
		}
		return n, p.array(n, depth)
	case string:
		n.kind, n.value = text, t
	default:
		n.kind, n.value = other, fmt.Sprint(t)
	}
	return n, nil
}

// object reads the members up to the closing brace.
func (p parser) object(n *node, depth int) error {
	n.kind = object
	for p.decoder.More() {
		key, err := p.node(depth + 1)
		if err != nil {
			return err
		}
		value, err := p.node(depth + 1)
		if err != nil {
			return err
		}
		n.members = append(n.members, member{key.value, key.offset, value})
	}
	return p.close()
}

// array reads the elements up to the closing bracket.
func (p parser) array(n *node, depth int) error {
	n.kind = array
	for p.decoder.More() {
		item, err := p.node(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	return p.close()
}

func (p parser) close() error {
	_, err := p.decoder.Token()
	if errors.Is(err, io.EOF) {
		return errors.New("it ends too early")
	}
	return err //nolint:wrapcheck // the caller says which document it is
}
