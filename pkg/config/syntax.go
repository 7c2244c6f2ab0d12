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
	if line := conflict(src); line > 0 {
		p.Line, p.Message, p.Hint = line, "a merge has left both versions in the file", "keep what belongs there of the lines down to >>>>>>>, and remove the three lines with the marks"
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
	case strings.HasPrefix(load.Message, "unknown anchor"):
		if strings.HasSuffix(lineBefore(src, p.Line, p.Column), "*") {
			p.Column--
		}
		p.Message, p.Hint = "YAML takes what begins with * for an alias", "put the text in quotes"
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
	case strings.Contains(load.Message, "did not find expected") && openQuote(src, p.Line) > 0:
		p.Line = openQuote(src, p.Line)
		p.Column = len([]rune(string(lineOf(src, p.Line)[:bytes.LastIndexByte(lineOf(src, p.Line), '"')]))) + 1
		p.Message, p.Hint = "this quote is never closed", "close it on the same line"
	case strings.Contains(load.Message, "did not find expected"):
		p.Message = "this line does not fit the lines above it"
		p.Hint = "fields of one mapping, and the dashes of one list, start in the same column"
	case strings.Contains(load.Message, "could not find expected ':'"):
		p.Message, p.Hint = "a colon is missing", `write "field: value", with a space behind the colon`
		opened(p, load)
	}
	return p
}

// conflict is the line on which git began to write both versions of what it could not merge; 0 if there is none.
func conflict(src []byte) int {
	for i, line := range bytes.Split(src, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("<<<<<<< ")) {
			return i + 1
		}
	}
	return 0
}

// openQuote is the first line down to last with a double quote that the line does not close; 0 if there is none. The parser
// takes the next quote for its end, however far below, and finds fault only there.
func openQuote(src []byte, last int) int {
	for line := 1; line <= last; line++ {
		text, _, _ := bytes.Cut(lineOf(src, line), []byte(" #"))
		if (bytes.Count(text, []byte(`"`))-bytes.Count(text, []byte(`\"`)))%2 == 1 && !bytes.Contains(text, []byte("'")) {
			return line
		}
	}
	return 0
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
