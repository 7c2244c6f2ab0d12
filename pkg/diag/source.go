package diag

import (
	"bytes"
	"strings"
	"unicode"
)

// Quote returns the problem with the line of its file as Source. content is the whole file; a problem without a
// line, or with one that the file does not have, stays as it is.
func (p Problem) Quote(content []byte) Problem {
	if p.Line < 1 {
		return p
	}
	for range p.Line - 1 {
		_, rest, ok := bytes.Cut(content, []byte("\n"))
		if !ok {
			return p
		}
		content = rest
	}
	line, _, _ := bytes.Cut(content, []byte("\n"))
	p.Source = string(line)
	return p
}

// Quote returns the list with the source of every problem in file.
func (l List) Quote(file string, content []byte) List {
	quoted := make(List, len(l))
	for i, p := range l {
		if p.File == file {
			p = p.Quote(content)
		}
		quoted[i] = p
	}
	return quoted
}

// Of a long line, such as a policy document, only the part around the column is shown: up to before characters
// in front of it, and width in all.
const (
	width  = 100
	before = 60
)

// snippet is the source with a mark below the column, each line with a line break before it.
func (p Problem) snippet() string {
	line := []rune(strings.TrimRightFunc(p.Source, unicode.IsSpace))
	if len(line) == 0 {
		return ""
	}
	at := min(max(p.Column-1, 0), len(line))
	start, end := 0, len(line)
	if end > width {
		start = max(0, min(at-before, end-width))
		end = start + width
	}
	text := "\n  | " + visible(line, start, end) + "\n  | "
	return text + strings.Repeat(" ", at-start+len(cut(start))) + "^"
}

// visible is a part of a line in which each character takes one place: tabs would move the mark, and other
// control characters the terminal.
func visible(line []rune, start, end int) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return unicode.ReplacementChar
		}
		return r
	}, string(line[start:end]))
	return cut(start) + text + cut(len(line)-end)
}

// cut stands for n characters that are left out.
func cut(n int) string {
	if n == 0 {
		return ""
	}
	return "..."
}
