package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// parse reads src as exactly one YAML document whose root is a mapping.
// The node is nil when there is a problem.
func parse(file string, src []byte) (*yaml.Node, diag.List) {
	if p, bad := unreadable(src); bad {
		p.File = file
		return nil, diag.List{p}
	}
	root, problem := document(src)
	if problem != nil {
		problem.File = file
		return nil, diag.List{*problem}
	}
	return root, nil
}

// document returns the root mapping of the only document in src, or what is wrong with it.
func document(src []byte) (*yaml.Node, *diag.Problem) {
	loader, err := yaml.NewLoader(bytes.NewReader(src))
	if err != nil {
		return nil, syntax(src, err)
	}
	var first, second yaml.Node
	if err := loader.Load(&first); errors.Is(err, io.EOF) {
		return nil, notMapping(1, 1, "the file is empty")
	} else if err != nil {
		return nil, syntax(src, err)
	}
	if len(first.Content) == 0 {
		return nil, notMapping(1, 1, "the file is empty")
	}
	root := first.Content[0]
	switch {
	case root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null":
		return nil, notMapping(1, 1, "the file is empty")
	case root.Kind != yaml.MappingNode:
		return nil, notMapping(root.Line, root.Column, "the file must be a mapping, not "+kindName(root))
	}
	if err := loader.Load(&second); err == nil {
		return nil, &diag.Problem{
			Line: max(1, second.Line), Column: max(1, second.Column),
			Message: "a second YAML document starts here",
			Hint:    `clusters.yaml is one document; remove the line "---" and put all clusters under clusters`,
		}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntax(src, err)
	}
	return root, nil
}

func notMapping(line, column int, message string) *diag.Problem {
	return &diag.Problem{
		Line: line, Column: column, Message: message,
		Hint: "start with apiVersion: " + APIVersion + " and kind: " + Kind + `; "gen init" writes a file to begin with`,
	}
}

// unreadable finds the first byte that is not UTF-8 or that YAML does not allow, because the
// parser reports those without a place.
func unreadable(src []byte) (diag.Problem, bool) {
	line, column := 1, 1
	for rest := src; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			return diag.Problem{Line: line, Column: column, Message: "the file is not UTF-8 text", Hint: "save it as UTF-8"}, true
		case forbiddenRune(r):
			return diag.Problem{
				Line: line, Column: column,
				Message: fmt.Sprintf("the control character %U is not allowed in YAML", r), Hint: "remove it",
			}, true
		}
		rest = rest[size:]
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return diag.Problem{}, false
}

// forbiddenRune follows the rule c-printable of YAML 1.2, section 5.1. A byte order mark is
// allowed where YAML allows it.
func forbiddenRune(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85, r == 0xfeff:
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
		return true
	}
	return false
}
