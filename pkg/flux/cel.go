package flux

import (
	"fmt"
	"strings"
)

// celString writes any text as a string literal of CEL (CEL language definition: String and Bytes Values). What stands in
// clusters.yaml can so never end the literal and go on as an expression.
func celString(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range text {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// celList writes a list of string literals.
func celList(values []string) string {
	literals := make([]string, 0, len(values))
	for _, value := range values {
		literals = append(literals, celString(value))
	}
	return "[" + strings.Join(literals, ", ") + "]"
}

// celChunks writes lists of string literals, of at most a thousand each, because an expression may have 100,000
// characters (cel-go, parser: ExpressionSizeCodePointLimit).
func celChunks(values []string) []string {
	const most = 1000
	var chunks []string
	for len(values) > most {
		chunks = append(chunks, celList(values[:most]))
		values = values[most:]
	}
	return append(chunks, celList(values))
}
