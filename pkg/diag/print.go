package diag

import (
	"fmt"
	"io"
	"strings"
)

// Print writes the list to w, each problem as
//
//	file:line:column: path: what is wrong
//	  | the line of the file
//	  |     ^
//	  hint: what to do
//
// with "warning: " or "note: " before the path of what is no error, and the line where there is a Source. It
// returns the first error of w.
func (l List) Print(w io.Writer) error {
	for _, p := range l {
		if _, err := io.WriteString(w, p.String()+"\n"); err != nil {
			return fmt.Errorf("print problem: %w", err)
		}
	}
	return nil
}

// String is the text of the problem, without a newline at its end.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
		}
		b.WriteString(": ")
	}
	if p.Severity != Error {
		b.WriteString(p.Severity.String() + ": ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	b.WriteString(p.snippet())
	if p.Hint != "" {
		b.WriteString("\n  hint: " + p.Hint)
	}
	return b.String()
}
