package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"eks-auto-gitops/pkg/diff/change"
)

// Marker is the first line of the markdown: a program that posts it finds its own comment by it.
const Marker = "<!-- gen-diff -->"

// Budget is how many bytes the markdown has at most: GitHub takes 65,536 characters for a comment.
const Budget = 60_000

// How much of the lists above the sections is shown, so that they leave room for what follows.
const (
	maxCauses  = 20
	maxDangers = 40
	// tail is kept free for what ends a section and for the line that says what is left out.
	tail = 400
)

// fence has five backticks, because what is in it may have three.
const fence = "`````"

// Markdown writes a report as a comment on a pull request: the summary first, then what brought it about, dangers, and
// the changes in a fold for each cluster or group of clusters. What is more than [Budget] is left out object by object,
// and the last line says so. page is the address of the same report from [HTML], or empty.
func Markdown(w io.Writer, r *change.Report, page string) error {
	m := markdown{}
	m.head(r)
	if page != "" && !r.Empty() {
		m.line("\n[All of it, as a page](<%s>)", strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A").Replace(page))
	}
	m.causes(r.Causes)
	m.dangers(r.Dangers)
	left, objects := 0, 0
	for _, s := range r.Sections {
		objects += len(s.Changes)
		if left > 0 {
			left += len(s.Changes)
			continue
		}
		left += m.section(s)
	}
	if left > 0 {
		m.line("_%d of %s left out: the comment would be too long. `gen diff` shows all of them._", left, number(objects, "change"))
	}
	if _, err := io.WriteString(w, m.b.String()); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	return nil
}

// markdown builds the text.
type markdown struct{ b strings.Builder }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

// head is the marker and the summary.
func (m *markdown) head(r *change.Report) {
	m.line("%s", Marker)
	named := *r
	named.From, named.To = code(r.From), code(r.To)
	if r.Empty() {
		m.line("**gen diff**: %s", headline(&named))
		if hint := forgotten(r); hint != "" {
			m.line("\n> [!WARNING]\n> %s", hint)
		}
		return
	}
	m.line("### gen diff: %s", headline(&named))
	if len(r.Summary) > 0 {
		m.line("\n| where | what happens | added | changed | removed | dangers |\n|---|---|---:|---:|---:|---:|")
	}
	plain := text{}
	for _, n := range condensed(r.Summary) {
		m.line("| %s | %s | %d | %d | %d | %d |", inert(n.label), plain.outcomes(n.Count), n.Added, n.Changed, n.Removed, n.Dangers)
	}
	for _, p := range r.Problems[:min(len(r.Problems), maxCauses)] {
		m.line("\n> [!CAUTION]\n> not compared, %s: %s", code(p.Side), code(change.Cut(p.Message)))
	}
	if r.Hub != nil {
		m.line("\n> [!IMPORTANT]\n> %s", code(r.Hub.String()))
	}
	if words := reconciledText(r); words != "" {
		m.line("\n%s", code(words))
	}
	if r.Cost != nil {
		m.line("\n%s", costText(r.Cost))
	}
}

// causes are the lines that people wrote.
func (m *markdown) causes(causes []change.Cause) {
	if len(causes) == 0 {
		return
	}
	m.line("\n**Cause**\n")
	for _, c := range causes[:min(len(causes), maxCauses)] {
		m.line("- %s → %s", code(causeText(c)), inert(effect(c.Scopes)))
	}
	m.more(len(causes)-maxCauses, "cause")
}

// dangers are what must not be missed.
func (m *markdown) dangers(dangers []change.Danger) {
	if len(dangers) == 0 {
		return
	}
	m.line("\n**Dangers**\n\n| rule | where | what | object |\n|---|---|---|---|")
	for _, d := range dangers[:min(len(dangers), maxDangers)] {
		m.line("| %s | %s | %s | %s |", d.Rule, inert(scopesText(d.Scopes)), cell(code(change.Cut(d.Message))), cell(code(change.Cut(dangerPlace(d)))))
	}
	m.more(len(dangers)-maxDangers, "danger")
}

func (m *markdown) more(n int, noun string) {
	if n > 0 {
		m.line("\n… and %s more", number(n, noun))
	}
}

// section writes one fold and returns how many of its changes did not fit.
func (m *markdown) section(s change.Section) (left int) {
	counts := change.Count{Outcomes: map[change.Outcome]int{}}
	for i := range s.Changes {
		counts.Outcomes[s.Changes[i].Outcome]++
	}
	plain := text{}
	each := ""
	if len(s.Scopes) > 1 {
		each = "each "
	}
	head := fmt.Sprintf("\n<details><summary>%s: %s%s</summary>\n\n%s", inert(scopesText(s.Scopes)), each, plain.outcomes(counts), fence+"diff\n")
	names := m.names(s.Scopes)
	if m.b.Len()+len(head)+len(names) > Budget-tail {
		return len(s.Changes)
	}
	m.b.WriteString(head)
	for i := range s.Changes {
		object := strings.Join(diffLines(&s.Changes[i]), "\n") + "\n"
		if m.b.Len()+len(object)+len(names) > Budget-tail {
			left = len(s.Changes) - i
			break
		}
		m.b.WriteString(object)
	}
	m.b.WriteString(fence + "\n" + names + "\n</details>\n")
	return left
}

// names are the clusters of a section that its summary does not name.
func (m *markdown) names(scopes []change.Scope) string {
	if len(scopes) <= change.Few {
		return ""
	}
	var names []string
	size := 0
	for _, s := range scopes {
		name := inert(s.String())
		if size += len(name) + 2; size > Budget/4 {
			names = append(names, "…")
			break
		}
		names = append(names, name)
	}
	return "\n" + strings.Join(names, ", ") + "\n"
}

// diffLines are a change in the format diff, which GitHub and GitLab colour: what is new begins with a plus sign, what
// was with a minus sign, and what a reviewer has to know with an exclamation mark.
func diffLines(c *change.Change) []string {
	mark := "#"
	if c.Outcome.NeedsReason() {
		mark = "!"
	}
	lines := []string{fmt.Sprintf("%s %s %s%s", mark, c.Outcome, c, placeText(c))}
	if c.Why != "" {
		lines = append(lines, mark+"   "+because(c.Why, c.Source))
	}
	for i, f := range c.Fields {
		switch why := reason(c.Fields, i); {
		case f.Outcome.NeedsReason():
			lines = append(lines, fmt.Sprintf("!   %s: %s", f.Outcome, why))
		case why != "":
			lines = append(lines, "#   "+why)
		}
		lines = append(lines, fieldLines(f)...)
	}
	for i, l := range lines {
		lines[i] = single(l)
	}
	return lines
}

// single is a text in one line: a line break could end a fence or a table.
func single(s string) string { return visible(strings.NewReplacer("\r", " ", "\n", " ").Replace(s)) }

// fieldLines are what a field was and is.
func fieldLines(f change.Field) []string {
	if f.Order {
		return []string{"    " + f.Path + ": another order"}
	}
	var lines []string
	if hunks := lineDiff(f); hunks != nil {
		lines = append(lines, "    "+f.Path+":")
		for _, line := range hunks {
			lines = append(lines, line[:1]+"    "+line[1:]) // far enough from the margin to end no fence (CommonMark, 4.5)
		}
		return lines
	}
	before, after := change.ShortPair(f.Before, f.After)
	if f.Before != nil {
		lines = append(lines, "-   "+f.Path+": "+before)
	}
	if f.After != nil {
		lines = append(lines, "+   "+f.Path+": "+after)
	}
	return lines
}

// code is text that markdown leaves as it is, in one line.
func code(s string) string {
	if s == "" {
		return ""
	}
	s = single(s)
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if len(ticks) > 1 {
		return ticks + " " + s + " " + ticks
	}
	return ticks + s + ticks
}

// inert is text outside of code that is neither markdown nor HTML, whatever a folder is called.
func inert(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" ,:…/.-()", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// cell is text for a table, where a pipe ends a column even inside of code.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
