// Package edit changes single values of clusters.yaml and leaves every other byte as it is: comments, order, style, line ends.
//
// In: the bytes of a YAML file, a path, a value. Out: the bytes with the change. Whatever the edit did to the text, the
// result is parsed again and must contain the intended change and nothing else; otherwise there is an error and no result.
package edit

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ErrByHand is a change that the text has no simple place for: anchors, several documents, text over several lines.
var ErrByHand = errors.New("this cannot be changed here without touching other lines; change it by hand")

// A Path leads to a value: keys of mappings (string) and indexes of lists (int).
type Path []any

// String is the path as messages write it, such as clusters[0].version.
func (p Path) String() string {
	var b strings.Builder
	for _, step := range p {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		}
	}
	return b.String()
}

// file is what is changed.
type file struct {
	src   []byte
	lines []int // where each line begins
	root  *yaml.Node
}

func parse(src []byte) (*file, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(src, &document); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode || bytes.Contains(src, []byte("\r")) {
		return nil, ErrByHand
	}
	f := &file{src: src, lines: []int{0}, root: document.Content[0]}
	for i, b := range src {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f, nil
}

// offset is the byte of a node's first sign. Columns count runes.
func (f *file) offset(n *yaml.Node) int { return f.at(n.Line, n.Column) }

// at is the end of the text for a place behind it, where YAML sees a value that nobody has written.
func (f *file) at(line, column int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.src)
	}
	begin := f.lines[line-1]
	for range column - 1 {
		_, size := nextRune(f.src[begin:])
		begin += size
	}
	return begin
}

// line is the text of a line without its end.
func (f *file) line(number int) string {
	if number < 1 || number > len(f.lines) {
		return ""
	}
	end := len(f.src)
	if number < len(f.lines) {
		end = f.lines[number] - 1
	}
	return string(f.src[f.lines[number-1]:end])
}

// replaced is the source with the bytes from begin to end replaced.
func (f *file) replaced(begin, end int, text string) []byte {
	return []byte(string(f.src[:begin]) + text + string(f.src[end:]))
}

// confirmed returns the result if it says what the source says, changed by change, and has lost no comment.
func (f *file) confirmed(result []byte, change func(any) any) ([]byte, error) {
	var before, after any
	if err := yaml.Unmarshal(f.src, &before); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if err := yaml.Unmarshal(result, &after); err != nil || !reflect.DeepEqual(change(before), after) {
		return nil, ErrByHand
	}
	return result, nil
}
