package graph

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// style needs no font, script or file from elsewhere.
const style = "text{font:12px sans-serif;fill:#1f2328}.frame{fill:none;stroke:#8c959f}.box{fill:#f6f8fa;stroke:#57606a}" +
	".label{font-weight:600}.note{fill:#57606a}.arrow{fill:none;stroke:#57606a}"

// svg draws the graph (W3C, Scalable Vector Graphics 1.1).
func (g *Graph) svg() string {
	p := g.arrange()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", p.size.width, p.size.height, p.size.width, p.size.height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", svgText(g.Title), style)
	b.WriteString(`<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", p.size.width, p.size.height)
	p.walk(g.Frames, func(f *Frame) { p.outline(&b, f) })
	for _, a := range g.Arrows {
		from, to := p.boxes[a.From], p.boxes[a.To]
		x1, y1, x2, y2 := from.x+from.width, from.y+from.height/2, to.x-1, to.y+to.height/2
		bend := max(gapX/2, (x2-x1)/2)
		fmt.Fprintf(&b, `<path class="arrow" d="M%d %dC%d %d %d %d %d %d" marker-end="url(#head)"/>`+"\n", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
	}
	p.walk(g.Frames, func(f *Frame) { // over the arrows, so that none crosses a text
		for _, box := range f.Boxes {
			p.draw(&b, box)
		}
	})
	return b.String() + "</svg>\n"
}

// walk calls draw for each frame, then for those in it.
func (p *plan) walk(frames []*Frame, draw func(*Frame)) {
	for _, f := range frames {
		draw(f)
		p.walk(f.Frames, draw)
	}
}

func (p *plan) outline(b *strings.Builder, f *Frame) {
	at := p.frames[f]
	fmt.Fprintf(b, `<rect class="frame" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", at.x, at.y, at.width, at.height)
	fmt.Fprintf(b, `<text class="label" x="%d" y="%d">%s</text>`+"\n", at.x+padding, at.y+15, svgText(f.Label))
}

func (p *plan) draw(b *strings.Builder, box *Box) {
	at := p.boxes[box]
	fmt.Fprintf(b, `<rect class="box" x="%d" y="%d" width="%d" height="%d" rx="4"/>`+"\n", at.x, at.y, at.width, at.height)
	fmt.Fprintf(b, `<text class="label" x="%d" y="%d">%s</text>`+"\n", at.x+padding, at.y+16, svgText(box.Label))
	if box.Note != "" {
		fmt.Fprintf(b, `<text class="note" x="%d" y="%d">%s</text>`+"\n", at.x+padding, at.y+32, svgText(box.Note))
	}
}

func svgText(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
