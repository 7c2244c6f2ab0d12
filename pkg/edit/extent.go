package edit

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

func nextRune(b []byte) (rune, int) { return utf8.DecodeRune(b) }

// extent is where a scalar or a collection in brackets begins and ends; ok is false for what goes over several lines or has
// an anchor or a tag.
func (f *file) extent(n *yaml.Node) (begin, end int, ok bool) {
	begin = f.offset(n)
	flow := n.Kind != yaml.ScalarNode
	if n.Anchor != "" || n.Alias != nil || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) != 0 || begin >= len(f.src) {
		return 0, 0, false
	}
	switch first := f.src[begin]; {
	case flow && first != '{' && first != '[':
		return 0, 0, false
	case flow:
		end = f.closing(begin)
	case first == '"' || first == '\'':
		end = f.endOfQuoted(begin)
	default:
		end = begin + len(n.Value)
		ok := end <= len(f.src) && string(f.src[begin:end]) == n.Value
		return begin, end, ok
	}
	return begin, end, end > begin
}

// endOfQuoted is behind the closing quote, or -1.
func (f *file) endOfQuoted(begin int) int {
	quote := f.src[begin]
	for i := begin + 1; i < len(f.src); i++ {
		switch {
		case f.src[i] == '\\' && quote == '"':
			i++
		case f.src[i] == quote && quote == '\'' && i+1 < len(f.src) && f.src[i+1] == quote:
			i++
		case f.src[i] == quote:
			return i + 1
		}
	}
	return -1
}

// closing is behind the bracket that closes the one at begin, or -1. Quotes and comments hide brackets.
func (f *file) closing(begin int) int {
	depth := 0
	for i := begin; i < len(f.src); i++ {
		switch c := f.src[i]; {
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case (c == '"' || c == '\'') && strings.ContainsRune(" ,:[{\n", rune(f.src[i-1])):
			if i = f.endOfQuoted(i) - 1; i < 0 {
				return -1
			}
		case c == '#' && (f.src[i-1] == ' ' || f.src[i-1] == '\n'):
			for i < len(f.src) && f.src[i] != '\n' {
				i++
			}
		}
	}
	return -1
}

// lastLine is the last line of the block that begins on a line at a column (from 0): what follows, indented deeper. items says
// that the block is a mapping's list, whose dashes may stand in the column of its key. Comments and blank lines behind it
// do not belong to it, unless they are the text of a literal.
func (f *file) lastLine(first, column int, items bool, n *yaml.Node) int {
	last := first
	literal := endsInText(n)
	for number := first + 1; number <= len(f.lines); number++ {
		text := f.line(number)
		trimmed := strings.TrimLeft(text, " ")
		indent := len(text) - len(trimmed)
		switch {
		case trimmed == "":
			continue
		case items && indent == column && strings.HasPrefix(trimmed, "-"):
		case indent <= column:
			if strings.HasPrefix(trimmed, "#") {
				continue
			}
			return last
		case strings.HasPrefix(trimmed, "#") && !literal:
			continue
		}
		last = number
	}
	return last
}

// endsInText reports whether the last value below n is a text over several lines.
func endsInText(n *yaml.Node) bool {
	for n != nil && len(n.Content) > 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n != nil && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}
