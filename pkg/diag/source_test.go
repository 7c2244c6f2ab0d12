package diag

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	content := []byte("a: 1\r\n\tb: [x]\n\nlast")
	for line, want := range map[int]string{
		0: "", 1: "a: 1\r", 2: "\tb: [x]", 3: "", 4: "last", 5: "", -1: "",
	} {
		if got := (Problem{Line: line}).Quote(content).Source; got != want {
			t.Errorf("line %d is %q, want %q", line, got, want)
		}
	}
	list := List{{File: "a", Line: 1}, {File: "b", Line: 1}}
	quoted := list.Quote("b", content)
	if quoted[0].Source != "" || quoted[1].Source != "a: 1\r" || list[1].Source != "" {
		t.Errorf("only problems of the file are quoted, in a new list: %v", quoted)
	}
}

// TestSnippet: the mark stands below the column, whatever the line is like.
func TestSnippet(t *testing.T) {
	long := strings.Repeat("x", 80) + "!" + strings.Repeat("y", 80)
	for name, c := range map[string]struct {
		source string
		column int
		want   string
	}{
		"nothing":       {"  ", 1, ""},
		"first":         {"a: 1", 1, "  | a: 1\n  | ^"},
		"in it":         {"  a: 1\r", 6, "  |   a: 1\n  |      ^"},
		"tab":           {"\ta: 1", 2, "  |  a: 1\n  |  ^"},
		"wide alphabet": {"é: ü", 4, "  | é: ü\n  |    ^"},
		"no column":     {"a: 1", 0, "  | a: 1\n  | ^"},
		"behind it":     {"a: 1", 99, "  | a: 1\n  |     ^"},
		"no terminal":   {"a: \x1b[31m", 4, "  | a: \ufffd[31m\n  |    ^"},
		"other way":     {"a: \u202eb", 1, "  | a: \ufffdb\n  | ^"},
		"long, middle":  {long, 81, "  | ..." + long[20:120] + "...\n  | " + strings.Repeat(" ", 63) + "^"},
		"long, begin":   {long, 2, "  | " + long[:100] + "...\n  |  ^"},
		"long, end":     {long, 161, "  | ..." + long[61:] + "\n  | " + strings.Repeat(" ", 102) + "^"},
	} {
		p := Problem{Message: "m", Hint: "h", Source: c.source, Column: c.column}
		want := strings.TrimSuffix("m\n"+c.want, "\n") + "\n  hint: h"
		if got := p.String(); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestSeverity(t *testing.T) {
	for severity, want := range map[Severity]string{Error: "m", Warning: "warning: m", Note: "note: m"} {
		if got := (Problem{Message: "m", Severity: severity}).String(); got != want {
			t.Errorf("%s: %s", severity, got)
		}
	}
	if (List{{Severity: Note}}).HasErrors() {
		t.Error("a note is no error")
	}
	mixed := List{{Severity: Note}, {Cluster: "b"}, {Severity: Warning}, {Cluster: "a"}, {Cluster: "a"}}.Sort()
	if len(mixed) != 4 || mixed[0].Cluster != "a" || mixed[1].Cluster != "b" || mixed[2].Severity != Warning {
		t.Errorf("the order is not that of severity and cluster: %v", mixed)
	}
}
