package config

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// syntax turns an error of the YAML parser into a problem in our words.
func syntax(src []byte, err error) *diag.Problem {
	p := &diag.Problem{Line: 1, Column: 1, Message: "not valid YAML: " + err.Error(), Hint: "check the indentation and the quotes here"}
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return p
	}
	if load.Mark.Line > 0 {
		p.Line, p.Column = load.Mark.Line, max(1, load.Mark.Column)
	}
	p.Message = "not valid YAML: " + load.Message
	switch at := runeAt(src, p.Line, p.Column); {
	case strings.Contains(load.Message, "cannot start any token") && at == '\t',
		strings.Contains(load.Message, "found a tab"):
		p.Message, p.Hint = "a tab is used for indentation", "YAML allows only spaces there; use two for each level"
	case strings.Contains(load.Message, "cannot start any token"):
		p.Message = "text cannot start with " + string(at)
		p.Hint = "put the text in quotes"
	case strings.Contains(load.Message, "mapping values are not allowed") && !strings.Contains(lineBefore(src, p.Line, p.Column), ":"):
		p.Message = "this field stands inside the text of the line above"
		p.Hint = `the line above lacks a colon, or this one is indented too far`
	case strings.Contains(load.Message, "mapping values are not allowed"):
		p.Message = "a second colon on this line"
		p.Hint = `put text that contains ": " in quotes, or start a new line`
	case strings.Contains(load.ContextMsg, "quoted scalar"):
		p.Message, p.Hint = "this quote is never closed", "close it on the same line"
		opened(p, load)
	case strings.Contains(load.ContextMsg, "flow sequence"):
		p.Message, p.Hint = `this "[" is never closed, or a comma is missing behind it`, "write [a, b, c]"
		opened(p, load)
	case strings.Contains(load.ContextMsg, "flow mapping"):
		p.Message, p.Hint = `this "{" is never closed, or a comma is missing behind it`, "write {a: 1, b: 2}"
		opened(p, load)
	case strings.Contains(load.Message, "did not find expected"):
		p.Message = "this line does not fit the lines above it"
		p.Hint = "fields of one mapping, and the dashes of one list, start in the same column"
	case strings.Contains(load.Message, "could not find expected ':'"):
		p.Message, p.Hint = "a colon is missing", `write "field: value", with a space behind the colon`
	}
	return p
}

// opened moves the problem to where the construct begins: that is where the user must look,
// while the parser only notices at the end of the file.
func opened(p *diag.Problem, load *yaml.LoadError) {
	if load.ContextMark.Line > 0 {
		p.Line, p.Column = load.ContextMark.Line, max(1, load.ContextMark.Column)
	}
}

// runeAt is the character at a place, or 0.
func runeAt(src []byte, line, column int) rune {
	before := len(lineBefore(src, line, column))
	r, size := utf8.DecodeRune(lineOf(src, line)[before:])
	if size == 0 {
		return 0
	}
	return r
}

// lineBefore is the text of a line before a column.
func lineBefore(src []byte, line, column int) string {
	text := lineOf(src, line)
	rest := text
	for range column - 1 {
		_, size := utf8.DecodeRune(rest)
		rest = rest[size:]
	}
	return string(text[:len(text)-len(rest)])
}

func lineOf(src []byte, line int) []byte {
	lines := bytes.Split(src, []byte("\n"))
	if line > len(lines) {
		return nil
	}
	return lines[line-1]
}
