package ci

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// The lines around what is ours in a file of people.
const (
	begin = "# begin of what " + Command + " writes"
	end   = "# end of what " + Command + " writes"
)

// block adds a file with our lines in it, under heading if there is one. The rest of the file stays byte for byte. Lines
// that begin with a pattern of people are left out: the last line wins in both kinds of files, and what people say about
// a pattern shall win.
func (m *maker) block(file, heading string, lines []string) {
	there, _ := m.read(file)
	before, after, problem := split(file, there)
	if problem != nil {
		m.problems = append(m.problems, *problem)
		return
	}
	theirs := patterns(before + after)
	lines = slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(theirs, pattern(line)) })
	if len(lines) == 0 {
		m.add(file, before+after)
		return
	}
	if heading != "" {
		lines = append([]string{heading}, lines...)
	}
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += "\n"
	}
	m.add(file, before+begin+"\n"+strings.Join(lines, "\n")+"\n"+end+"\n"+after)
}

// split takes our block out of a file.
func split(file, content string) (before, after string, problem *diag.Problem) {
	before, rest, found := cutLine(content, begin)
	if !found {
		return content, "", nil
	}
	_, after, found = cutLine(rest, end)
	if !found {
		return "", "", &diag.Problem{
			File: file, Line: 1 + strings.Count(before, "\n"), Column: 1,
			Message: "the block that begins here has no end",
			Hint:    "add the line after it: " + end,
		}
	}
	return before, after, nil
}

// cutLine is [strings.Cut] around a whole line, which may end in CRLF.
func cutLine(content, line string) (before, after string, found bool) {
	for at := range strings.Lines(content) {
		if strings.TrimRight(at, "\r\n") == line {
			return before, content[len(before)+len(at):], true
		}
		before += at
	}
	return content, "", false
}

// patterns are those of the lines of a file.
func patterns(content string) []string {
	var list []string
	for line := range strings.Lines(content) {
		list = append(list, pattern(line))
	}
	return list
}

// pattern is the first word of a line.
func pattern(line string) string {
	word, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(line), "\t", " "), " ")
	return word
}
