package change

import (
	"fmt"
	"slices"
	"strings"
)

// longest is how many characters of a value are shown in a line, and lead how many of them may stand before the place
// where it differs from another.
const (
	longest = 160
	lead    = 40
)

// Cut shortens a value for a line.
func Cut(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// CutPair shortens two values so that one sees where they differ: what is too long begins a little before that.
func CutPair(before, after string) (string, string) {
	a, b := []rune(before), []rune(after)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if skip := same - lead; skip > 0 && max(len(a), len(b)) > longest {
		return Cut("…" + string(a[skip:])), Cut("…" + string(b[skip:]))
	}
	return Cut(before), Cut(after)
}

// short is a value for a line.
func short(value any) string { return Cut(quoted(value)) }

// ShortPair is what a value was and is, for a line each.
func ShortPair(before, after any) (string, string) { return CutPair(quoted(before), quoted(after)) }

// quoted is a value in one line: texts that could be something else in quotes, line breaks as \n.
func quoted(value any) string {
	text := Value(value)
	if _, isText := value.(string); isText && (text == "" || strings.ContainsAny(text, "\n\t") || looksOther(text)) {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// looksOther reports whether a text would be read as a number, a truth value or nothing.
func looksOther(text string) bool {
	isNumber := strings.Trim(text, "0123456789.") == "" && strings.Count(text, ".") < 2
	return isNumber || slices.Contains([]string{"true", "false", "null"}, text)
}

// Transition is what a field was and is.
func Transition(f Field) string {
	switch {
	case f.Order:
		return "another order"
	case f.Before == nil:
		return "+ " + short(f.After)
	case f.After == nil:
		return "- " + short(f.Before)
	default:
		before, after := ShortPair(f.Before, f.After)
		return before + " -> " + after
	}
}
