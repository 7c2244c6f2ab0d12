package verify

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// fleetFile is clusters.yaml as far as comments to gen need it: YAML parsers say what a comment belongs to, but not
// on which line it is.
type fleetFile struct {
	lines []string
	// root is the document, or nil if it cannot be read.
	root *yaml.Node
	// scalars are all its texts in one.
	scalars string
	// entries are the clusters in the order of the file. They lie between the lines first and end. A comment on a line
	// of its own belongs to the entry below it, unless it is further in than column.
	entries            []entry
	first, end, column int
}

// entry is a cluster and the line on which it begins.
type entry struct {
	name string
	line int
}

// A comment is one that speaks to gen: # gen:VERB REST.
type comment struct {
	line, column int
	// alone is set when nothing but the comment is on its line.
	alone      bool
	verb, rest string
}

// readFleetFile finds the clusters of the file.
func readFleetFile(content []byte) fleetFile {
	f := fleetFile{lines: strings.Split(string(content), "\n"), end: math.MaxInt}
	if !strings.Contains(string(content), "gen:") {
		return f
	}
	nodes := manifest.Parse(content)
	if len(nodes) == 0 {
		return f
	}
	f.root, f.scalars = nodes[0], scalarsOf(nodes[0])
	for i := 0; i+1 < len(f.root.Content) && f.root.Kind == yaml.MappingNode; i += 2 {
		key, list := f.root.Content[i], f.root.Content[i+1]
		switch {
		case f.first > 0:
			f.end = min(f.end, key.Line)
		case key.Value == "clusters" && len(list.Content) > 0:
			f.first, f.column = key.Line, list.Column
			if list.Style&yaml.FlowStyle != 0 {
				f.column = list.Content[0].Column
			}
			for _, item := range list.Content {
				f.entries = append(f.entries, entry{manifest.Scalar(item, "name"), item.Line})
			}
		}
	}
	return f
}

// scalarsOf is every text of a document.
func scalarsOf(node *yaml.Node) string {
	var b strings.Builder
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		b.WriteString(n.Value + "\x00")
		for _, inner := range n.Content {
			visit(inner)
		}
	}
	visit(node)
	return b.String()
}

// comments are those that speak to gen, and those that were meant to.
func (f fleetFile) comments() []comment {
	pattern := regexp.MustCompile(`^#\s*gen:(\S+)(?:\s(.*))?$`)
	var found []comment
	for i, line := range f.lines {
		if !strings.Contains(line, "gen:") {
			continue
		}
		at := f.commentIn(i)
		if at < 0 {
			continue
		}
		match := pattern.FindStringSubmatch(strings.TrimRight(line[at:], " \t\r"))
		if match == nil || !strings.HasPrefix(match[1], "allow") && diag.Nearest(match[1], []string{"allow"}) == "" {
			continue // gen: may well be a word of the user's
		}
		found = append(found, comment{
			line: i + 1, column: utf8.RuneCountInString(line[:at]) + 1, alone: strings.TrimSpace(line[:at]) == "",
			verb: match[1], rest: match[2],
		})
	}
	return found
}

// commentIn is where in a line its comment begins, or -1.
func (f fleetFile) commentIn(line int) int {
	marks := regexp.MustCompile(`(?:^|[ \t])#`).FindAllStringIndex(f.lines[line], -1)
	for _, mark := range marks {
		at := mark[1] - 1
		if len(marks) == 1 && !strings.Contains(f.scalars, "gen:") || f.root == nil || f.isComment(line, at) {
			return at
		}
	}
	return -1
}

// isComment reports whether a # begins a comment: without it and what follows, the file says the same. In the values
// of a chart, for one, it is part of a text.
func (f fleetFile) isComment(line, at int) bool {
	whole := f.lines[line]
	defer func() { f.lines[line] = whole }()
	f.lines[line] = whole[:at]
	nodes := manifest.Parse([]byte(strings.Join(f.lines, "\n")))
	return len(nodes) > 0 && scalarsOf(nodes[0]) == f.scalars
}

// clusterAt is the name of the cluster that a comment is in or above, or empty.
func (f fleetFile) clusterAt(c comment) string {
	if c.line < f.first || c.line >= f.end {
		return ""
	}
	in, below := -1, -1
	for i, e := range f.entries {
		if e.line <= c.line {
			in = i
		} else if below < 0 {
			below = i
		}
	}
	if c.alone && (c.column <= f.column || in < 0) {
		in = below
	}
	if in < 0 || in > 0 && f.entries[in-1].line == f.entries[in].line {
		return "" // there is none, or there are several on the line
	}
	return f.entries[in].name
}
