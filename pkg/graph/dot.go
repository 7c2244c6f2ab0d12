package graph

import (
	"fmt"
	"strings"
)

// dot writes a graph for Graphviz (Graphviz, "DOT Language"). A subgraph is drawn as a frame if its name begins with cluster.
func (g *Graph) dot() string {
	var b strings.Builder
	fmt.Fprintf(&b, "// made by gen graph\ndigraph %s {\n", dotText(g.Title))
	b.WriteString("  rankdir=LR;\n  fontname=\"sans-serif\";\n  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n")
	frames := 0
	var write func(f *Frame, indent string)
	write = func(f *Frame, indent string) {
		frames++
		fmt.Fprintf(&b, "%ssubgraph cluster_%d {\n%s  label=%s;\n", indent, frames, indent, dotText(f.Label))
		for _, box := range f.Boxes {
			fmt.Fprintf(&b, "%s  %s [label=%s];\n", indent, box.ID, dotText(strings.Join(lines(box, func(s string) string { return s }), "\n")))
		}
		for _, inner := range f.Frames {
			write(inner, indent+"  ")
		}
		b.WriteString(indent + "}\n")
	}
	for _, f := range g.Frames {
		write(f, "  ")
	}
	for _, a := range g.Arrows {
		fmt.Fprintf(&b, "  %s -> %s;\n", a.From.ID, a.To.ID)
	}
	return b.String() + "}\n"
}

// dotText is a quoted string, in which a backslash begins an escape of labels.
func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
