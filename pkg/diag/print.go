package diag

import (
	"fmt"
	"io"
	"strings"
)

// Print writes the list to w, each problem as
//
//	file:line:column: path: what is wrong
//	  hint: what to do
//
// with "warning: " before the path of a warning. It returns the first error of w.
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
	if p.Severity == Warning {
		b.WriteString("warning: ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString("\n  hint: " + p.Hint)
	}
	return b.String()
}
