package graph

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// The sizes of a drawing, in pixels. A letter is as wide as most are in a sans-serif of the size used.
const (
	letter    = 7
	boxHeight = 40
	gapX      = 36
	gapY      = 12
	padding   = 12
	heading   = 22
)

// area is where something stands.
type area struct{ x, y, width, height int }

// plan is where everything stands.
type plan struct {
	boxes  map[*Box]area
	frames map[*Frame]area
	before map[*Box][]*Box
	size   area
}

// arrange places frames one below the other.
func (g *Graph) arrange() *plan {
	p := &plan{boxes: map[*Box]area{}, frames: map[*Frame]area{}, before: map[*Box][]*Box{}}
	for _, a := range g.Arrows {
		p.before[a.To] = append(p.before[a.To], a.From)
	}
	y := padding
	for _, f := range g.Frames {
		at := p.frame(f, padding, y)
		y += at.height + gapY
		p.size.width = max(p.size.width, at.width+2*padding)
	}
	p.size.height = y - gapY + padding
	return p
}

// frame places a frame and what is in it: its boxes, and behind them its frames, below or beside each other.
func (p *plan) frame(f *Frame, x, y int) area {
	left, top := x+padding, y+heading
	boxes := p.columns(f.Boxes, left, top)
	right, bottom := left+boxes.width, top+boxes.height
	start := left
	if len(f.Boxes) > 0 {
		start = right + gapX
	}
	nextX, nextY := start, top
	for _, child := range f.Frames {
		at := p.frame(child, nextX, nextY)
		right, bottom = max(right, at.x+at.width), max(bottom, at.y+at.height)
		if f.Across {
			nextX = right + gapX
		} else {
			nextY = bottom + gapY
		}
	}
	at := area{x, y, max(right-left, wide(f.Label)) + 2*padding, bottom - y + padding}
	p.frames[f] = at
	return at
}

// wide is how wide a text is.
func wide(text string) int { return utf8.RuneCountInString(text) * letter }

// columns places boxes, each in the column behind all of them that it waits for. In a column they stand in the order of what
// they wait for, so that few arrows cross.
func (p *plan) columns(boxes []*Box, x, y int) area {
	column := p.depth(boxes)
	size := area{x: x, y: y}
	for c := 0; len(boxes) > 0 && c <= slices.Max(values(column)); c++ {
		var here []*Box
		width := 0
		for _, b := range boxes {
			if column[b] == c {
				here = append(here, b)
				width = max(width, wide(b.Label), wide(b.Note))
			}
		}
		slices.SortStableFunc(here, func(a, b *Box) int { return cmp.Compare(p.middle(a), p.middle(b)) })
		width += 2 * padding
		for i, b := range here {
			p.boxes[b] = area{x + size.width, y + i*(boxHeight+gapY), width, boxHeight}
		}
		size.height = max(size.height, len(here)*(boxHeight+gapY)-gapY)
		size.width += width + gapX
	}
	size.width = max(0, size.width-gapX)
	return size
}

func values(m map[*Box]int) []int {
	var list []int
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// depth is the column of each box. A circle, which neither Flux nor ACK can deliver, ends.
func (p *plan) depth(boxes []*Box) map[*Box]int {
	column := map[*Box]int{}
	for _, b := range boxes {
		column[b] = 0
	}
	for range boxes {
		for _, b := range boxes {
			for _, from := range p.before[b] {
				if c, here := column[from]; here {
					column[b] = min(len(boxes)-1, max(column[b], c+1))
				}
			}
		}
	}
	return column
}

// middle is the mean height of what a box waits for; what waits for nothing keeps its place at the top.
func (p *plan) middle(b *Box) int {
	sum, n := 0, 0
	for _, from := range p.before[b] {
		if at, ok := p.boxes[from]; ok {
			sum, n = sum+at.y, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}
