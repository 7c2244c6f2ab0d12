package report

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/resource"
)

// objectLines compares an object with itself, line by line in canonical YAML. Every line of both is there, each after a
// blank, a minus or a plus sign. One of the two may be nil. An object that YAML cannot hold has no lines.
func objectLines(before, after map[string]any) []string {
	old, ok := objectText(before)
	now, also := objectText(after)
	if !ok || !also {
		return nil
	}
	return lineChanges(old, now, strings.Count(old, "\n"))
}

func objectText(object map[string]any) (string, bool) {
	if object == nil {
		return "", true
	}
	text, err := resource.EncodeTree(object)
	return string(text), err == nil
}

// fieldsLines are fields that differ, as [objectLines] shows an object: a line for each, and the lines of values that have
// several below it.
func fieldsLines(fields []change.Field) []string {
	var lines []string
	for _, f := range fields {
		if f.Order {
			lines = append(lines, " "+f.Path+": another order")
			continue
		}
		lines = append(lines, valueLines("-", f.Path, f.Before)...)
		lines = append(lines, valueLines("+", f.Path, f.After)...)
	}
	return lines
}

// valueLines are a value as YAML behind its path.
func valueLines(mark, path string, value any) []string {
	if value == nil {
		return nil
	}
	text, ok := objectText(map[string]any{"": value})
	if !ok {
		return []string{mark + path + ": " + change.Value(value)}
	}
	_, text, _ = strings.Cut(text, ":") // the empty key
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	lines[0] = path + ":" + lines[0]
	for i, line := range lines {
		lines[i] = mark + line
	}
	return lines
}

// lineDiff compares texts of several lines line by line, with a mark in front of each; nil for all other values.
func lineDiff(f change.Field) []string {
	before, isText := f.Before.(string)
	after, alsoText := f.After.(string)
	if !isText || !alsoText || !strings.Contains(before+after, "\n") {
		return nil
	}
	lines := lineChanges(withBreak(before), withBreak(after), 3)
	others := counterparts(lines)
	for i, line := range lines {
		text, _ := change.CutPair(line[1:], others[i])
		lines[i] = line[:1] + " " + text
	}
	return lines
}

// counterparts are, for each line that goes, the one that comes in its place, and the other way round; empty for others.
func counterparts(lines []string) []string {
	others := make([]string, len(lines))
	var gone []int
	for i, line := range lines {
		switch {
		case line[0] == ' ':
			gone = nil
		case line[0] == '-':
			gone = append(gone, i)
		case len(gone) > 0:
			others[i], others[gone[0]] = lines[gone[0]][1:], line[1:]
			gone = gone[1:]
		}
	}
	return others
}

// withBreak ends a text with a line break: whether there is one makes no line of its own.
func withBreak(s string) string { return strings.TrimSuffix(s, "\n") + "\n" }

// lineChanges compares two texts line by line, with a mark in front of each line and as many lines as context around
// what differs.
func lineChanges(before, after string, context int) []string {
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), context)
	if err != nil {
		return nil
	}
	marks := map[udiff.OpKind]string{udiff.Delete: "-", udiff.Insert: "+", udiff.Equal: " "}
	var lines []string
	for _, hunk := range unified.Hunks {
		for _, line := range hunk.Lines {
			lines = append(lines, marks[line.Kind]+strings.TrimSuffix(line.Content, "\n"))
		}
	}
	return lines
}
