// Package graph draws how Flux delivers clusters, and their AWS resources.
//
// In: the tree of manifests that Flux would apply. Out: a [Graph], and that as Mermaid, DOT or SVG. An arrow points to what
// waits: to a stage from the one before, to an object from what it references. The same tree gives the same bytes.
package graph

import (
	"fmt"
	"io"
)

// Graph is boxes in frames, and arrows between boxes.
type Graph struct {
	Title  string
	Frames []*Frame
	Arrows []Arrow
}

// Frame holds boxes, and other frames.
type Frame struct {
	Label string
	// Across puts the frames side by side rather than one below the other.
	Across bool
	Boxes  []*Box
	Frames []*Frame
}

// Box is a stage or an object, in two lines. Its ID is letters and digits.
type Box struct {
	ID, Label, Note string
}

// Arrow leads from one box to another, which waits for it.
type Arrow struct{ From, To *Box }

// Formats are the ways to write a graph.
func Formats() []string { return []string{"mermaid", "dot", "svg"} }

// Write writes the graph in a format, which is one of Formats.
func (g *Graph) Write(out io.Writer, format string) error {
	text := map[string]func() string{"mermaid": g.mermaid, "dot": g.dot, "svg": g.svg}[format]()
	if _, err := io.WriteString(out, text); err != nil {
		return fmt.Errorf("print the graph: %w", err)
	}
	return nil
}
