// Package report writes a comparison for people and for programs.
//
// In: a [change.Report]. Out: text for a terminal, markdown for a pull request, JSON, or a page for a browser.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// Text writes a report for people at a terminal. colour reports whether it may use ANSI colours.
func Text(w io.Writer, r *change.Report, colour bool) error {
	t := text{colour: colour}
	t.summary(r)
	t.causes(r)
	t.dangers(r)
	for _, s := range r.Sections {
		t.section(s)
	}
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	return nil
}

// text builds the text of a report.
type text struct {
	b      strings.Builder
	colour bool
}

// escape begins what changes colours.
const escape = "\x1b["

// String is the text, in which the only thing that a terminal obeys is a change of colours.
func (t *text) String() string {
	parts := strings.Split(t.b.String(), escape)
	for i, part := range parts {
		code, _, ends := strings.Cut(part, "m")
		isColour := t.colour && ends && slices.Contains([]string{red, green, yellow, bold, plain}, code)
		if part = visible(part); i > 0 && isColour {
			part = escape + part
		} else if i > 0 {
			part = visible(escape) + part
		}
		parts[i] = part
	}
	return strings.Join(parts, "")
}

func (t *text) line(format string, args ...any) { fmt.Fprintf(&t.b, format+"\n", args...) }

// summary is what changes, in a line for each scope, or for all clusters of an environment where there are many.
func (t *text) summary(r *change.Report) {
	if r.Empty() {
		t.line("%s", headline(r))
		if hint := forgotten(r); hint != "" {
			t.line("  hint: %s", hint)
		}
		if words := reconciledText(r); words != "" {
			t.line("%s", words)
		}
		return
	}
	t.line("%s", t.bold(headline(r)))
	for _, n := range condensed(r.Summary) {
		t.line("  %s: %s", n.label, t.outcomes(n.Count))
	}
	for _, p := range r.Problems {
		t.line("%s", t.paint(red, "not compared: "+p.Side+": "+strings.ReplaceAll(p.Message, "\n", "\n  ")))
	}
	if r.Hub != nil {
		t.line("%s", r.Hub)
	}
	if words := reconciledText(r); words != "" {
		t.line("%s", words)
	}
	if r.Cost != nil {
		t.line("%s", costText(r.Cost))
	}
}

// outcomes counts what happens, the worst first.
func (t *text) outcomes(n change.Count) string {
	var parts []string
	for _, o := range change.Outcomes() {
		if n.Outcomes[o] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.Outcomes[o], t.outcome(o)))
		}
	}
	return strings.Join(parts, ", ")
}

// causes are the lines that people wrote.
func (t *text) causes(r *change.Report) {
	if len(r.Causes) == 0 {
		return
	}
	t.line("\n%s", t.bold("Cause"))
	for _, c := range r.Causes {
		t.line("  %s\n      %s", causeText(c), effect(c.Scopes))
	}
}

// dangers are what must not be missed.
func (t *text) dangers(r *change.Report) {
	if len(r.Dangers) == 0 {
		return
	}
	t.line("\n%s", t.bold("Dangers"))
	for _, d := range r.Dangers {
		t.line("  %s  %s: %s", t.paint(red, d.Rule), scopesText(d.Scopes), d.Message)
		if where := dangerPlace(d); where != "" {
			t.line("      %s", where)
		}
	}
}

// section is the changes of one cluster or of several.
func (t *text) section(s change.Section) {
	t.line("\n%s", t.bold(scopesText(s.Scopes)))
	for i := range s.Changes {
		t.change(&s.Changes[i])
	}
}

func (t *text) change(c *change.Change) {
	t.line("  %s %s%s", t.outcome(c.Outcome), c, placeText(c))
	if c.Why != "" {
		t.line("      %s", because(c.Why, c.Source))
	}
	for i, f := range c.Fields {
		mark := ""
		if f.Outcome != c.Outcome || f.Outcome.NeedsReason() {
			mark = t.outcome(f.Outcome) + " "
		}
		t.line("    %s%s", mark, t.field(f))
		for _, line := range lineDiff(f) {
			t.line("      %s", t.hunk(line))
		}
		if why := reason(c.Fields, i); why != "" {
			t.line("        %s", why)
		}
	}
}

// field is what a field was and is.
func (t *text) field(f change.Field) string {
	before, after := change.ShortPair(f.Before, f.After)
	switch {
	case f.Order:
		return f.Path + ": another order"
	case lineDiff(f) != nil:
		return f.Path + ":"
	case f.Before == nil:
		return f.Path + ": " + t.paint(green, "+ "+after)
	case f.After == nil:
		return f.Path + ": " + t.paint(red, "- "+before)
	default:
		return f.Path + ": " + t.paint(red, before) + " -> " + t.paint(green, after)
	}
}

// hunk is a line of a text of several lines.
func (t *text) hunk(line string) string {
	switch line[:1] {
	case "+":
		return t.paint(green, line)
	case "-":
		return t.paint(red, line)
	default:
		return line
	}
}

// The colours of ANSI terminals.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
	plain  = "0"
)

func (t *text) paint(colour, s string) string {
	if !t.colour {
		return s
	}
	return escape + colour + "m" + s + escape + plain + "m"
}

func (t *text) bold(s string) string { return t.paint(bold, s) }

func (t *text) outcome(o change.Outcome) string {
	switch o {
	case change.Create:
		return t.paint(green, string(o))
	case change.Update:
		return t.paint(yellow, string(o))
	default:
		return t.paint(red, string(o))
	}
}
