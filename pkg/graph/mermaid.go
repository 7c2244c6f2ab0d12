package graph

import (
	"fmt"
	"strings"
)

// MermaidArrows is how many arrows Mermaid draws unless its configuration says otherwise (Mermaid, configuration: maxEdges).
const MermaidArrows = 500

// mermaid writes a flowchart (Mermaid, "Flowcharts - Basic Syntax").
func (g *Graph) mermaid() string {
	var b strings.Builder
	b.WriteString("%% " + g.Title + "; made by gen graph\nflowchart LR\n")
	frames := 0
	var write func(f *Frame, indent string)
	write = func(f *Frame, indent string) {
		frames++
		fmt.Fprintf(&b, "%ssubgraph f%d[\"%s\"]\n", indent, frames, mermaidText(f.Label))
		for _, box := range f.Boxes {
			fmt.Fprintf(&b, "%s  %s[\"%s\"]\n", indent, box.ID, strings.Join(lines(box, mermaidText), "<br/>"))
		}
		for _, inner := range f.Frames {
			write(inner, indent+"  ")
		}
		b.WriteString(indent + "end\n")
	}
	for _, f := range g.Frames {
		write(f, "  ")
	}
	for _, a := range g.Arrows {
		fmt.Fprintf(&b, "  %s --> %s\n", a.From.ID, a.To.ID)
	}
	return b.String()
}

// mermaidText is text in quotes. What could end it, begin HTML or be an entity is written as one (Mermaid, "Entity codes to escape characters").
func mermaidText(text string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;", "\\", "#92;").Replace(text)
}

// lines are those of a box that are not empty.
func lines(b *Box, escape func(string) string) []string {
	text := []string{escape(b.Label)}
	if b.Note != "" {
		text = append(text, escape(b.Note))
	}
	return text
}
