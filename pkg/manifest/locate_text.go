package manifest

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// ProblemIn is a fault inside of the text that a field has. Where the file has the text as a block, line by line, the
// problem has the line and column of the byte at offset, else those of the beginning of the text.
func (t *Tree) ProblemIn(o *Object, field, text string, offset int, message, hint string) diag.Problem {
	p := o.Problem(field, message, hint)
	at := o.Build.locate(o, KeysOf(field))
	value := at.value
	if value == nil || value.Kind != yaml.ScalarNode {
		return p
	}
	if value.Style&yaml.LiteralStyle == 0 {
		p.Line, p.Column = value.Line+at.of.line, value.Column+at.of.column
		return p
	}
	line, column := position(text, value.Value, offset)
	block := *value
	block.Line += at.of.line
	start, indent := t.Files.inside(at.File, &block)
	p.Line, p.Column = start+line, indent+column
	return p
}

// position is the line and column, from 1, of a byte of a text in the text as it is written in the file. The two
// differ where Flux has put in variables; such a line counts from its first character that is not blank.
func position(text, written string, offset int) (line, column int) {
	before := text[:min(offset, len(text))]
	line = strings.Count(before, "\n")
	start := strings.LastIndexByte(before, '\n') + 1
	column = utf8.RuneCountInString(before[start:])
	whole, _, _ := strings.Cut(text[start:], "\n")
	lines := strings.Split(written, "\n")
	if line < len(lines) && lines[line] != whole {
		column = len(lines[line]) - len(strings.TrimLeft(lines[line], " \t"))
	}
	return line + 1, column + 1
}
